"""Answers the page of custom fields: shows them, defines one, or takes one away."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.defining import define_field, list_fields, remove_field
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.custom_fields.page import Typed, custom_fields_page, typed_in
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door
from suitebridge.domain.records import System


def edit_custom_fields(visit: Visit) -> HttpResponse:
    """Show the custom fields of the workspace; add, change or remove the one that the form names."""
    form = visit.request.POST
    if visit.request.method != "POST":
        return _show(visit, _asked(visit))
    typed = typed_in(
        {key: str(form[key]) for key in form}, list_fields(visit.store, System.WORKSPACE, acting=visit.user)
    )
    stamp, record_type = stamp_for(visit.user, Door.CONSOLE), typed.record_type
    try:
        if form.get("act") == "remove":
            name, version = typed.custom.name, typed.version
            workflows, acting = visit.workflows, visit.user
            remove_field(
                visit.store, record_type, name, workflows=workflows, version=version, acting=acting, stamp=stamp
            )
        else:
            define_field(visit.store, record_type, typed.custom, version=typed.version, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        is_late = error.problem.code in {"SB-CFG-014", "SB-CFG-025"}
        status = HTTPStatus.CONFLICT if is_late else HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(visit, typed, notice=notice_of(error.problem), status=status)
    except LookupError:
        return _show(visit, None, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(links.address("custom-fields"))


def _asked(visit: Visit) -> Typed | None:
    """Find the field that the address names."""
    asked = visit.request.GET
    for one in list_fields(visit.store, System.WORKSPACE, acting=visit.user):
        for part in one.fields:
            if (one.record_type, part.name) == (asked.get("type"), asked.get("field")):
                return Typed(record_type=one.record_type, custom=part, version=one.version)
    return None


def _show(
    visit: Visit, typed: Typed | None, *, notice: Notice | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    known = list_fields(visit.store, System.WORKSPACE, acting=visit.user)
    page = custom_fields_page(known, typed, notice=notice)
    title = "Custom fields"
    return show(visit, "custom_fields/custom_fields.html", page, title=title, place="custom-fields", status=status)
