"""Answers the comparison of both sides."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse

from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.reconciliation.page import reconciliation_page
from suitebridge.console.showing import show
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.reconciliations import Period
from suitebridge.runs.reconciling import reconcile

_TEMPLATE = "reconciliation/reconciliation.html"
_TITLE = "Compare both sides"


def compare_sides(visit: Visit) -> HttpResponse:
    """Show the form, and what it finds for the workflow and the days in the address."""
    query, workflows = visit.request.GET, visit.workflows
    period = Period(since=asked.day(query.get("since")), until=asked.day(query.get("until")))
    chosen = query.get("workflow", "")
    if chosen not in workflows:
        page = reconciliation_page(workflows, chosen="", period=period)
        return show(visit, _TEMPLATE, page, title=_TITLE, place="runs")
    try:
        gateway = visit.house.open_gateway(visit.store)
        found = reconcile(visit.store, gateway, workflows[chosen], period, user=visit.user, clock=visit.house.clock)
    except SuiteBridgeError as error:
        page = reconciliation_page(workflows, chosen=chosen, period=period, problem=error.problem)
        return show(visit, _TEMPLATE, page, title=_TITLE, place="runs", status=HTTPStatus.CONFLICT)
    page = reconciliation_page(workflows, chosen=chosen, period=period, found=found)
    return show(visit, _TEMPLATE, page, title=_TITLE, place="runs")
