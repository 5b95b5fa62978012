"""What the demo shows at its end: three audit entries as a person reads them, where to look, what to try next."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from suitebridge.domain.events import sentence, tell_changes
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Run
from suitebridge.ports.trail import TrailEntry

_MOST_CHANGES = 4
_PICKS = (
    (Direction.IMPORT, OutcomeKind.CREATED),
    (Direction.IMPORT, OutcomeKind.UPDATED),
    (Direction.EXPORT, OutcomeKind.CREATED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What somebody types into the console's first page."""

    address: str
    company: str
    user: str
    shown_password: str


def tell_entry(entry: TrailEntry) -> str:
    """Tell an entry as a person would read it, with the fields that moved."""
    told = sentence(entry.event, author=entry.author_name, subject=entry.record_title, door=entry.door)
    changes = tell_changes(entry.changes, most=_MOST_CHANGES)
    return f"{entry.at:%Y-%m-%d %H:%M:%S} {told}{f' ({changes})' if changes else ''}"


def pick_entries(store: CompanyStore, workflows: Mapping[str, Workflow], run: Run) -> Sequence[TrailEntry]:
    """Choose one record that a run created here, one that it changed, and one that it sent."""
    return tuple(entry for direction, kind in _PICKS for entry in _first_entry(store, workflows, run, direction, kind))


def _first_entry(
    store: CompanyStore, workflows: Mapping[str, Workflow], run: Run, direction: Direction, kind: OutcomeKind
) -> Iterator[TrailEntry]:
    for name in run.workflows:
        workflow = workflows[name]
        if workflow.direction is not direction:
            continue
        for recorded in store.runs.outcomes(run.id, workflow=name, kinds=frozenset({kind}), limit=1):
            is_import = direction is Direction.IMPORT
            record_type = workflow.target_type if is_import else workflow.source_type
            record_id = recorded.outcome.target_id if is_import else recorded.outcome.source_id
            entries = [one for one in store.trail.of_record(record_type, record_id, limit=10) if one.run_id == run.id]
            if entries:
                yield entries[0]
                return


def next_commands(data: Path, *, is_served: bool) -> Sequence[tuple[str, str]]:
    """Give the two commands to try next, as they can be typed here."""
    command = f"{_own_command()} --data {data}"
    if is_served:
        return (
            (f"{command} run", "a second run changes nothing"),
            (f"{command} audit verify", "the audit trail proves that it is whole"),
        )
    return (
        (f"{command} runs show last", "the run once more"),
        (f"{command} audit verify", "the audit trail proves that it is whole"),
    )


def _own_command() -> str:
    """Name this program as it can be typed: by its name where the path finds it, else by its place."""
    own = Path(sys.argv[0])
    found = shutil.which(own.name)
    if found is not None and Path(found).resolve() == own.resolve():
        return own.name
    return str(own)
