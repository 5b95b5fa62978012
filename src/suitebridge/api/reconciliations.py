"""Reconciliations: what both sides hold, compared while the caller waits. Nothing is kept and nothing is changed."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from suitebridge.api.access import caller_of
from suitebridge.domain.reconciliations import Discrepancy, Finding, Period, Reconciliation
from suitebridge.domain.values import as_text
from suitebridge.runs.reconciling import reconcile


class PeriodAsked(BaseModel):
    """The days that are compared; what is left out bounds nothing."""

    since: date | None = Field(None, description="Only records from this day on.")
    until: date | None = Field(None, description="Only records up to this day.")


class SumShown(BaseModel):
    """What records of one unit add up to on either side."""

    unit: str = Field(description="A currency, or hours.")
    workspace: str
    netsuite: str


class FieldShown(BaseModel):
    """A field with what either side holds."""

    field: str
    workspace: str
    netsuite: str


class DiscrepancyShown(BaseModel):
    """A record that is not alike on both sides."""

    finding: str = Field(
        description="missing, extra, different or unclear, seen from the side that the workflow writes."
    )
    workspace_id: str
    netsuite_id: str
    record: str
    reason: str
    fields: list[FieldShown]


class ReconciliationShown(BaseModel):
    """The comparison of one workflow: counts of records, sums, and each record that is not alike, up to 10,000."""

    workflow: str
    is_bounded: bool = Field(
        description="Whether records of this workflow carry a day; otherwise all of them were compared."
    )
    is_alike: bool
    workspace: int
    netsuite: int
    alike: int
    counts: dict[str, int]
    sums: list[SumShown]
    told: list[DiscrepancyShown]


def show_reconciliation(request: HttpRequest, workflow: str, asked: Query[PeriodAsked]) -> ReconciliationShown:
    """Compare both sides of a workflow now; it takes as long as reading both sides does, so bound it by days."""
    caller = caller_of(request)
    known = caller.workflows.get(workflow)
    if known is None:
        raise LookupError(f"There is no workflow {workflow}.")
    found = reconcile(
        caller.store,
        caller.house.open_gateway(caller.store),
        known,
        Period(since=asked.since, until=asked.until),
        user=caller.user,
        clock=caller.house.clock,
    )
    return _shown(found)


def _shown(found: Reconciliation) -> ReconciliationShown:
    return ReconciliationShown(
        workflow=found.workflow,
        is_bounded=found.has_period,
        is_alike=found.is_alike,
        workspace=found.workspace_count,
        netsuite=found.netsuite_count,
        alike=found.alike,
        counts={finding.name.lower(): found.of(finding) for finding in Finding},
        sums=[
            SumShown(unit=one.unit, workspace=as_text(one.workspace), netsuite=as_text(one.netsuite))
            for one in found.sums
        ],
        told=[_told(one) for one in found.told],
    )


def _told(found: Discrepancy) -> DiscrepancyShown:
    return DiscrepancyShown(
        finding=found.finding.name.lower(),
        workspace_id=found.workspace_id,
        netsuite_id=found.netsuite_id,
        record=found.title,
        reason=found.reason,
        fields=[FieldShown(field=one.field, workspace=one.workspace, netsuite=one.netsuite) for one in found.pairs],
    )
