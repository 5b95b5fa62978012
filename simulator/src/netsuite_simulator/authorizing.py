"""The authorization request of OAuth 2.0: what an application may ask for, and what it is told (reference §3.2).

Refuses to know pages and sessions: it reads parameters and writes redirect addresses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from netsuite_simulator.account import Account
from netsuite_simulator.authorizations import Consented
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import SCOPE_LABELS, Consent, Integration
from netsuite_simulator.permissions import LOGIN_BY_OAUTH2, VIEW
from netsuite_simulator.roles import Role
from netsuite_simulator.users import User

OIDC_SCOPES = ("openid", "email")
LABELS = {**SCOPE_LABELS, "openid": "Know who you are", "email": "Know your email address"}
PROMPTS = frozenset({"none", "login", "consent"})
LONGEST_NONCE = 256
_STATE = re.compile(r"[\x20-\x7e]{22,1024}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class UnknownApplicationError(ValueError):
    """Nobody knows where to redirect: the user reads why, and the browser stays."""


class RefusedAuthorizationError(Exception):
    """The application is told by a redirect that its request is refused."""

    def __init__(self, redirect_uri: str, error: str, state: str | None) -> None:
        super().__init__(error)
        told = {"error": error} if state is None else {"error": error, "state": state}
        self.location = redirect_to(redirect_uri, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRequest:
    """A request that may be shown to a user."""

    integration: Integration
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str | None
    prompt: frozenset[str]
    nonce: str | None


def redirect_to(uri: str, parameters: dict[str, str]) -> str:
    """Add parameters to a redirect URI, which may have some of its own."""
    parts = urlsplit(uri)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query))


def read_request(account: Account, given: Sequence[tuple[str, str]]) -> AuthorizationRequest:
    """Read an authorization request, or raise how it is refused."""
    parameters = dict(given)
    integration = account.integrations.by_key(parameters.get("client_id", ""))
    if integration is None:
        raise UnknownApplicationError("The application that sent you here is not known to this account.")
    redirect_uri = parameters.get("redirect_uri", "")
    if redirect_uri not in integration.redirect_uris:
        raise UnknownApplicationError(
            f"The application {integration.name} sent an address to return to that is not one of its redirect URIs."
        )
    state = parameters.get("state")
    if state is not None and _STATE.fullmatch(state) is None:
        raise RefusedAuthorizationError(redirect_uri, "invalid_request", None)
    error = _error_in(account, integration, parameters, is_doubled=len(parameters) != len(given))
    if error is not None or state is None:
        raise RefusedAuthorizationError(redirect_uri, error or "invalid_request", state)
    return AuthorizationRequest(
        integration=integration,
        redirect_uri=redirect_uri,
        scopes=tuple(dict.fromkeys(parameters["scope"].split())),
        state=state,
        challenge=parameters.get("code_challenge"),
        prompt=frozenset(parameters.get("prompt", "").split()),
        nonce=parameters.get("nonce"),
    )


def _error_in(
    account: Account, integration: Integration, parameters: dict[str, str], *, is_doubled: bool
) -> str | None:
    prompt = set(parameters.get("prompt", "").split())
    malformed = (
        is_doubled
        or not prompt <= PROMPTS
        or ("none" in prompt and len(prompt) > 1)
        or len(parameters.get("nonce", "")) > LONGEST_NONCE
        or "response_type" not in parameters
    )
    if malformed:
        return "invalid_request"
    if parameters["response_type"] != "code":
        return "unsupported_response_type"
    if Feature.OAUTH2 not in account.features or not integration.is_enabled or not integration.has_code_grant:
        return "unauthorized_client"
    if not _may_ask_for(account, integration, parameters.get("scope", "").split()):
        return "invalid_scope"
    return None if _is_proof_in_order(integration, parameters) else "invalid_request"


def _may_ask_for(account: Account, integration: Integration, scopes: list[str]) -> bool:
    has_oidc = Feature.OIDC_PROVIDER in account.features
    allowed = {*integration.scopes, *(OIDC_SCOPES if has_oidc else ())}
    return bool(scopes) and set(scopes) <= allowed and ("email" not in scopes or "openid" in scopes)


def _is_proof_in_order(integration: Integration, parameters: dict[str, str]) -> bool:
    """Whether PKCE is as it has to be: S256 only, and never missing for a public client."""
    challenge, method = parameters.get("code_challenge"), parameters.get("code_challenge_method")
    if challenge is None:
        return method is None and not integration.is_public
    return method == "S256" and _CHALLENGE.fullmatch(challenge) is not None


def roles_for(account: Account, user: User) -> list[Role]:
    """Return the roles in which a user may come in by OAuth 2.0."""
    held = [account.roles.get(role_id) for role_id in user.role_ids]
    return [one for one in held if one is not None and not one.is_inactive and one.may(LOGIN_BY_OAUTH2, VIEW)]


def asks_consent(account: Account, request: AuthorizationRequest, user: User, role: Role) -> bool:
    """Whether the user has to be asked."""
    if "consent" in request.prompt:
        return True
    match request.integration.consent:
        case Consent.NEVER:
            return False
        case Consent.ALWAYS:
            return True
        case Consent.FIRST_TIME:
            return not account.authorizations.has_consented(_consented(request, user, role))


def approve(account: Account, request: AuthorizationRequest, user: User, role: Role) -> str:
    """Grant what was asked for, and return the address that takes the code to the application."""
    account.authorizations.consent(_consented(request, user, role))
    code = account.authorizations.issue_code(
        request.integration,
        user=user.email,
        role_id=role.id,
        scopes=request.scopes,
        redirect_uri=request.redirect_uri,
        challenge=request.challenge,
        nonce=request.nonce,
    )
    told = {"state": request.state, "code": code.value, "role": role.id, "entity": user.entity, "company": account.id}
    return redirect_to(request.redirect_uri, told)


def decline(request: AuthorizationRequest) -> str:
    """Return the address that tells the application that the user said no, or could not be asked."""
    return RefusedAuthorizationError(request.redirect_uri, "access_denied", request.state).location


def _consented(request: AuthorizationRequest, user: User, role: Role) -> Consented:
    return Consented(
        user=user.email, role_id=role.id, client_id=request.integration.client_id, scopes=frozenset(request.scopes)
    )
