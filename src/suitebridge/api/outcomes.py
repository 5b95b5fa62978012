"""What became of each record of a run, and of a dry run what would have been written."""

from __future__ import annotations

from collections.abc import Mapping
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
from suitebridge.domain.outcomes import OPEN_KINDS, OutcomeKind
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import RecordedOutcome
from suitebridge.runs.tracing import trace_record


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
    differences: list[ChangeShown] = Field(
        description="What a dry run would have written, or what was sent and NetSuite did not take."
    )
    at: datetime


class OutcomePage(BaseModel):
    """A page of them, in the order in which they were settled."""

    items: list[OutcomeShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class OpenShown(OutcomeShown):
    """One record that is open, as the last run left it."""

    run: int


class OpenPage(BaseModel):
    """A page of them, by workflow, what waited longest first."""

    items: list[OpenShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class OpenQuery(Paging):
    """A page of what is open, of all outcomes or of one."""

    outcome: str = Field("", max_length=20, description="refused, blocked, failed, conflicted, unknown or cancelled.")


class PassageShown(BaseModel):
    """What became of the record in one of its runs."""

    run: int
    is_dry: bool
    outcome: str
    reason: str
    code: str
    at: datetime


class OutcomeDetail(OutcomeShown):
    """One record's end, with the pair that it belongs to and its other runs, the newest first."""

    external_id: str
    attempts: int
    pair: str = Field(description="claimed, bound, or empty where there is no pair.")
    runs: list[PassageShown]


class OutcomeQuery(Paging):
    """A page of a run's records, of all workflows and outcomes or of one."""

    workflow: str = Field("", max_length=60, description="The name of a workflow; empty for all of them.")
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
    workflows = caller.workflows_of(run)
    more = str(passed + len(found)) if len(found) == asked.limit else None
    return OutcomePage(items=[_shown(caller, workflows, one) for one in found], next=more)


def list_open(request: HttpRequest, asked: Query[OpenQuery]) -> OpenPage:
    """List what no run has settled yet, each record as the last run left it; a conflict waits until somebody decides."""
    caller = caller_of(request)
    names = {kind.value for kind in OPEN_KINDS}
    if asked.outcome and asked.outcome not in names:
        raise malformed(f"No record stays open as “{asked.outcome}”; choose among {', '.join(sorted(names))}.")
    kinds = frozenset({OutcomeKind(asked.outcome)}) if asked.outcome else OPEN_KINDS
    passed = int(asked.after or 0)
    found = caller.store.runs.left_open(kinds, after=passed, limit=asked.limit)
    shown = [
        OpenShown.model_validate({**_shown(caller, caller.workflows, one.recorded).model_dump(), "run": one.run_number})
        for one in found
    ]
    return OpenPage(items=shown, next=str(passed + len(found)) if len(found) == asked.limit else None)


def show_outcome(request: HttpRequest, number: int, workflow: str, source_id: str) -> OutcomeDetail:
    """Show what became of one record in a run, what was sent where NetSuite did not take it, and its other runs."""
    caller = caller_of(request)
    run = run_by_number(caller, number)
    workflows = caller.workflows_of(run)
    known = workflows.get(workflow)
    trace = trace_record(caller.store, run, known, source_id, user=caller.user) if known is not None else None
    if trace is None:
        raise LookupError(f"Run {number} settled no record {source_id} of {workflow}.")
    binding = trace.binding
    shown = [
        PassageShown(
            run=one.run_number,
            is_dry=one.is_dry,
            outcome=one.recorded.outcome.kind.value,
            reason=one.recorded.outcome.problem.cause if one.recorded.outcome.problem else one.recorded.outcome.reason,
            code=one.recorded.outcome.problem.code if one.recorded.outcome.problem else "",
            at=one.recorded.at,
        )
        for one in trace.passages
    ]
    return OutcomeDetail.model_validate(
        {
            **_shown(caller, workflows, trace.recorded).model_dump(),
            "external_id": binding.external_id if binding else "",
            "attempts": binding.attempt if binding else 0,
            "pair": binding.state.value if binding else "",
            "runs": shown,
        }
    )


def _shown(caller: Caller, workflows: Mapping[str, Workflow], recorded: RecordedOutcome) -> OutcomeShown:
    outcome, workflow = recorded.outcome, workflows.get(recorded.workflow)
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
