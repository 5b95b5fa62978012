"""Answers one's own account: anybody who is signed in may change what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib.auth import authenticate, logout
from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.admitting import list_tokens, withdraw_token
from suitebridge.administration.inviting import PasswordChange, PresentPasswordError, change_password, end_access
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.account.page import WaysIn, account_page
from suitebridge.console.invitation.page import REPEATED
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show
from suitebridge.console.signing_in.views import admit
from suitebridge.console.visitors import claim_of
from suitebridge.console.wording import zone_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door

_DONE = {
    "password": "The password was changed. Every other session, and every token, has ended.",
    "ended": "The session has ended; whoever used it is asked to sign in again.",
    "withdrawn": "The token was withdrawn; whatever uses it is refused from now on.",
}


def show_account(visit: Visit) -> HttpResponse:
    """Show one's own account."""
    return _show(visit, done=_DONE.get(visit.request.GET.get("done", ""), ""))


def set_own_password(visit: Visit) -> HttpResponse:
    """Change one's own password, and go on in a session of its own: the earlier ones have ended."""
    form, request = visit.request.POST, visit.request
    old, new = form.get("old", ""), form.get("password", "")
    if form.get("repeated", "") != new:
        return _show(visit, problems={"repeated": REPEATED}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    change = PasswordChange(old=Secret(old), new=Secret(new))
    try:
        change_password(
            visit.house.companies,
            visit.store,
            change,
            claim=claim_of(request, visit.house, company=visit.store.company.id, user=visit.user.user_id),
            stamp=stamp_for(visit.user, Door.CONSOLE),
            clock=visit.house.clock,
        )
    except ValueError as error:
        field = "old" if isinstance(error, PresentPasswordError) else "password"
        return _show(visit, problems={field: str(error)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except RunStoppedError as error:
        said = f"{error.problem.title}. {error.problem.cause}"
        return _show(visit, problems={"old": said}, status=HTTPStatus.TOO_MANY_REQUESTS)
    person = authenticate(request, username=visit.user.user_id, password=new, company=visit.store.company.id)
    if person is None:
        return HttpResponseRedirect(links.address("sign-in"))
    admit(request, visit.house, person)
    return HttpResponseRedirect(links.address("account", query={"done": "password"}))


def change_own_access(visit: Visit) -> HttpResponse:
    """Withdraw one of one's own tokens, or end all sessions and tokens, this one too."""
    stamp, token_id = stamp_for(visit.user, Door.CONSOLE), visit.request.POST.get("token", "")
    if token_id:
        visit = confirmed(visit)
        if not visit.is_fresh:
            return _show(visit, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            withdraw_token(visit.store, token_id, acting=visit.user, stamp=stamp)
        except LookupError:
            # It ended in the meantime, which is what was asked for.
            return HttpResponseRedirect(links.address("account"))
        return HttpResponseRedirect(links.address("account", query={"done": "withdrawn"}))
    if visit.request.POST.get("act") == "end":
        end_access(visit.store, visit.user.id, acting=visit.user, stamp=stamp)
        logout(visit.request)
        return HttpResponseRedirect(links.address("sign-in"))
    return HttpResponseRedirect(links.address("account"))


def end_own_sessions(visit: Visit) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    stamp, form = stamp_for(visit.user, Door.CONSOLE), visit.request.POST
    mine = [one.id for one in visit.store.sessions.of_user(visit.user, at=visit.house.clock.now())]
    ending = [form.get("session", "")] if form.get("act") != "others" else mine
    visit.store.sessions.end(visit.user, [own for own in ending if own != visit.session.id], stamp=stamp)
    return HttpResponseRedirect(links.address("account", query={"done": "ended"}))


def _show(
    visit: Visit, *, problems: Mapping[str, str] | None = None, done: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    now = visit.house.clock.now()
    page = account_page(
        visit.user,
        company_id=visit.store.company.id,
        ways=WaysIn(
            tokens=list_tokens(visit.store, acting=visit.user, now=now),
            sessions=visit.store.sessions.of_user(visit.user, at=now),
            present=visit.session,
            second_factor=visit.store.second_factors.get(visit.user),
        ),
        zone=zone_of(visit.store.company.zone),
        problems=problems,
        done=done,
    )
    return show(visit, "account/account.html", page, title="My account", place="account", status=status)
