"""Answers the form that starts a run."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.run_start.page import RunStartPage, nothing_chosen, run_start_page
from suitebridge.console.showing import show
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door
from suitebridge.runs.starting import RunRequest, ask_for_run

_STARTED = "started"
"""Where the session keeps the form sent last and the run it started."""

_KEY_LENGTH = 20


def start_run(visit: Visit) -> HttpResponse:
    """Show the form, or start what it asks for and go to the run's page."""
    if visit.request.method != "POST":
        page = run_start_page(visit.house.workflows, key=_fresh_key(visit), chosen=tuple(visit.house.workflows))
        return _show(visit, page)
    form, session = visit.request.POST, visit.request.session
    key = form.get("key", "")
    if key and session.get(_STARTED, {}).get("key") == key:
        return HttpResponseRedirect(links.run(session[_STARTED]["number"]))
    chosen, is_full = tuple(form.getlist("workflow")), form.get("full") == "yes"
    if not chosen:
        return _refuse(
            visit,
            run_start_page(
                visit.house.workflows, key=_fresh_key(visit), chosen=(), is_full=is_full, problem=nothing_chosen()
            ),
        )
    try:
        run = ask_for_run(
            visit.store,
            visit.house.workflows,
            RunRequest(workflows=chosen, is_full=is_full, confirmed_account=form.get("confirmed_account", "")),
            user=visit.user,
            door=Door.CONSOLE,
            clock=visit.house.clock,
            chance=visit.house.chance,
        )
    except RunStoppedError as error:
        return _refuse(
            visit,
            run_start_page(
                visit.house.workflows, key=_fresh_key(visit), chosen=chosen, is_full=is_full, problem=error.problem
            ),
        )
    session[_STARTED] = {"key": key, "number": run.number}
    return HttpResponseRedirect(links.run(run.number))


def _show(visit: Visit, page: RunStartPage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return show(visit, "run_start/run_start.html", page, title="Start a run", place="runs", status=status)


def _refuse(visit: Visit, page: RunStartPage) -> HttpResponse:
    return _show(visit, page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _fresh_key(visit: Visit) -> str:
    return visit.house.chance.token(_KEY_LENGTH)
