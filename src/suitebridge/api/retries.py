"""Tries records of a run again, with a decision where they wait for one."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import Field

from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input
from suitebridge.api.reading import malformed
from suitebridge.api.runs import RunDetail, run_by_number, run_detail
from suitebridge.domain.agreements import Side
from suitebridge.domain.people import Door
from suitebridge.domain.workflow import WhenDeleted
from suitebridge.runs.deciding import Decision
from suitebridge.runs.retrying import RetryRequest, ask_for_retry


class RetryInput(Input):
    """Which records of a run are tried again: all that are open, or fewer; what is left out narrows nothing down."""

    workflow: str = Field("", max_length=60)
    code: str = Field("", max_length=20, description="Only records with this error code.")
    group: str = Field("", max_length=40, description="Only records of this group of errors, by its `key`.")
    records: list[str] = Field(
        default_factory=list, max_length=1000, description="Only these records of the workflow, by their source id."
    )
    confirmed_account: str = Field("", max_length=60)
    keeps: Literal["", "workspace", "netsuite"] = Field(
        "", description="Whose values stand in records that were edited on both sides; only those are tried again."
    )
    when_deleted: Literal["", "flag", "re-create", "unlink"] = Field(
        "",
        description="What becomes of records whose NetSuite record was deleted there: left as they are, created again, or unlinked; only those are taken up.",
    )


def retry_run(request: HttpRequest, number: int, entry: RetryInput) -> Status[RunDetail]:
    """Try records again that a run left open. Those that another retry has in hand are not taken up twice: its run is the answer then."""
    caller = caller_of(request)
    if entry.records and not entry.workflow:
        raise malformed("The records are named without their workflow.")
    if entry.keeps and entry.when_deleted:
        raise malformed("Two decisions were made at once.")
    run = ask_for_retry(
        caller.store,
        caller.workflows,
        RetryRequest(
            run=run_by_number(caller, number),
            workflow=entry.workflow,
            code=entry.code,
            group=entry.group,
            records=frozenset((entry.workflow, one) for one in entry.records),
            confirmed_account=entry.confirmed_account,
            decision=Decision(
                keeps=Side(entry.keeps) if entry.keeps else None,
                when_deleted=WhenDeleted(entry.when_deleted) if entry.when_deleted else None,
            ),
        ),
        user=caller.user,
        door=Door.API,
        clock=caller.house.clock,
        chance=caller.house.chance,
    )
    return Status(201, run_detail(caller, run))


def show_retry(request: HttpRequest, _response: HttpResponse, run_id: str) -> RunDetail:
    """Show the run that an earlier request with the same key asked for."""
    caller = caller_of(request)
    run = caller.store.runs.get(run_id)
    if run is None:
        raise LookupError(f"There is no run {run_id}.")
    return run_detail(caller, run)
