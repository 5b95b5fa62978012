"""Single records: carry one over, and see what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import BaseModel, Field

from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input, Paging, next_after
from suitebridge.api.records import require_type
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import Door
from suitebridge.domain.records import Direction
from suitebridge.ports.inbox import Errand
from suitebridge.ports.runs import ENDED_STATES
from suitebridge.runs.receiving import ErrandReport, RecordRequest, ask_for_record, report_errand


class TransferInput(Input):
    """How a record is carried over."""

    direction: Literal["import", "export"] | None = Field(
        None, description="Left out, it is the one that the record's type has a workflow for; out, where it has both."
    )
    confirmed_account: str = Field("", max_length=60)


class ErrandOutcome(BaseModel):
    """What became of the record in one workflow."""

    workflow: str
    outcome: str
    target_id: str
    reason: str
    code: str
    cause: str
    remedy: str
    effect: str


class ErrandShown(BaseModel):
    """A single record in the inbox. Type and id are those of the side that it comes from."""

    id: str
    state: str = Field(description="waiting, under way, ended, or refused where no run could begin for it.")
    direction: str
    record_type: str
    record_id: str
    origin: str
    asked_by: str
    asked_at: datetime
    run: int | None = Field(description="The number of the run that took it.")
    outcomes: list[ErrandOutcome]
    code: str
    cause: str
    remedy: str


class ErrandPage(BaseModel):
    """A page of errands, newest first."""

    items: list[ErrandShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


def transfer_record(
    request: HttpRequest, record_type: str, record_id: str, entry: TransferInput
) -> Status[ErrandShown]:
    """Carry one record over as soon as the batch under way is settled, or at once. What waits for the same record already is joined."""
    caller = caller_of(request)
    require_type(record_type)
    wanted = RecordRequest(
        record_type=record_type,
        record_id=record_id,
        direction=Direction(entry.direction) if entry.direction else None,
        confirmed_account=entry.confirmed_account,
    )
    house = caller.house
    errand = ask_for_record(caller.store, caller.workflows, wanted, user=caller.user, door=Door.API, clock=house.clock)
    return Status(202, _shown(report_errand(caller.store, caller.workflows, errand)))


def list_errands(request: HttpRequest, asked: Query[Paging]) -> ErrandPage:
    """List the single records that were asked for, saved or pushed, newest first."""
    caller = caller_of(request)
    found = caller.store.inbox.newest(limit=asked.limit, before_id=asked.after)
    reports = [report_errand(caller.store, caller.workflows, errand) for errand in found]
    return ErrandPage(items=[_shown(one) for one in reports], next=next_after([one.id for one in found], asked))


def show_errand(request: HttpRequest, errand_id: str) -> ErrandShown:
    """Show what became of a single record."""
    caller = caller_of(request)
    errand = caller.store.inbox.get(errand_id)
    if errand is None:
        raise LookupError(f"There is no errand {errand_id}.")
    return _shown(report_errand(caller.store, caller.workflows, errand))


def show_again(request: HttpRequest, _response: HttpResponse, errand_id: str) -> ErrandShown:
    """Show the errand that an earlier request with the same key made."""
    return show_errand(request, errand_id)


def _shown(report: ErrandReport) -> ErrandShown:
    errand, asked = report.errand, report.errand.asked
    return ErrandShown(
        id=errand.id,
        state=_state(errand, report),
        direction=asked.direction.value,
        record_type=asked.record_type,
        record_id=asked.record_id,
        origin=asked.origin.value,
        asked_by=asked.asked_by_name,
        asked_at=asked.asked_at,
        run=report.run.number if report.run is not None else None,
        outcomes=[
            ErrandOutcome(
                workflow=one.workflow,
                outcome=one.outcome.kind.value,
                target_id=one.outcome.target_id,
                reason=one.outcome.reason,
                effect=one.outcome.problem.effect.value if one.outcome.problem is not None else "",
                **_told(one.outcome.problem),
            )
            for one in report.outcomes
        ],
        **_told(report.problem),
    )


def _state(errand: Errand, report: ErrandReport) -> str:
    if errand.is_waiting:
        return "waiting"
    if report.run is None:
        return "refused"
    return "ended" if report.run.state in ENDED_STATES else "under way"


def _told(problem: Problem | None) -> dict[str, str]:
    if problem is None:
        return {"code": "", "cause": "", "remedy": ""}
    return {"code": problem.code, "cause": problem.cause, "remedy": problem.remedy}
