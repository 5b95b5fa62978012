"""Answers the list of roles."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.granting import list_roles, turn_on_role
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.proving import confirmed
from suitebridge.console.role_list.page import role_list_page
from suitebridge.console.showing import show
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door

_DONE = {"saved": "The role was saved.", "on": "The role was turned on.", "removed": "The role was removed."}


def list_company_roles(visit: Visit) -> HttpResponse:
    """Show the roles, or turn an optional one on."""
    if visit.request.method != "POST":
        return _show(visit, done=_DONE.get(visit.request.GET.get("done", ""), ""))
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        name = visit.request.POST.get("role", "")
        turn_on_role(visit.store, name, acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE))
    except RecordRefusedError as error:
        return _show(visit, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("roles", query={"done": "on"}))


def _show(
    visit: Visit, *, notice: Notice | None = None, done: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    found = list_roles(visit.store, acting=visit.user)
    page = role_list_page(found, may_change=visit.user.is_administrator, notice=notice, done=done)
    return show(visit, "role_list/role_list.html", page, title="Roles", place="roles", status=status)
