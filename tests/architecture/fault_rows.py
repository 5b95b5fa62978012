"""The fault matrix in our own words: what may go wrong, and what is wanted of SuiteBridge then. Tests carry the ids (`pytest.mark.fault`).

Rows that matter most gate every release (`is_first`). A row without a test fails the build.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.architecture.source import ROOT, Function, tracked_files


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """One fault, and whether its row is among those that gate every release."""

    id: str
    group: str
    fault: str
    wanted: str
    is_first: bool


def _rows(group: str, *rows: tuple[str, str, str]) -> Iterator[FaultRow]:
    for given, fault, wanted in rows:
        name, _, rank = given.partition(" ")
        yield FaultRow(id=name, group=group, fault=fault, wanted=wanted, is_first=rank == "P0")


FAULTS: tuple[FaultRow, ...] = (
    *_rows(
        "Lines and lost answers",
        (
            "F01 P0",
            "Nobody listens, or the name is unknown",
            "Nothing is sent, it is tried again for a while, and nothing is in doubt",
        ),
        (
            "F02 P0",
            "A certificate that is not to be trusted",
            "A hard stop before the first byte, with no way to look away",
        ),
        ("F03 P0", "The line stands still while a body goes out", "In doubt, looked up, and there once"),
        ("F04 P0", "Stored, and the answer lost", "Found under its external id and told as recovered"),
        ("F05 P0", "The connection breaks within the answer", "As with a lost answer"),
        ("F06 P0", "An answer that is cut or spoiled", "A read is repeated; a write is in doubt; never a success"),
        ("F07 P0", "A web page in the place of an answer", "Recognized by its kind and shape; a write is in doubt"),
        ("F08 P0", "A success that names no record", "Looked up before it counts as created"),
        ("F09", "One byte a second", "The total deadline ends it"),
        ("F10 P0", "A redirect to another host", "Refused; no credentials follow"),
        ("F11", "Endless, packed or deep bodies", "Capped, with flat memory and a clear error"),
        ("F12 P0", "A gateway error after the commit", "In doubt, not failed"),
        ("F13 P0", "The commit comes after the look-up said no", "Sent again under the same key: still one record"),
    ),
    *_rows(
        "Throttling and outages",
        ("F14 P0", "A burst of refusals for load", "Obeyed; fewer at a time, then slowly more; no record fails"),
        ("F15 P0", "Every door's own way to refuse for load", "One class, handled alike"),
        (
            "F16 P0",
            "A limit that looks like a wrong sign-in",
            "One quiet question before it is believed; never more than three refusals in ten minutes",
        ),
        ("F17 P0", "Maintenance for hours", "The run waits, and goes on by itself from where it was"),
        ("F18", "Other integrations take every slot", "Down to one at a time; nothing fails"),
        ("F19", "NetSuite cuts a long request off", "Asked again; nothing is lost"),
        ("F20 P0", "Records change or vanish between two pages", "Pages go by id; none is missed"),
    ),
    *_rows(
        "Sign-ins and environments",
        (
            "F21 P0",
            "The token is revoked in the middle of a run",
            "No further write leaves; after a new token the run's work goes on, and nothing is doubled",
        ),
        ("F22 P0", "The role loses a permission", "The permission is named; never an empty success"),
        ("F23", "The integration is blocked, or a feature is off", "The very screen is named that mends it"),
        ("F24 P0", "A certificate has ended, or does tomorrow", "Told before a run; none stops half-way"),
        ("F25 P0", "A sandbox was refreshed", "Writes wait until somebody confirms; earlier ids are not believed"),
        ("F26 P0", "Keys of another environment", "Refused when they are saved and when a run starts"),
        ("F27 P0", "A clock that is ten minutes off", "Measured and named; no loop of retries"),
        ("F28 P0", "A nonce twice", "Each attempt is signed anew; none repeats"),
        ("F29", "Reserved and foreign characters in a signature", "As published examples have it"),
    ),
    *_rows(
        "Answers in part",
        ("F30 P0", "Some records of a batch are refused", "Settled one by one; only the refused are tried again"),
        (
            "F31 P0",
            "Batch answers in another order, too few or too many",
            "Matched by key; what is unmatched is in doubt",
        ),
        ("F32 P0", "A job was taken on, and its id lost", "Found again under its key"),
        ("F33", "A job that never ends", "In doubt after a bounded time"),
        ("F34 P0", "NetSuite refuses a record for its content", "Told with its reason, alone; later runs try it again"),
        (
            "F35 P0",
            "Stored, but without some fields",
            "Told as written with differences",
        ),
        ("F36 P0", "The external id belongs to somebody else's record", "A conflict; never overwritten"),
        ("F37", "A record changed since it was read", "Left alone and tried again"),
        ("F38 P0", "One record is locked or refused by a script", "It fails with its reason; all others go on"),
        ("F39 P0", "A custom field is gone", "Found before a run; nothing is emptied"),
        (
            "F40",
            "A list value that the other side does not know",
            "The error names the row that maps it",
        ),
        ("F41 P0", "A child before its parent", "It waits and follows by itself"),
        ("F42 P0", "One record that breaks its mapping", "It fails alone"),
    ),
    *_rows(
        "Both sides, and time",
        (
            "F43 P0",
            "Edited on both sides",
            "Merged field by field; a real clash keeps both values",
        ),
        ("F44 P0", "Our own write comes back as a change", "No echo: a run with nothing to do writes nothing"),
        ("F45 P0", "Deleted in NetSuite", "Noticed; never made again in silence"),
        ("F46 P0", "Deleted in the workspace after its export", "Nothing is deleted in the ledger; told"),
        ("F47", "Merged, or of another type now", "Linking it anew is proposed"),
        ("F48", "It comes back", "Linked again, not doubled"),
        ("F49 P0", "Changes in the second of the watermark", "None is lost, none comes twice"),
        ("F50 P0", "Zones, and days without an hour", "No change is lost in any zone at any hour"),
        ("F51 P0", "Clocks go forward and back", "One run on each local day"),
        ("F52", "The account's zone changes", "Detected before a run"),
        ("F53 P0", "Days near midnight and the end of a period", "A day stays that day in every zone"),
        ("F54", "The machine's clock jumps", "Waiting and order do not depend on it"),
        (
            "F55 P0",
            "Rounding, and currencies with none or three decimals",
            "Decimals only; sums hold to the smallest unit",
        ),
    ),
    *_rows(
        "What records hold",
        ("F56 P0", "Every kind of character", "Stored as it is, or refused with its name"),
        ("F57 P0", "A text that is too long", "Refused with its reason; never cut in silence"),
        ("F58 P0", "Quotes, separators, leading zeros", "Arrive as they left"),
        ("F59 P0", "A value that a spreadsheet would calculate", "Neutral in downloads; unchanged in the records"),
        ("F60", "Very large documents and runs", "Memory stays flat"),
    ),
    *_rows(
        "Processes, databases, people",
        (
            "F61 P0",
            "kill -9 at every K-point, twice in a row",
            "It goes on by itself; nothing is lost, nothing is doubled",
        ),
        (
            "F62 P0",
            "Killed during a migration",
            "The next start finishes it",
        ),
        ("F63", "Told to end", "It lets go in time; the rest goes on elsewhere"),
        ("F64 P0", "Locks and clashes in the database", "Waited for, within a bound; the chain stays whole"),
        ("F65 P0", "The database is gone in the middle of a run", "Sending stops at once and goes on later"),
        ("F66 P0", "The last commits are lost", "What was sent is found by its key; nothing is sent twice"),
        ("F67 P0", "The disk is full", "Nothing further is sent; told; goes on when there is room"),
        (
            "F68",
            "A replica that lags behind",
            "Claims and links are never read there",
        ),
        ("F69 P0", "Two workers and one run", "One carries it out"),
        (
            "F70 P0",
            "A worker stands still beyond its lease and wakes",
            "It settles nothing; what it had sent is looked up",
        ),
        (
            "F71 P0",
            "A schedule comes while its last run is still active",
            "Skipped or queued, as chosen, and shown",
        ),
        ("F72 P0", "By hand, by schedule and in real time at one record", "One write, and the last state"),
        ("F73", "Off for three days", "Caught up once"),
        ("F74 P0", "A mapping is edited during a run", "The run keeps what it began with"),
        ("F75", "An upgrade while runs are under way", "They go on"),
        ("F76 P0", "Yesterday's backup is restored", "Nothing is sent a second time"),
        ("F77 P0", "Keys are rotated during a run", "No record fails"),
        ("F78", "Secrets cannot be opened", "Nothing starts; nothing else is tried instead"),
        ("F79 P0", "Retry is pressed twice", "One retry"),
        ("F80", "Cancelled at any moment", "Consistent; the next run takes up the rest"),
        (
            "F81 P0",
            "Pushes late, twice, out of order or forged",
            "Verified, and each one once",
        ),
        (
            "F82",
            "Thousands of failures return at once",
            "Fresh work is not starved",
        ),
        ("F83", "The same error a million times", "Counted, not repeated"),
    ),
)


def marks_by_fault() -> Mapping[str, tuple[str, ...]]:
    """Find the tests that carry each id, as `path::name`, in decorators of functions and marks of parameters."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in tracked_files():
        if path.suffix == ".py" and "tests" in path.parts and path.name.startswith("test_"):
            text = (ROOT / path).read_text()
            if "mark.fault(" in text:
                for ids, name in _marked(ast.parse(text)):
                    for one in ids:
                        found[one].append(f"{path}::{name}")
    return {one: tuple(sorted(dict.fromkeys(names))) for one, names in found.items()}


def _marked(tree: ast.Module) -> Iterator[tuple[list[str], str]]:
    for function in ast.walk(tree):
        if isinstance(function, Function):
            for decorator in function.decorator_list:
                for node in ast.walk(decorator):
                    if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.fault":
                        yield [str(ast.literal_eval(one)) for one in node.args], function.name
