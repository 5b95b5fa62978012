"""The authorize page: who is it, and may the application? (reference §3.2)

Every form carries a token that only this browser was given, so that no other site can post it. Refuses to know what an
application may ask for; `authorizing` does.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping

from aiohttp import web

from netsuite_simulator import authorizing
from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.authorizing import AuthorizationRequest, RefusedAuthorizationError, UnknownApplicationError
from netsuite_simulator.faces.admission import Door, admit
from netsuite_simulator.faces.oauth import pages
from netsuite_simulator.faces.oauth.places import FormError, account_at, form_of
from netsuite_simulator.faces.refusing import RefusedError
from netsuite_simulator.logins import Attempt, Detail
from netsuite_simulator.roles import Role
from netsuite_simulator.sessions import Session
from netsuite_simulator.users import User

PATH = "/app/login/oauth2/authorize.nl"
SESSION_COOKIE = "simulator_session"
FORM_COOKIE = "simulator_form"  # for forms that come before a session
NOT_NOW = "The account cannot be reached at the moment. Try again later."
STALE = "The page was open for too long, or came from elsewhere. Go back to the application and start again."
NOT_ADMITTED = "You have entered an invalid email address or password. Please try again."


async def asked(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Answer the browser that an application sent here."""
    account = account_at(accounts, request, request.query.get("client_id"))
    return await _admitted(account, request, lambda: _shown(account, request))


async def _admitted(account: Account, request: web.Request, work: Callable[[], web.Response]) -> web.StreamResponse:
    """Answer a browser, with the faults that it may meet."""
    try:
        async with admit(account, door=Door.OAUTH, operation="authorize", counts=False) as ticket:
            return await ticket.answer(request, await ticket.run(work))
    except RefusedError as refused:
        return refused.page() or pages.sorry(NOT_NOW, status=refused.status)


def _shown(account: Account, request: web.Request) -> web.Response:
    try:
        wanted = authorizing.read_request(account, list(request.query.items()))
    except UnknownApplicationError as error:
        return pages.sorry(str(error))
    except RefusedAuthorizationError as refused:
        return redirect(refused.location)
    session = account.sessions.find(request.cookies.get(SESSION_COOKIE))
    user = user_of(account, session)
    if session is not None and user is not None and "login" not in wanted.prompt:
        return _ask(account, wanted, session, user)
    if "none" in wanted.prompt:
        return redirect(authorizing.decline(wanted))
    return sign_in_page(account, request, wanted.integration.name)


async def answered(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Take the form of either page."""
    account = account_at(accounts, request, request.query.get("client_id"))
    try:
        form = await form_of(request)
    except FormError as error:
        return pages.sorry(str(error))
    return await _admitted(account, request, lambda: _taken(account, request, form))


def _taken(account: Account, request: web.Request, form: Mapping[str, str]) -> web.Response:
    try:
        wanted = authorizing.read_request(account, list(request.query.items()))
    except UnknownApplicationError as error:
        return pages.sorry(str(error))
    except RefusedAuthorizationError as refused:
        return redirect(refused.location)
    if form.get("act") == "sign-in":
        found = signed_in(account, request, wanted.integration.name, form)
        if isinstance(found, web.Response):
            return found
        response = _ask(account, wanted, *found)
        set_cookie(request, response, SESSION_COOKIE, found[0].id)
        return response
    session = account.sessions.find(request.cookies.get(SESSION_COOKIE))
    user = user_of(account, session)
    if (
        session is None
        or user is None
        or not hmac.compare_digest(form.get("token", "").encode(), session.token.encode())
    ):
        return pages.sorry(STALE, status=403)
    if form.get("act") != "allow":
        return redirect(authorizing.decline(wanted))
    role = next((one for one in authorizing.roles_for(account, user) if one.id == form.get("role")), None)
    if role is None:
        return pages.sorry("You do not have that role. Go back and choose another one.", status=403)
    return redirect(authorizing.approve(account, wanted, user, role))


def user_of(account: Account, session: Session | None) -> User | None:
    """Return who is signed in, and still has access."""
    user = None if session is None else account.users.find(session.user)
    return user if user is not None and user.has_access else None


def sign_in_page(
    account: Account, request: web.Request, application: str, *, email: str = "", refusal: str | None = None
) -> web.Response:
    """Ask who it is."""
    token = secrets.token_urlsafe(32)
    response = pages.sign_in(account_id=account.id, application=application, token=token, email=email, refusal=refusal)
    set_cookie(request, response, FORM_COOKIE, token)
    return response


def signed_in(
    account: Account, request: web.Request, application: str, form: Mapping[str, str]
) -> tuple[Session, User] | web.Response:
    """Open a session for whoever filled in the sign-in form rightly; otherwise return the page that says no."""
    if not is_of_this_browser(request, form.get("token", "")):
        return pages.sorry(STALE, status=403)
    email = form.get("email", "")
    session = admitted(account, email, form.get("password", ""), application=application)
    if session is None:
        return sign_in_page(account, request, application, email=email, refusal=NOT_ADMITTED)
    return session, account.users.one(session.user)


def is_of_this_browser(request: web.Request, token: str) -> bool:
    """Whether a form that came before a session was shown to the browser that sends it."""
    given = request.cookies.get(FORM_COOKIE, "")
    return bool(given) and hmac.compare_digest(token.encode(), given.encode())


def admitted(account: Account, email: str, password: str, *, application: str | None) -> Session | None:
    """Open a session for whoever knows the password; the attempt goes to the login audit trail."""
    user = account.users.sign_in(email, password)
    attempt = Attempt(door="page", user=email, application=application)
    if user is None:
        is_locked = account.users.is_locked(email)
        account.logins.note(attempt, Detail.TEMPORARY_LOCKED if is_locked else Detail.INVALID_CREDENTIALS)
        return None
    account.logins.note(attempt)
    return account.sessions.open(user.email)


def _ask(account: Account, wanted: AuthorizationRequest, session: Session, user: User) -> web.Response:
    """Ask for consent where it is needed, or go back to the application at once."""
    roles = authorizing.roles_for(account, user)
    chosen = next((one for one in roles if one.id == session.role_id), roles[0] if len(roles) == 1 else None)
    if not roles:
        if "none" in wanted.prompt:
            return redirect(authorizing.decline(wanted))
        missing = "None of your roles has the permission Log in using OAuth 2.0 Access Tokens."
        return pages.sorry(f"{missing} Ask an administrator for such a role.", status=403)
    if chosen is not None and not authorizing.asks_consent(account, wanted, user, chosen):
        return redirect(authorizing.approve(account, wanted, user, chosen))
    if "none" in wanted.prompt:
        return redirect(authorizing.decline(wanted))
    return _consent_page(wanted, session, user, roles, chosen or roles[0])


def _consent_page(
    wanted: AuthorizationRequest, session: Session, user: User, roles: list[Role], chosen: Role
) -> web.Response:
    return pages.consent(
        application=wanted.integration.name,
        user=user.name,
        token=session.token,
        roles=[(one.id, one.name) for one in roles],
        chosen=chosen.id,
        scopes=[authorizing.LABELS[scope] for scope in wanted.scopes],
    )


def set_cookie(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    """Set a cookie that scripts and other sites' forms cannot use."""
    response.set_cookie(name, value, httponly=True, samesite="Lax", secure=request.scheme == "https", path="/")


def redirect(location: str) -> web.Response:
    """Send the browser on, by GET."""
    headers = {**pages.SECURITY_HEADERS, "Location": location}
    return web.Response(status=303, headers=headers)
