"""The way into every REST door: account found by realm, request counted in, signature checked, role asked.

Refuses to know what the request is about.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.bearers import company_of
from netsuite_simulator.faces.admission import Door, Ticket, admit
from netsuite_simulator.faces.answers import AnswerError
from netsuite_simulator.faces.refusing import RefusedError
from netsuite_simulator.faces.rest.problems import (
    NO_PERMISSION,
    ProblemError,
    answer_of,
    invalid_bearer,
    invalid_login,
    problem_of,
)
from netsuite_simulator.features import Feature
from netsuite_simulator.logins import Attempt, Denied, Detail, Login
from netsuite_simulator.results import VIEW, feature_disabled
from netsuite_simulator.signatures import authenticate_rest, header_parameters

DOOR_PERMISSIONS = {
    Door.REST: ("ADMI_RESTWEBSERVICES",),
    Door.SYSTEM: ("ADMI_RESTWEBSERVICES",),
    Door.SUITEQL: ("ADMI_RESTWEBSERVICES", "REPO_ANALYTICS"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that came in: whose account, who sent it, and its ticket."""

    account: Account
    login: Login
    ticket: Ticket


def url_of(request: web.Request) -> str:
    """Return the URL as the client signed it: its own Host header and the path as it came, unread."""
    if request.raw_path.startswith("http"):  # a client that takes the account for a proxy names the whole URL
        return request.raw_path
    return f"{request.scheme}://{request.host}{request.raw_path}"


def origin_of_request(request: web.Request) -> str:
    """Return scheme and host as the client used them."""
    return f"{request.scheme}://{request.host}"


def account_of(accounts: Accounts, request: web.Request) -> Account:
    """Find the account a request's realm names; an unknown one is an invalid login like any other."""
    bearer = _bearer_in(request)
    if bearer is not None:
        return _account_of_bearer(accounts, request, bearer)
    parameters = header_parameters(request.headers.get("Authorization")) or {}
    realm = parameters.get("realm")
    account = accounts.by_id(realm) if realm is not None else None
    if account is None:
        note = "no realm" if realm is None else f"realm {realm[:40]!r} is no account here"
        accounts.only.tokens.denied(
            "rest",
            Detail.PARAMETER_REJECTED,
            consumer_key=parameters.get("oauth_consumer_key"),
            token_id=None,
            note=note,
        )
        raise invalid_login()
    return account


def _account_of_bearer(accounts: Accounts, request: web.Request, bearer: str) -> Account:
    """Find the account a token says it is for; one that says none is refused by the account it was sent to."""
    company = company_of(bearer)
    here = accounts.by_host(request.host) or accounts.only
    account = here if company is None else accounts.by_id(company)
    if account is None:
        note = f"company {str(company)[:40]!r} is no account here"
        here.logins.note(Attempt(door="rest", note=note), Detail.TOKEN_NOT_ACCEPTABLE)
        raise invalid_bearer(here.id)
    return account


def _bearer_in(request: web.Request) -> str | None:
    """Return the access token of OAuth 2.0 that a request carries."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def login_of(account: Account, request: web.Request, *, door: Door, scope: str = "rest_webservices") -> Login:
    """Sign a request's sender in by either kind of token, or raise that it is refused."""
    bearer = _bearer_in(request)
    if bearer is not None:
        login = account.bearers.login(bearer, door=door.value, scope=scope)
        if isinstance(login, Denied):
            raise invalid_bearer(account.id)
        return login
    authorization = request.headers.get("Authorization")
    signed = authenticate_rest(
        account, method=request.method, url=url_of(request), authorization=authorization, door=door.value
    )
    if isinstance(signed, Denied):
        raise invalid_login()
    return signed


def _types_of(request: web.Request) -> tuple[str, ...]:
    return tuple(filter(None, (request.match_info.get("type"),)))


@asynccontextmanager
async def entered(
    accounts: Accounts, request: web.Request, *, door: Door, operation: str, records: int = 1
) -> AsyncIterator[Visit]:
    """Let a REST request in, or raise the answer that turns it away."""
    account = account_of(accounts, request)
    try:
        async with admit(
            account, door=door, operation=operation, records=records, types=lambda: _types_of(request)
        ) as ticket:
            try:
                login = login_of(account, request, door=door)
                ticket.signed_in(login)
                if Feature.REST_WEB_SERVICES not in account.features:  # in which form REST says this is assumed
                    raise problem_of(feature_disabled(Feature.REST_WEB_SERVICES))
                if not all(login.may(permission, VIEW) for permission in DOOR_PERMISSIONS[door]):
                    raise ProblemError(400, "USER_ERROR", NO_PERMISSION)
                yield Visit(account, login, ticket)
            except AnswerError as answer:
                ticket.request.outcome = str(answer.response.status)
                raise
    except RefusedError as refused:
        raise answer_of(refused) from refused
