"""Answers one run's page and the part of it that is polled."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.decisions import decision_asked
from suitebridge.console.run.errors import error_box
from suitebridge.console.run.page import LivePart, live_part, run_page
from suitebridge.console.showing import show, show_part
from suitebridge.console.wording import zone_of
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, Permission
from suitebridge.ports.runs import ENDED_STATES, Run
from suitebridge.runs.retrying import RetryRequest, ask_for_retry
from suitebridge.runs.reviewing import RunReport, follow_run, report_run
from suitebridge.runs.steering import Steering, steer


def show_run(visit: Visit, number: int) -> HttpResponse:
    """Show everything about a run."""
    return _show(visit, find_run(visit, number))


def retry_records(visit: Visit, number: int) -> HttpResponse:
    """Try records of a run again, a whole group of errors or chosen ones, with a decision if one was made; show the run that does."""
    run, form, house = find_run(visit, number), visit.request.POST, visit.house
    pairs = (text.partition("/") for text in form.getlist("record"))
    records = frozenset((workflow, source_id) for workflow, _, source_id in pairs)
    if not records and not form.get("group"):
        return HttpResponseRedirect(links.run(run.number))
    request = RetryRequest(run=run, group=form.get("group", ""), records=records, decision=decision_asked(form))
    try:
        retried = ask_for_retry(
            visit.store,
            visit.workflows,
            request,
            user=visit.user,
            door=Door.CONSOLE,
            clock=house.clock,
            chance=house.chance,
        )
    except RunStoppedError as error:
        return _show(visit, run, refused=error.problem)
    return HttpResponseRedirect(links.run(retried.number))


def steer_run(visit: Visit, number: int) -> HttpResponse:
    """Pause, resume or cancel a run, and show it again."""
    run, asked_for = find_run(visit, number), visit.request.POST.get("steering", "")
    try:
        for steering in Steering:
            if steering.value == asked_for:
                steer(visit.store, run, steering, user=visit.user, door=Door.CONSOLE)
    except RunStoppedError as error:
        return _show(visit, find_run(visit, number), refused=error.problem)
    return HttpResponseRedirect(links.run(run.number))


def _show(visit: Visit, run: Run, *, refused: Problem | None = None) -> HttpResponse:
    workflows = visit.workflows_of(run)
    report = report_run(visit.store, workflows, run)
    netsuite_address = visit.netsuite_address()
    groups = [
        error_box(
            group,
            workflows.get(group.workflow),
            run=run,
            workflows=visit.workflows,
            may_view=visit.may_view,
            netsuite_address=netsuite_address,
        )
        for group in report.groups
    ]
    page = run_page(
        report,
        _live(visit, report),
        groups,
        zone=zone_of(visit.store.company.zone),
        may_see_trail=visit.may(Permission.VIEW_AUDIT_TRAIL),
        refused=refused,
    )
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return show(visit, "run/run.html", page, title=page.title, place="runs", status=status)


def show_progress(visit: Visit, number: int) -> HttpResponse:
    """Show how far a run is; once it has ended, have the whole page shown anew, errors and all."""
    run = find_run(visit, number)
    heard = visit.request.GET.get("said")
    report = follow_run(visit.store, visit.workflows_of(run), run)
    response = show_part(visit, "run/live.html", _live(visit, report, said=asked.whole_number(heard) if heard else -1))
    if run.state in ENDED_STATES:
        response["HX-Refresh"] = "true"
    return response


def find_run(visit: Visit, number: int) -> Run:
    """Find a run of the visitor's company by its number."""
    run = visit.store.runs.get(str(number))
    if run is None:
        raise Http404(f"There is no run {number}.")
    return run


def _live(visit: Visit, report: RunReport, *, said: int = -1) -> LivePart:
    titles = {name: workflow.title for name, workflow in visit.workflows_of(report.run).items()}
    may_steer = visit.may(Permission.STEER_RUNS)
    return live_part(
        report,
        titles,
        now=visit.house.clock.now(),
        zone=zone_of(visit.store.company.zone),
        may_steer=may_steer,
        said=said,
    )
