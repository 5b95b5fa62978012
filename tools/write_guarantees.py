"""Writes docs/guarantees.md: what is promised, how it is tested, which command shows it; the table of faults is made from the marks of tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.architecture.fault_rows import FAULTS, marks_by_fault  # noqa: E402 — the tests are no installed package
from tests.fakes.kpoints import CARRYING  # noqa: E402

PAGE = Path("docs/guarantees.md")
MOST_TESTS = 3

HEAD = """# What is guaranteed, and how it is tested

Written by `python tools/write_guarantees.py` from the tables and marks of the tests; do not edit.

## Promises

| Promise | How it is tested | A command that shows it |
| --- | --- | --- |
| Every record that a run considers has exactly one outcome, and the counts add up. | After every action of every simulated history; at the end of each run in the product, which calls itself *inconsistent* otherwise. | `suitebridge runs show last` |
| Nothing is written twice: one NetSuite record for each workspace record, whatever is lost, late or killed. | Histories; deaths at every K-point, twice in a row, in every workflow; every fault below, through SOAP and REST. | `suitebridge reconcile` |
| Nothing is lost: a watermark moves only past records that are settled, and three runs after the last fault everything is where it belongs. | Histories end with that comparison, field by field. | `suitebridge reconcile` |
| Nothing leaves before its claim is committed, and what is in doubt is looked up by its external id. | The simulation looks at each request as it leaves. | `suitebridge runs show last` |
| A failure tells its code, cause, remedy, record and effect. | Every outcome of every history. | `suitebridge runs show last` |
| Every change stands in the trail with its author, in the same transaction, and a rewritten trail is found out. | The chain is followed after every action; deaths between a change and its entry. | `suitebridge audit verify` |
| No secret is in what people may read. | Planted secrets are looked for in everything that tests leave behind. | `suitebridge audit list` |
| A run that was interrupted goes on by itself. | Processes that are killed over loopback HTTP, on SQLite and PostgreSQL. | `suitebridge run` |

## The simulation

`make test` lives through 300 histories; `make simulate HISTORIES=20000` through as many as you like. A history is 200 actions drawn from a seed: edits on both
sides, deletions, runs, schedules, single records, pushes, exports on save, retries, pauses, lost and late answers, throttling, outages, revoked tokens, lost
permissions, clocks and zones that jump, restored backups, workers that stand still beyond their lease while others take over, and deaths at K-points and requests. Workspace, connector and [simulator](../simulator/README.md) stand in one process; between the connector's own transport and the
simulator's own doors lies a line in memory, and time is virtual. Every invariant is looked at after every action. A history that fails is told by its shortest
story and its seed: `python -m tests.simulation --seed 7` tells it again.

Beside the histories lie fault plans (`tests/simulation/fault_plans.py`): drawn by a seed over every fault that the simulator knows, up to six at once, at any door,
now or later, for one request or for minutes, while every workflow runs and people go on working. Afterwards the next runs have to heal what is left.
`make test` lives through 16 plans, a night through 1,000; `python -m tests.simulation --plan 7` tells one again.

What the simulation cannot show stands elsewhere: leases and fences between real processes (`tests/scenarios/command_line/test_workers.py`), memory in large runs
(`make bench`), and that NetSuite itself behaves as [the simulator](simulator/fidelity.md) does is assumed.
"""


def page() -> str:
    """Give the whole page."""
    return "\n".join([HEAD, *_points(), "", *_faults(), ""])


def _points() -> Iterator[str]:
    yield "## K-points\n"
    yield (
        "Each durable step of a run has a name, and processes die at it in every workflow: before it, within it where it is a transaction, and after it. A test fails "
        "when the code takes a durable step that has none.\n"
    )
    yield "| K-point | What it makes durable |\n| --- | --- |"
    for one in CARRYING:
        yield f"| {one.name} | {one.says} |"


def _faults() -> Iterator[str]:
    shown = marks_by_fault()
    yield "## Faults\n"
    count = sum(row.is_first for row in FAULTS)
    yield f"Tests show all {len(FAULTS)} rows; the {count} in bold gate every release."
    for group, rows in groupby(FAULTS, key=lambda row: row.group):
        yield f"\n### {group}\n\n| Row | What goes wrong | What is wanted | Shown by |\n| --- | --- | --- | --- |"
        for row in rows:
            name = f"**{row.id}**" if row.is_first else row.id
            yield f"| {name} | {row.fault} | {row.wanted} | {_shown(shown.get(row.id, ()))} |"


def _shown(tests: tuple[str, ...]) -> str:
    more = f" and {len(tests) - MOST_TESTS} more" if len(tests) > MOST_TESTS else ""
    return " ".join(f"`{one}`" for one in tests[:MOST_TESTS]) + more


def main() -> None:
    """Write the page."""
    (ROOT / PAGE).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
