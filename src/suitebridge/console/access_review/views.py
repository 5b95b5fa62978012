"""Answers the access review: shows it, gives it as a file, keeps that somebody confirmed it."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.attesting import CONFIRM, MOST_NOTE, attest_access, attestations, review_access
from suitebridge.administration.permitting import require
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.access_review.page import access_review_page
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show
from suitebridge.console.trail.views import trail_lines
from suitebridge.domain.access_reviews import table
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door, Permission
from suitebridge.domain.spreadsheets import write_csv

_DONE = "The review is confirmed; that stands in the audit trail."


def review(visit: Visit) -> HttpResponse:
    """Show the review, or keep that it is confirmed."""
    if visit.request.method != "POST":
        return _show(visit, done=_DONE if visit.request.GET.get("done") else "")
    form = visit.request.POST
    note = form.get("note", "")[:MOST_NOTE]
    require(visit.user, Permission.ADMINISTER, CONFIRM)
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, note=note, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        attest_access(
            visit.store,
            fingerprint=form.get("fingerprint", ""),
            note=note,
            acting=visit.user,
            stamp=stamp_for(visit.user, Door.CONSOLE),
            now=visit.house.clock.now(),
        )
    except RecordRefusedError as error:
        return _show(visit, note=note, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("access-review", query={"done": "yes"}))


def give_file(visit: Visit) -> HttpResponse:
    """Give the review as a file for spreadsheets."""
    found = review_access(visit.store, acting=visit.user, now=visit.house.clock.now())
    answer = HttpResponse(write_csv(*table(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="access-{found.fingerprint}.csv"'
    return answer


def _show(
    visit: Visit, *, note: str = "", done: str = "", notice: Notice | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    found = review_access(visit.store, acting=visit.user, now=visit.house.clock.now())
    earlier = tuple(trail_lines(visit, attestations(visit.store, acting=visit.user)))
    page = access_review_page(
        found, earlier, may_confirm=visit.user.is_administrator, note=note, done=done, notice=notice
    )
    return show(
        visit, "access_review/access_review.html", page, title="Access review", place="access-review", status=status
    )
