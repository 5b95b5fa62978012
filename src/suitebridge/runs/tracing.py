"""Traces one record of a run: what became of it, what was sent or written, its pair of ids, and its other runs (quality.md U32).

It decides nothing and knows no page; what a role hides is hidden here, so that every door hides the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from suitebridge.domain.bindings import Binding
from suitebridge.domain.masking import mask_changes, mask_differences
from suitebridge.domain.people import Permission, User
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Passage, RecordedOutcome, Run
from suitebridge.ports.trail import TrailEntry

MOST_PASSAGES = 50
MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTrace:
    """One record's way. `entries` are what this run wrote, None for who may not see the trail; `passages` all its runs, the newest first."""

    run: Run
    workflow: Workflow
    recorded: RecordedOutcome
    workspace_type: str
    workspace_id: str
    netsuite_type: str
    netsuite_id: str
    binding: Binding | None
    entries: tuple[TrailEntry, ...] | None
    passages: tuple[Passage, ...]


def trace_record(
    store: CompanyStore, run: Run, workflow: Workflow, source_id: str, *, user: User
) -> RecordTrace | None:
    """Put together what is known of a record of a run, as somebody may see it; None where the run did not settle such a record."""
    passages = store.runs.history(workflow.name, source_id, limit=MOST_PASSAGES)
    recorded = next((one.recorded for one in passages if one.run_number == run.number), None)
    if recorded is None:
        return None
    is_import, outcome = workflow.direction is Direction.IMPORT, recorded.outcome
    types = (workflow.target_type, workflow.source_type) if is_import else (workflow.source_type, workflow.target_type)
    ids = (outcome.target_id, outcome.source_id) if is_import else (outcome.source_id, outcome.target_id)
    binding = store.runs.bindings_by_workspace(*types, [ids[0]]).get(ids[0]) if ids[0] else None
    seen = mask_differences(workflow, recorded.differences, user.role)
    return RecordTrace(
        run=run,
        workflow=workflow,
        recorded=replace(recorded, differences=seen),
        workspace_type=types[0],
        workspace_id=ids[0],
        netsuite_type=types[1],
        netsuite_id=ids[1],
        binding=binding,
        entries=_entries(store, run, types[0], ids[0], user),
        passages=tuple(passages),
    )


def _entries(
    store: CompanyStore, run: Run, record_type: str, record_id: str, user: User
) -> tuple[TrailEntry, ...] | None:
    if not (user.role.allows(Permission.VIEW_AUDIT_TRAIL) and user.role.may_view(record_type)):
        return None
    found: Sequence[TrailEntry] = ()
    if record_id:
        found = store.trail.of_record(record_type, record_id, limit=MOST_ENTRIES)
    return tuple(
        replace(one, changes=mask_changes(record_type, one.changes, user.role)) for one in found if one.run_id == run.id
    )
