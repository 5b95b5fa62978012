"""Answers the page of the versions: two are compared, an earlier one is restored, one that waits is approved or refused."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.configuring import Act, draft_changes, judge_version, list_versions, restore_version
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import desk_of
from suitebridge.console.mapping_versions.page import versions_page
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Permission

MOST_VERSIONS = 50
_DONE = {
    "restored": "The version was restored as a new one.",
    "approved": "The version was approved. Runs that start from now on use it.",
    "refused": "The version was refused. Nothing else changed.",
}


def review_versions(visit: Visit) -> HttpResponse:
    """Show the versions, or do with one of them what was pressed."""
    if visit.request.method != "POST":
        return _show(visit)
    try:
        done = _carry_out(visit)
    except RecordRefusedError as error:
        return _show(visit, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    except LookupError as error:
        raise Http404(str(error)) from error
    return HttpResponseRedirect(links.address("mapping-versions", query={"done": done}))


def _carry_out(visit: Visit) -> str:
    form, desk = visit.request.POST, desk_of(visit)
    version = asked.whole_number(form.get("version"))
    note = form.get("note", "").strip()[:500]
    act = Act(acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE), note=note)
    match form.get("act"):
        case "restore":
            expected = asked.whole_number(form.get("current"))
            restore_version(desk, version, expected_version=expected, act=act)
            return "restored"
        case "approve" | "refuse" as judged:
            judge_version(desk, version, is_approved=judged == "approve", act=act)
            return "approved" if judged == "approve" else "refused"
        case _:
            return ""


def _show(visit: Visit, *, notice: Notice | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    desk = desk_of(visit)
    page = versions_page(
        list_versions(desk, acting=visit.user, limit=MOST_VERSIONS),
        visit.store.configurations.load(),
        _compared(visit),
        zone=zone_of(visit.store.company.zone),
        is_administrator=visit.may(Permission.ADMINISTER),
        done=_DONE.get(visit.request.GET.get("done", ""), ""),
        notice=notice,
    )
    template = "mapping_versions/mapping_versions.html"
    return show(visit, template, page, title="Versions", place="connector", status=status)


def _compared(visit: Visit) -> tuple[int, int, tuple[Change, ...]] | None:
    query = visit.request.GET
    if "before" not in query or "after" not in query:
        return None
    numbers = [asked.whole_number(query.get(name)) for name in ("before", "after")]
    before, after = (visit.store.configurations.at(number) for number in numbers)
    if before is None or after is None:
        raise Http404("There is no such version.")
    changes = draft_changes(desk_of(visit), before.configuration, after.configuration)
    return before.version, after.version, changes
