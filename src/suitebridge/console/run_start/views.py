"""Answers the form that starts a run."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.console import asked, links
from suitebridge.console.access import PermissionMissingError, Visit
from suitebridge.console.run_start.page import no_day, nothing_chosen, run_start_page
from suitebridge.console.showing import show
from suitebridge.domain.connector_settings import FULL_SYNCHRONIZATION, connector_values
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, Permission
from suitebridge.runs.laying import active_ones
from suitebridge.runs.starting import RunRequest, ask_for_run

_STARTED = "started"
"""Where the session keeps the form sent last and the run it started."""

_KEY_LENGTH = 20


def start_run(visit: Visit) -> HttpResponse:
    """Show the form, or start what it asks for and go to the run's page."""
    if visit.request.method != "POST":
        return _show(visit, RunRequest(workflows=tuple(active_ones(visit.workflows))))
    form, session = visit.request.POST, visit.request.session
    key = form.get("key", "")
    if key and session.get(_STARTED, {}).get("key") == key:
        return HttpResponseRedirect(links.run(session[_STARTED]["number"]))
    group, is_dry = form.get("group", ""), form.get("dry") == "yes"
    if not is_dry and not visit.may(Permission.RUN_INTEGRATION):
        raise PermissionMissingError(Permission.RUN_INTEGRATION)
    request = RunRequest(
        workflows=() if group else tuple(form.getlist("workflow")),
        group=group,
        is_full=form.get("full") == "yes",
        since=asked.day(form.get("since")),
        is_dry=is_dry,
        confirmed_account=form.get("confirmed_account", ""),
        without_needed=form.get("without_needed") == "yes",
    )
    if form.get("since") and request.since is None:
        return _show(visit, request, problem=no_day())
    if not (request.workflows or group):
        return _show(visit, request, problem=nothing_chosen())
    try:
        run = ask_for_run(
            visit.store,
            visit.workflows,
            request,
            user=visit.user,
            door=Door.CONSOLE,
            clock=visit.house.clock,
            chance=visit.house.chance,
        )
    except RunStoppedError as error:
        return _show(visit, request, problem=error.problem)
    session[_STARTED] = {"key": key, "number": run.number}
    return HttpResponseRedirect(links.run(run.number))


def _show(visit: Visit, request: RunRequest, *, problem: Problem | None = None) -> HttpResponse:
    """Show the form with what was ticked; with a problem nothing was started."""
    page = run_start_page(
        active_ones(visit.workflows),
        visit.store.groups.all(),
        request,
        key=visit.house.chance.token(_KEY_LENGTH),
        may_run=visit.may(Permission.RUN_INTEGRATION),
        offers_full=bool(connector_values(visit.store.configurations.load().configuration)[FULL_SYNCHRONIZATION.name]),
        problem=problem,
    )
    status = HTTPStatus.OK if problem is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return show(visit, "run_start/run_start.html", page, title="Start a run", place="runs", status=status)
