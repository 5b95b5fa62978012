"""Answers the form of a role."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.granting import RoleEntry, remove_role, save_role
from suitebridge.administration.permitting import require
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.proving import confirmed
from suitebridge.console.role.page import entry_of, fingerprint, role_page
from suitebridge.console.showing import show
from suitebridge.console.wording import spans
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door, Permission, Role
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES

_BLANK = RoleEntry(name="", permissions=frozenset())
_MOST_TEXT = 500


def add_role(visit: Visit) -> HttpResponse:
    """Show the empty form, or add a role."""
    return _answer(visit, None)


def edit_role(visit: Visit, role_name: str) -> HttpResponse:
    """Show the form of a role, save it, or remove the role."""
    role = visit.store.roles.get(role_name)
    if role is None:
        raise Http404(f"There is no role {role_name}.")
    return _answer(visit, role)


def _answer(visit: Visit, role: Role | None) -> HttpResponse:
    if visit.request.method != "POST":
        return _show(visit, role, entry_of(role) if role else _BLANK)
    require(visit.user, Permission.ADMINISTER, "change a role")
    entry, stamp = _typed(visit, role), stamp_for(visit.user, Door.CONSOLE)
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, role, entry, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if role is not None and visit.request.POST.get("act") == "remove":
            remove_role(visit.store, role.name, acting=visit.user, stamp=stamp)
            return HttpResponseRedirect(links.address("roles", query={"done": "removed"}))
        if role is not None and visit.request.POST.get("was", "") != fingerprint(role):
            return _show(visit, role, entry, notice=_late(role.name), status=HTTPStatus.CONFLICT)
        save_role(visit.store, entry, was=role, record_types=WORKSPACE_TYPES, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        return _show(visit, role, entry, notice=notice_of(error.problem), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(links.address("roles", query={"done": "saved"}))


def _typed(visit: Visit, role: Role | None) -> RoleEntry:
    form = visit.request.POST
    ticked = frozenset(form.getlist("permission"))
    return RoleEntry(
        name=role.name if role is not None else form.get("name", ""),
        permissions=frozenset(permission for permission in Permission if permission.name in ticked),
        views=frozenset(form.getlist("view")),
        modifies=frozenset(form.getlist("modify")),
        reason=form.get("reason", "")[:_MOST_TEXT],
    )


def _late(name: str) -> Notice:
    return Notice(
        title=f"The role {name} was changed by somebody else in the meantime",
        cause="What was ticked is about an older state; nothing was saved.",
        remedy=spans("Open the role again to see its present state, or save once more to put yours in its place."),
    )


def _show(
    visit: Visit,
    role: Role | None,
    entry: RoleEntry,
    *,
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = role_page(role, entry, may_change=visit.user.is_administrator, notice=notice)
    return show(visit, "role/role.html", page, title=page.title, place="roles", status=status)
