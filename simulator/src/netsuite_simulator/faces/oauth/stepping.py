"""The addresses of the three-step authorization of token-based authentication, and of issuetoken (reference §2.7).

The authorize page's address, what Cancel tells, and issuetoken's shape are assumed: the reference only names them.
Refuses to know what a step asks for; `requesttokens` does.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlencode

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.authorizing import redirect_to
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.oauth import asking, pages
from netsuite_simulator.faces.oauth.places import FormError, account_at, form_of
from netsuite_simulator.faces.rest.entrance import url_of
from netsuite_simulator.requesttokens import RefusedStepError, RequestToken, RequestTokens
from netsuite_simulator.signatures import header_parameters, rest_message
from netsuite_simulator.users import User

AUTHORIZE = "/app/login/secure/authorizetoken.nl"
_INVALID = {"error": {"code": "INVALID_LOGIN_ATTEMPT", "message": "Invalid login attempt."}}  # reference §2.6
_ENDED = (
    "The application's request is unknown, was answered, or is too old. Go back to the application and start again."
)
_NO_ROLE = "None of your roles has the permission Log in using Access Tokens. Ask an administrator for such a role."
_NLAUTH = re.compile(r"\s*(nlauth_\w+)=([^,]*)")


class Steps:
    """The steps for every account behind one address."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._tokens = {account.id: RequestTokens(account) for account in accounts}

    # --- the application's steps ---

    async def request_token(self, request: web.Request) -> web.StreamResponse:
        """Give an application a request token."""
        try:
            tokens, parameters, message = self._signed(request)
            made = tokens.request(parameters, message)
        except RefusedStepError:
            return json_response(_INVALID, status=401)
        return _told({"oauth_token": made.id, "oauth_token_secret": made.secret, "oauth_callback_confirmed": "true"})

    async def access_token(self, request: web.Request) -> web.StreamResponse:
        """Give an application the access token that a user approved."""
        try:
            tokens, parameters, message = self._signed(request)
            made = tokens.redeem(parameters, message)
        except RefusedStepError:
            return json_response(_INVALID, status=401)
        return _told({"oauth_token": made.id, "oauth_token_secret": made.secret})

    async def issue_token(self, request: web.Request) -> web.StreamResponse:
        """Give an access token for a password in an NLAuth header."""
        scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
        given = {name: unquote(value.strip()) for name, value in _NLAUTH.findall(rest)}
        account = self._accounts.by_id(given.get("nlauth_account", ""))
        if scheme.lower() != "nlauth" or account is None:
            return json_response(_INVALID, status=401)
        try:
            made = self._tokens[account.id].issue(
                request.query.get("consumerKey", ""),
                given.get("nlauth_email", ""),
                given.get("nlauth_signature", ""),
                given.get("nlauth_role", ""),
            )
        except RefusedStepError:
            return json_response(_INVALID, status=401)
        return json_response({"tokenId": made.id, "tokenSecret": made.secret})

    def _signed(self, request: web.Request) -> tuple[RequestTokens, Mapping[str, str], str]:
        parameters = header_parameters(request.headers.get("Authorization"))
        realm = (parameters or {}).get("realm")  # optional since 2020.1
        account = account_at(self._accounts, request, None) if realm is None else self._accounts.by_id(realm)
        if parameters is None or account is None:
            raise RefusedStepError("no account")
        return self._tokens[account.id], parameters, rest_message(request.method, url_of(request), parameters.items())

    # --- the user's step ---

    async def asked(self, request: web.Request) -> web.StreamResponse:
        """Show the page an application sent the user to."""
        tokens, token = self._open(request)
        if token is None:
            return pages.sorry(_ENDED)
        session = tokens.account.sessions.find(request.cookies.get(asking.SESSION_COOKIE))
        user = asking.user_of(tokens.account, session)
        if session is None or user is None:
            return asking.sign_in_page(tokens.account, request, token.integration.name)
        return _consent(tokens, token, user, session.token)

    async def answered(self, request: web.Request) -> web.StreamResponse:
        """Take the form of either page."""
        tokens, token = self._open(request)
        try:
            form = await form_of(request)
        except FormError as error:
            return pages.sorry(str(error))
        if token is None:
            return pages.sorry(_ENDED)
        account = tokens.account
        if form.get("act") == "sign-in":
            signed_in = asking.signed_in(account, request, token.integration.name, form)
            if isinstance(signed_in, web.Response):
                return signed_in
            session, user = signed_in
            response = _consent(tokens, token, user, session.token)
            asking.set_cookie(request, response, asking.SESSION_COOKIE, session.id)
            return response
        found = account.sessions.find(request.cookies.get(asking.SESSION_COOKIE))
        known = asking.user_of(account, found)
        given = form.get("token", "").encode()
        if found is None or known is None or not hmac.compare_digest(given, found.token.encode()):
            return pages.sorry(asking.STALE, status=403)
        if form.get("act") != "allow":
            return asking.redirect(redirect_to(token.callback, tokens.decline(token)))
        role = next((one for one in tokens.roles_for(known) if one.id == form.get("role")), None)
        if role is None:
            return pages.sorry(_NO_ROLE, status=403)
        return asking.redirect(redirect_to(token.callback, tokens.approve(token, known, role)))

    def _open(self, request: web.Request) -> tuple[RequestTokens, RequestToken | None]:
        """Find the request token an address names, and the account that gave it."""
        wanted = request.query.get("oauth_token", "")
        for tokens in self._tokens.values():
            found = tokens.open(wanted)
            if found is not None:
                return tokens, found
        return self._tokens[self._accounts.only.id], None


def _consent(tokens: RequestTokens, token: RequestToken, user: User, form_token: str) -> web.Response:
    roles = tokens.roles_for(user)
    if not roles:
        return pages.sorry(_NO_ROLE, status=403)
    return pages.consent(
        application=token.integration.name,
        user=user.name,
        token=form_token,
        roles=[(one.id, one.name) for one in roles],
        chosen=roles[0].id,
        scopes=["everything the role permits, until the token is revoked"],
    )


def _told(values: Mapping[str, str]) -> web.Response:
    return web.Response(text=urlencode(values), content_type="application/x-www-form-urlencoded")


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the steps' routes."""
    steps = Steps(accounts)
    return [
        web.post("/rest/requesttoken", steps.request_token),
        web.post("/rest/accesstoken", steps.access_token),
        web.get("/rest/issuetoken", steps.issue_token),
        web.get(AUTHORIZE, steps.asked),
        web.post(AUTHORIZE, steps.answered),
    ]
