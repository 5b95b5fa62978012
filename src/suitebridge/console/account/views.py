"""Answers one's own account: anybody who is signed in may change what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib.auth import authenticate, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.admitting import list_tokens, withdraw_token
from suitebridge.administration.inviting import PasswordChange, change_password, end_access
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.account.page import account_page
from suitebridge.console.invitation.page import REPEATED
from suitebridge.console.showing import show
from suitebridge.console.signing_in.throttling import refusal_of
from suitebridge.console.signing_in.views import admit
from suitebridge.console.wording import zone_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Door

_DONE = {
    "password": "The password was changed. Every other session, and every token, has ended.",
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
    # As at the sign-in, so that wrong ones count: whoever finds an open session cannot try passwords without end.
    if _sign_in(visit, old) is None:
        said = refusal_of(request, "The present password is not right.")
        return _show(visit, problems={"old": said}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    change = PasswordChange(old=Secret(old), new=Secret(new))
    try:
        change_password(visit.store, change, user=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE))
    except ValueError as error:
        return _show(visit, problems={"password": str(error)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    person = _sign_in(visit, new)
    if person is None:
        return HttpResponseRedirect(links.address("sign-in"))
    admit(request, visit.house, person)
    return HttpResponseRedirect(links.address("account", query={"done": "password"}))


def _sign_in(visit: Visit, password: str) -> AbstractBaseUser | None:
    company = visit.store.company.id
    return authenticate(visit.request, username=visit.user.user_id, password=password, company=company)


def change_own_access(visit: Visit) -> HttpResponse:
    """Withdraw one of one's own tokens, or end all sessions and tokens, this one too."""
    stamp, token_id = stamp_for(visit.user, Door.CONSOLE), visit.request.POST.get("token", "")
    if token_id:
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


def _show(
    visit: Visit, *, problems: Mapping[str, str] | None = None, done: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    page = account_page(
        visit.user,
        company_id=visit.store.company.id,
        tokens=list_tokens(visit.store, acting=visit.user, now=visit.house.clock.now()),
        zone=zone_of(visit.store.company.zone),
        problems=problems,
        done=done,
    )
    return show(visit, "account/account.html", page, title="My account", place="account", status=status)
