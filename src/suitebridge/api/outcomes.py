"""What became of each record of a run, and of a dry run what would have been written."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Paging
from suitebridge.api.reading import malformed
from suitebridge.api.runs import run_by_number
from suitebridge.api.trail import ChangeShown, plain
from suitebridge.domain.masking import mask_differences
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.ports.runs import RecordedOutcome


class OutcomeShown(BaseModel):
    """One record's end within a run."""

    workflow: str
    outcome: str = Field(description="For a dry run: what would have become of the record.")
    source_id: str
    target_id: str = Field(description="Empty where there is no counterpart yet.")
    title: str
    reason: str
    code: str
    remedy: str
    changed_fields: list[str]
    refused_fields: list[str]
    differences: list[ChangeShown] = Field(description="What a dry run would have written; empty for other runs.")
    at: datetime


class OutcomePage(BaseModel):
    """A page of them, in the order in which they were settled."""

    items: list[OutcomeShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class OutcomeQuery(Paging):
    """A page of a run's records, of all workflows and outcomes or of one."""

    workflow: str = Field("", max_length=60)
    outcome: str = Field("", max_length=20, description="created, updated, unchanged, skipped, failed, …")


def list_outcomes(request: HttpRequest, number: int, asked: Query[OutcomeQuery]) -> OutcomePage:
    """List what became of a run's records; of a dry run, field by field, what would have been written."""
    caller = caller_of(request)
    run = run_by_number(caller, number)
    if asked.outcome and asked.outcome not in {kind.value for kind in OutcomeKind}:
        raise malformed(
            f"There is no outcome “{asked.outcome}”; choose among {', '.join(k.value for k in OutcomeKind)}."
        )
    passed = int(asked.after or 0)
    found = caller.store.runs.outcomes(
        run.id,
        workflow=asked.workflow,
        kinds=frozenset({OutcomeKind(asked.outcome)}) if asked.outcome else None,
        after=passed,
        limit=asked.limit,
    )
    more = str(passed + len(found)) if len(found) == asked.limit else None
    return OutcomePage(items=[_shown(caller, one) for one in found], next=more)


def _shown(caller: Caller, recorded: RecordedOutcome) -> OutcomeShown:
    outcome, workflow = recorded.outcome, caller.house.workflows.get(recorded.workflow)
    differences = mask_differences(workflow, recorded.differences, caller.user.role) if workflow is not None else ()
    return OutcomeShown(
        workflow=recorded.workflow,
        outcome=outcome.kind.value,
        source_id=outcome.source_id,
        target_id=outcome.target_id,
        title=outcome.title,
        reason=outcome.problem.cause if outcome.problem else outcome.reason,
        code=outcome.problem.code if outcome.problem else "",
        remedy=outcome.problem.remedy if outcome.problem else "",
        changed_fields=list(outcome.changed_fields),
        refused_fields=list(outcome.refused_fields),
        differences=[
            ChangeShown(field=one.field, before=plain(one.before), after=plain(one.after)) for one in differences
        ],
        at=recorded.at,
    )
