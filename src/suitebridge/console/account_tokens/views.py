"""Answers people's API tokens: anybody who is signed in may make and withdraw their own."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.admitting import TokenRequest, issue_token, list_tokens, withdraw_token
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.account_tokens.page import fresh_token_page, tokens_page
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door

_DONE = {"withdrawn": "The token was withdrawn; whatever uses it is refused from now on."}
_MOST_SCOPES = 20


def edit_own_tokens(visit: Visit) -> HttpResponse:
    """Show one's own tokens, make one, or withdraw one."""
    post = visit.request.POST
    if visit.request.method != "POST":
        return _show(visit, TokenRequest(label=""), done=_DONE.get(visit.request.GET.get("done", ""), ""))
    wanted = TokenRequest(label="")
    if not post.get("withdraw"):
        wanted = TokenRequest(
            label=post.get("label", ""),
            days=asked.whole_number(post.get("days")),
            scopes=tuple(post.getlist("scope")[:_MOST_SCOPES]),
        )
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, wanted, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _withdraw(visit, post["withdraw"]) if post.get("withdraw") else _make(visit, wanted)


def _make(visit: Visit, wanted: TokenRequest) -> HttpResponse:
    try:
        fresh = issue_token(
            visit.store,
            wanted,
            acting=visit.user,
            stamp=stamp_for(visit.user, Door.CONSOLE),
            clock=visit.house.clock,
            chance=visit.house.chance,
        )
    except RunStoppedError as error:
        return _show(visit, wanted, problem=error.problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    page = fresh_token_page(fresh.card, text=fresh.secret.reveal(), zone=zone_of(visit.store.company.zone))
    return show(visit, "account_tokens/fresh.html", page, title="New API token", place="account")


def _withdraw(visit: Visit, token_id: str) -> HttpResponse:
    try:
        withdraw_token(visit.store, token_id, acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE))
    except LookupError:
        # It ended in the meantime, which is what was asked for.
        return HttpResponseRedirect(links.address("account-tokens"))
    return HttpResponseRedirect(links.address("account-tokens", query={"done": "withdrawn"}))


def _show(
    visit: Visit,
    typed: TokenRequest,
    *,
    problem: Problem | None = None,
    done: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = tokens_page(
        list_tokens(visit.store, acting=visit.user, now=visit.house.clock.now()),
        zone=zone_of(visit.store.company.zone),
        typed=typed,
        problem=problem,
        done=done,
    )
    return show(visit, "account_tokens/account_tokens.html", page, title="API tokens", place="account", status=status)
