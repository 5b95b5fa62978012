"""Signing in to an account's pages, and out; taking another role (reference §2.8; the words are assumed).

The session is the one of the consent pages. Refuses to know what the pages show.
"""

from __future__ import annotations

import hmac
import secrets
from functools import partial

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.oauth import asking
from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import Button, Form, Input, Look, Page, Section, text
from netsuite_simulator.faces.setup.rendering import html
from netsuite_simulator.faces.setup.visits import Entries, entries_of, redirect

STALE = "The page was open for too long. Please enter your email address and password again."


def account_at(accounts: Accounts, request: web.Request) -> Account:
    """Find the account by host name, by session, or by the parameter `c`; the first one where none tells."""
    known = accounts.by_host(request.host)
    cookie = request.cookies.get(asking.SESSION_COOKIE)
    by_session = (one for one in accounts if one.sessions.find(cookie) is not None)
    return known or next(by_session, None) or accounts.by_id(request.query.get("c", "")) or accounts.only


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the routes of whoever has no session yet, or wants none any longer."""
    return [
        web.get(paths.SIGN_IN, partial(_asked, accounts)),
        web.get(paths.OTHER_SIGN_IN, partial(_asked, accounts)),
        web.post(paths.SIGN_IN, partial(_answered, accounts)),
        web.post(paths.OTHER_SIGN_IN, partial(_answered, accounts)),
        web.post(paths.SIGN_OUT, partial(_left, accounts)),
    ]


async def _asked(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    return _page(account_at(accounts, request), request)


async def _answered(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    account = account_at(accounts, request)
    entries = entries_of(await request.post())
    if not asking.is_of_this_browser(request, entries.text("token")):
        return _page(account, request, entries, problem=STALE, status=403)
    session = asking.admitted(account, entries.text("email"), entries.text("password"), application=None)
    if session is None:
        return _page(account, request, entries, problem=asking.NOT_ADMITTED, status=403)
    response = redirect(_next(request))
    asking.set_cookie(request, response, asking.SESSION_COOKIE, session.id)
    return response


async def _left(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    account = account_at(accounts, request)
    session = account.sessions.find(request.cookies.get(asking.SESSION_COOKIE))
    given = entries_of(await request.post()).text("token")
    if session is not None and hmac.compare_digest(given.encode(), session.token.encode()):
        account.sessions.close(session)
    return redirect(paths.to(paths.SIGN_IN, c=account.id))


def _next(request: web.Request) -> str:
    """Return where to go after signing in: a page of this account, whatever the address says."""
    wanted = request.query.get("next", "")
    is_own = wanted.startswith("/app/") and not any(sign in wanted for sign in "\\\r\n\t")
    return wanted if is_own else paths.HOME


def _page(
    account: Account,
    request: web.Request,
    entries: Entries | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> web.Response:
    """Ask for email address and password."""
    token = secrets.token_urlsafe(32)
    email = "" if entries is None else entries.text("email")
    password = Input(name="password", label="Password", look=Look.PASSWORD, is_required=True)
    form = Form(
        sections=(Section(title="", inputs=(text("email", "Email address", email, is_required=True), password)),),
        buttons=(Button(act="sign-in", label="Log in"),),
    )
    page = Page(title="Log in", form=form, problems=(problem,) if problem else (), status=status)
    response = html(page, account_id=account.id, here="", seat=None, token=token)
    asking.set_cookie(request, response, asking.FORM_COOKIE, token)
    return response
