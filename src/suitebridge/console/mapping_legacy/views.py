"""Answers the page of the legacy notation."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import keep, open_bench
from suitebridge.console.mapping_legacy.page import Outcome, legacy_page, outcome_of
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.domain.adopting import adopt, legacy_text
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Permission


def review_legacy(visit: Visit) -> HttpResponse:
    """Show the configuration as legacy text, or take a text into the draft and say what could not be placed."""
    if visit.request.method != "POST":
        return _show(visit)
    bench, pasted = open_bench(visit), visit.request.POST.get("text", "").replace("\r\n", "\n")
    adopted = adopt(bench.desk.shipped, bench.configuration, bench.workflows, pasted, bench.schemas)
    outcome = outcome_of(adopted, bench.workflows)
    if not adopted.placed:
        return _show(visit, pasted, outcome=outcome, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        keep(visit, bench, adopted.configuration)
    except RecordRefusedError as error:
        return _show(visit, pasted, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return _show(visit, pasted if adopted.unplaced else "", outcome=outcome)


def give_legacy_file(visit: Visit) -> HttpResponse:
    """Give the configuration as legacy text in a file."""
    answer = HttpResponse(_text(visit), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mapping.txt"'
    return answer


def _text(visit: Visit) -> str:
    """Give the text of what is in force, or would be with the visitor's draft."""
    bench = open_bench(visit)
    return legacy_text(bench.desk.shipped, bench.configuration, bench.workflows.values())


def _show(
    visit: Visit,
    pasted: str = "",
    *,
    outcome: Outcome | None = None,
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = legacy_page(
        _text(visit),
        pasted,
        bar=open_bench(visit).bar,
        is_administrator=visit.may(Permission.ADMINISTER),
        outcome=outcome,
        notice=notice,
    )
    template = "mapping_legacy/mapping_legacy.html"
    return show(visit, template, page, title="Legacy notation", place="connector", status=status)
