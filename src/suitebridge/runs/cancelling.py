"""Settles what a stopped run did not come to: its frozen records are cancelled, and the next run takes them up.

It refuses to know what stopped the run, and asks NetSuite nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.domain.bindings import BindingState
from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Run, WorkItem
from suitebridge.ports.transactions import Settled
from suitebridge.runs.transfers import BATCH_SIZE, MOST_BATCHES


def cancel_rest(store: CompanyStore, run: Run, workflow: Workflow, label: str) -> None:
    """Cancel what is left of a workflow's work list; `label` names its records."""
    for _ in range(MOST_BATCHES):
        items = store.runs.pending(run.id, workflow.name, limit=BATCH_SIZE)
        if not items:
            break
        claimed = _claimed(store, workflow, items)
        settled = [_cancelled(item, f"{label} {item.record_id}", item.record_id in claimed) for item in items]
        with store.transactions.begin() as unit:
            unit.hold_run(run.id, run.fence)
            unit.settle(run.id, workflow.name, settled)


def _claimed(store: CompanyStore, workflow: Workflow, items: Sequence[WorkItem]) -> frozenset[str]:
    """Name the records that were claimed: they may have been sent, and only NetSuite could tell."""
    if workflow.direction is Direction.IMPORT:
        return frozenset()
    ids = [item.record_id for item in items]
    found = store.runs.bindings_by_workspace(workflow.source_type, workflow.target_type, ids)
    return frozenset(id_ for id_, binding in found.items() if binding.state is BindingState.CLAIMED)


def _cancelled(item: WorkItem, record: str, is_claimed: bool) -> Settled:
    effect = Effect.UNKNOWN if is_claimed else Effect.NOTHING_WRITTEN
    problem = Problem(code="SB-CAN-001", facts={"record": record}, effect=effect)
    outcome = Outcome(kind=OutcomeKind.CANCELLED, source_id=item.record_id, title=record, problem=problem)
    return Settled(source_version=item.version, outcome=outcome)
