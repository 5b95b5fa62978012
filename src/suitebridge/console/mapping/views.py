"""Answers the Mapping tab."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.grouping import list_groups
from suitebridge.administration.protecting import pause_schedule, protections
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import keep, open_bench
from suitebridge.console.mapping.page import mapping_page
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.domain.drafting import activate, remove_workflow
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door, Permission

_DONE = {
    "discarded": "Your draft was discarded.",
    "saved": "The configuration was saved. Runs that start from now on use it.",
    "proposed": "The configuration waits for approval by somebody else. Runs use it from then on.",
    "paused": "The schedule is off. Turn it on again on the Automate page when you are done.",
}


def edit_mapping(visit: Visit) -> HttpResponse:
    """Show the workflows of the company, switch one on or off, or pause what protects it."""
    if visit.request.method != "POST":
        return _show(visit)
    try:
        done = _carry_out(visit)
    except RecordRefusedError as error:
        return _show(visit, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("mapping", query={"done": done}))


def _carry_out(visit: Visit) -> str:
    form, bench = visit.request.POST, open_bench(visit)
    name, configuration = form.get("workflow", ""), bench.configuration
    match form.get("act"):
        case "pause":
            stamp = stamp_for(visit.user, Door.CONSOLE)
            crons, schedule = visit.house.crons, form.get("schedule", "")
            pause_schedule(visit.store, schedule, crons=crons, acting=visit.user, stamp=stamp)
            return "paused"
        case "remove":
            keep(visit, bench, remove_workflow(configuration, name))
        case "activate" | "deactivate" as act if name in bench.workflows:
            keep(visit, bench, activate(bench.desk.shipped, configuration, name, is_active=act == "activate"))
        case _:
            pass
    return ""


def _show(visit: Visit, *, notice: Notice | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    bench = open_bench(visit)
    page = mapping_page(
        bench,
        list_groups(visit.store, acting=visit.user),
        protected=protections(visit.store, visit.workflows),
        is_administrator=visit.may(Permission.ADMINISTER),
        done=_DONE.get(visit.request.GET.get("done", ""), ""),
        notice=notice,
    )
    return show(visit, "mapping/mapping.html", page, title="Mapping", place="connector", status=status)
