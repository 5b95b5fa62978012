"""Answers the page of NetSuite's custom fields."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.staffing import stamp_for
from suitebridge.administration.synchronizing import synchronize
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.netsuite_fields.page import MOST_CHANGES, netsuite_fields_page
from suitebridge.console.netsuite_fields.surveys import SYNCHRONIZATIONS
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.events import EventName
from suitebridge.domain.field_snapshots import Surveyed, snapshots, types_used
from suitebridge.domain.people import Door, Permission
from suitebridge.ports.trail import TrailFilter
from suitebridge.runs.discovering import survey

_TEMPLATE = "netsuite_fields/netsuite_fields.html"


def edit_netsuite_fields(visit: Visit) -> HttpResponse:
    """Show what was found last and how far a synchronization is; start one, or cancel it."""
    if visit.request.method != "POST":
        return _show(visit)
    company, act = str(visit.store.company.id), visit.request.POST.get("act", "")
    if act == "cancel":
        SYNCHRONIZATIONS.cancel(company)
    elif act == "synchronize":
        try:
            _start(visit, company)
        except SuiteBridgeError as error:
            return _show(visit, problem=error.problem, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("netsuite-fields"))


def _start(visit: Visit, company: str) -> None:
    gateway = visit.house.open_gateway(visit.store)
    wanted, stamp = tuple(types_used(visit.workflows)), stamp_for(visit.user, Door.CONSOLE)

    def surveyed() -> Iterable[Surveyed]:
        types = visit.store.schemas().netsuite
        found = survey(gateway, visit.workflows, wanted, is_fresh=True, types=types)
        return synchronize(visit.store, found, account=gateway.account.value, user=visit.user, stamp=stamp)

    SYNCHRONIZATIONS.start(company, wanted, surveyed, visit.house.beside)


def _show(visit: Visit, *, problem: Problem | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    connection = visit.store.connections.get()
    account = "" if connection is None else connection.account_id
    entries = visit.store.trail.newest(limit=MOST_CHANGES, among=TrailFilter(record_type="custom_fields"))
    page = netsuite_fields_page(
        snapshots(visit.store.custom_fields.load(), visit.workflows, account=account),
        visit.workflows,
        found=[one for one in entries if one.event == EventName.CUSTOM_FIELDS_FOUND.value],
        last=SYNCHRONIZATIONS.last(str(visit.store.company.id)),
        zone=zone_of(visit.store.company.zone),
        is_administrator=visit.may(Permission.ADMINISTER),
        problem=problem,
    )
    return show(visit, _TEMPLATE, page, title="NetSuite fields", place="connector", status=status)
