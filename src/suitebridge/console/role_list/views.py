"""Answers the list of roles."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.granting import list_roles, settle_duties, turn_on_role
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.proving import confirmed
from suitebridge.console.role_list.page import role_list_page
from suitebridge.console.showing import show
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door

_DONE = {
    "saved": "The role was saved.",
    "on": "The role was turned on.",
    "removed": "The role was removed.",
    "apart-on": "Duties are kept apart from now on.",
    "apart-off": "Duties are not kept apart any more.",
}


def list_company_roles(visit: Visit) -> HttpResponse:
    """Show the roles, turn an optional one on, or decide about duties."""
    if visit.request.method != "POST":
        return _show(visit, done=_DONE.get(visit.request.GET.get("done", ""), ""))
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    stamp, duties = stamp_for(visit.user, Door.CONSOLE), visit.request.POST.get("duties", "")
    if duties in {"on", "off"}:
        settle_duties(visit.store, is_on=duties == "on", acting=visit.user, stamp=stamp)
        return HttpResponseRedirect(links.address("roles", query={"done": f"apart-{duties}"}))
    try:
        name = visit.request.POST.get("role", "")
        turn_on_role(visit.store, name, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        return _show(visit, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("roles", query={"done": "on"}))


def _show(
    visit: Visit, *, notice: Notice | None = None, done: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    found = list_roles(visit.store, acting=visit.user)
    page = role_list_page(found, may_change=visit.user.is_administrator, notice=notice, done=done)
    return show(visit, "role_list/role_list.html", page, title="Roles", place="roles", status=status)
