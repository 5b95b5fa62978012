"""Answers the sign-in rules of the company."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.securing import save_sign_in_rules, show_sign_in_rules
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show
from suitebridge.console.sign_in_rules.page import sign_in_rules_page
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door
from suitebridge.domain.sessions import SignInRules

_SAVED = "The rules were saved. They count from the next page on, for sessions that are open too."


def edit_rules(visit: Visit) -> HttpResponse:
    """Show the rules, or save them."""
    form = visit.request.POST
    if visit.request.method != "POST":
        return _show(visit, done=_SAVED if "saved" in visit.request.GET else "")
    wanted = SignInRules(
        idle_minutes=asked.whole_number(form.get("idle_minutes", "").strip()),
        longest_minutes=asked.whole_number(form.get("longest_minutes", "").strip()),
        demands_second_factor=form.get("demands") == "yes",
    )
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, wanted, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    stamp = stamp_for(visit.user, Door.CONSOLE)
    try:
        problems = save_sign_in_rules(visit.store, wanted, acting=visit.user, stamp=stamp, was=form.get("was", ""))
    except RecordRefusedError as error:
        return _show(visit, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    if problems:
        return _show(visit, wanted, problems=problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(links.address("sign-in-rules", query={"saved": "yes"}))


def _show(
    visit: Visit,
    rules: SignInRules | None = None,
    *,
    problems: tuple[tuple[str, str], ...] = (),
    notice: Notice | None = None,
    done: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    found = show_sign_in_rules(visit.store, acting=visit.user, now=visit.house.clock.now())
    was = "" if notice else visit.request.POST.get("was", "")
    page = sign_in_rules_page(
        rules or found.rules,
        was=was or found.rules.mark,
        lacking=found.lacking,
        problems=problems,
        notice=notice,
        done=done,
    )
    return show(visit, "sign_in_rules/sign_in_rules.html", page, title="Sign-in rules", place="people", status=status)
