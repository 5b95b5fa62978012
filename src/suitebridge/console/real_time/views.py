"""Answers the Real-time page: stores what was ticked, makes and removes the key of pushes."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from suitebridge.administration.hurrying import (
    exportable_types,
    make_push_key,
    real_time_settings,
    remove_push_key,
    save_exports,
)
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links, wording
from suitebridge.console.access import Visit
from suitebridge.console.connector.tabs import tabs
from suitebridge.console.proving import confirmed
from suitebridge.console.real_time.page import FreshKeyPage, real_time_page, refusal_of
from suitebridge.console.showing import show
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.people import Door, Permission
from suitebridge.runs.pushing import pushed_types
from suitebridge.runs.receiving import report_errand

MOST_RECENT = 20


def edit_real_time(visit: Visit) -> HttpResponse:
    """Show the settings, or do what a form asks for."""
    post = visit.request.POST
    if visit.request.method != "POST":
        return _show(visit)
    try:
        match post.get("act"):
            case "exports":
                return _save(visit)
            case "key" | "remove":
                return _change_key(visit, post["act"])
            case _:
                return HttpResponseRedirect(links.address("real-time"))
    except SuiteBridgeError as error:
        return _show(visit, problem=error.problem)


def _save(visit: Visit) -> HttpResponse:
    post = visit.request.POST
    save_exports(
        visit.store,
        frozenset(post.getlist("type")),
        workflows=visit.workflows,
        version=asked.whole_number(post.get("version")),
        acting=visit.user,
        stamp=stamp_for(visit.user, Door.CONSOLE),
    )
    return HttpResponseRedirect(links.address("real-time", query={"saved": "yes"}))


def _change_key(visit: Visit, act: str) -> HttpResponse:
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    stamp = stamp_for(visit.user, Door.CONSOLE)
    if act == "remove":
        remove_push_key(visit.store, acting=visit.user, stamp=stamp)
        return HttpResponseRedirect(links.address("real-time", query={"saved": "yes"}))
    key = make_push_key(visit.store, acting=visit.user, stamp=stamp, chance=visit.house.chance)
    page = FreshKeyPage(shown_key=key.reveal(), push_address=_push_address(visit), back_href=links.address("real-time"))
    return show(visit, "real_time/fresh.html", page, title="New push key", place="connector")


def _show(visit: Visit, *, problem: Problem | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    workflows = visit.workflows
    page = real_time_page(
        real_time_settings(visit.store, acting=visit.user),
        types=exportable_types(workflows),
        pushed=pushed_types(workflows),
        push_address=_push_address(visit),
        recent=[report_errand(visit.store, workflows, one) for one in visit.store.inbox.newest(limit=MOST_RECENT)],
        workflows=workflows,
        zone=wording.zone_of(visit.store.company.zone),
    )
    page = replace(
        page,
        tabs=tabs("real-time", is_administrator=visit.may(Permission.ADMINISTER)),
        is_saved="saved" in visit.request.GET,
    )
    if problem is not None:
        refusal, remedy = refusal_of(problem)
        page, status = replace(page, refusal=refusal, remedy=remedy), HTTPStatus.UNPROCESSABLE_ENTITY
    return show(visit, "real_time/real_time.html", page, title="Real-time", place="connector", status=status)


def _push_address(visit: Visit) -> str:
    return visit.request.build_absolute_uri(reverse("push", kwargs={"company": visit.store.company.id}))
