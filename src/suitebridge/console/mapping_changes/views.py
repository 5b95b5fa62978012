"""Answers the page of a draft: it is looked at, saved as a whole, made anew on top of what somebody else saved, or discarded."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.configuring import (
    Act,
    discard_draft,
    draft_changes,
    keep_draft,
    problems_of_configuration,
    save_configuration,
)
from suitebridge.administration.protecting import protections
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, open_bench
from suitebridge.console.mapping.page import protection_line
from suitebridge.console.mapping_changes.page import Objection, changes_page, objection
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
from suitebridge.domain.edits import touched
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door, Permission
from suitebridge.domain.validation import MappingProblem, problems_of
from suitebridge.ports.configurations import Approval


def review_changes(visit: Visit) -> HttpResponse:
    """Show what the draft changes, or save or discard it."""
    bench, form = open_bench(visit), visit.request.POST
    if visit.request.method != "POST":
        return _show(visit, bench)
    match form.get("act"):
        case "discard":
            discard_draft(bench.desk, acting=visit.user)
            return HttpResponseRedirect(links.address("mapping", query={"done": "discarded"}))
        case "rebase":
            keep_draft(
                bench.desk, bench.configuration, based_on=asked.whole_number(form.get("version")), acting=visit.user
            )
            return HttpResponseRedirect(links.address("mapping-changes"))
        case _:
            return _save(visit, bench)


def _save(visit: Visit, bench: Bench) -> HttpResponse:
    act = Act(
        acting=visit.user,
        stamp=stamp_for(visit.user, Door.CONSOLE),
        note=visit.request.POST.get("note", "").strip()[:500],
    )
    try:
        saved = save_configuration(bench.desk, bench.configuration, expected_version=bench.draft.based_on, act=act)
    except RecordRefusedError as error:
        return _show(visit, bench, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    done = "saved" if saved.approval is Approval.APPROVED else "proposed"
    return HttpResponseRedirect(links.address("mapping", query={"done": done}))


def _show(
    visit: Visit, bench: Bench, *, notice: Notice | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    desk, before, after = bench.desk, bench.current.configuration, bench.configuration
    held = protections(visit.store, visit.workflows)
    standing = [one for name in touched(desk.shipped, before, after, CONNECTOR_SETTINGS) for one in held.get(name, ())]
    page = changes_page(
        bench,
        draft_changes(desk, before, after),
        _objections(bench),
        protections=[protection_line(one) for one in dict.fromkeys(standing)],
        waits=visit.store.roles.keep_duties_apart(),
        is_administrator=visit.may(Permission.ADMINISTER),
        notice=notice,
    )
    template = "mapping_changes/mapping_changes.html"
    return show(visit, template, page, title="Your draft", place="connector", status=status)


def _objections(bench: Bench) -> list[Objection]:
    """Name what is wrong with the draft, each with the page where it is mended, as far as its place is known."""
    active = [one for one in bench.workflows.values() if one.is_active]
    placed = [found for one in active for found in problems_of(one, bench.schemas)]
    return [
        objection(problem, href=next((_place_href(one) for one in placed if one.problem == problem), ""))
        for problem in problems_of_configuration(bench.desk, bench.configuration)
    ]


def _place_href(found: MappingProblem) -> str:
    query = {"group": found.group, "row": found.target}
    return links.address("mapping-workflow", query=query, workflow_name=found.workflow)
