"""The end points programs call: token, revoke, introspect, keys, discovery, logout (reference §3.1).

Introspection is named there without a shape: RFC 7662's is assumed. There is no userinfo end point: none is documented (reference
§3.5), the id token tells what there is. Refuses to know how tokens are made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPMethod

from aiohttp import web

from netsuite_simulator import granting
from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.authorizing import OIDC_SCOPES
from netsuite_simulator.bearers import ISSUER
from netsuite_simulator.faces.admission import Door, admit
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.oauth import asking, pages
from netsuite_simulator.faces.oauth.places import FormError, account_at, basic_of, form_of, origin_of
from netsuite_simulator.faces.refusing import RefusedError
from netsuite_simulator.faces.rest.problems import answer_of
from netsuite_simulator.faults import Fault, ForeignKeys, ForgedIdentity
from netsuite_simulator.forgeries import foreign_set, forged
from netsuite_simulator.granting import GrantError
from netsuite_simulator.hosts import origins_of
from netsuite_simulator.integrations import SCOPES
from netsuite_simulator.signingkeys import ALGORITHM

ROOT = "/services/rest/auth/oauth2/v1"
DISCOVERY = "/.well-known/openid-configuration"

Work = Callable[[Account, web.Request, Mapping[str, str], Fault | None], web.Response]

_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def _client_of(request: web.Request, form: Mapping[str, str]) -> str | None:
    basic = basic_of(request)
    return basic[0] if basic is not None else form.get("client_id")


async def _asked(accounts: Accounts, request: web.Request, operation: str) -> web.StreamResponse:
    """Answer a form of a client: its token request, or a question about a token."""
    try:
        form = await form_of(request)
    except FormError:
        return _refused(accounts.only, "invalid_request")
    account = account_at(accounts, request, _client_of(request, form))
    try:
        async with admit(account, door=Door.OAUTH, operation=operation, counts=False) as ticket:
            work = _WORK[operation]
            return await ticket.answer(
                request, await ticket.run(lambda: _worked(work, account, request, form, ticket.fault))
            )
    except RefusedError as refused:
        raise answer_of(refused) from refused


def _worked(
    work: Work, account: Account, request: web.Request, form: Mapping[str, str], fault: Fault | None
) -> web.Response:
    try:
        return work(account, request, form, fault)
    except GrantError as refused:
        return _refused(account, refused.error)


def _refused(account: Account, error: str) -> web.Response:
    response = json_response({"error": error}, status=401 if error == "invalid_client" else 400)
    response.headers.update(_NOT_KEPT)
    if error == "invalid_client":
        response.headers["WWW-Authenticate"] = f'Basic realm="{account.id}"'
    return response


def _token(account: Account, request: web.Request, form: Mapping[str, str], fault: Fault | None) -> web.Response:
    document = granting.answer(account, form, basic_of(request), origin=origin_of(request))
    if isinstance(fault, ForgedIdentity) and "id_token" in document:
        _forge(account, document, fault, _client_of(request, form) or "")
    response = json_response(document)
    response.headers.update(_NOT_KEPT)
    return response


def _forge(account: Account, document: dict[str, object], fault: ForgedIdentity, client_id: str) -> None:
    client = account.integrations.by_key(client_id)
    forgery = forged(
        str(document.pop("id_token")),
        fault.how,
        account.keys,
        client_secret="" if client is None else client.consumer_secret,
        access_token=str(document["access_token"]),
    )
    if forgery is not None:
        document["id_token"] = forgery


def _revoke(account: Account, request: web.Request, form: Mapping[str, str], _: Fault | None) -> web.Response:
    granting.revoke(account, form, basic_of(request))
    return web.Response(headers=_NOT_KEPT)


def _introspect(account: Account, request: web.Request, form: Mapping[str, str], _: Fault | None) -> web.Response:
    integration = granting.authenticated(account, form, basic_of(request))
    claims = account.bearers.claims(form.get("token", ""))
    audience = None if claims is None else claims["aud"]
    if claims is None or not isinstance(audience, list) or audience[-1] != integration.client_id:
        return json_response({"active": False})
    scopes = claims["scope"]
    return json_response(
        {
            "active": True,
            "client_id": integration.client_id,
            "scope": " ".join(map(str, scopes)) if isinstance(scopes, list) else "",
            **{name: claims[name] for name in ("sub", "aud", "iss", "iat", "exp", "jti")},
        }
    )


_WORK: Mapping[str, Work] = {"token": _token, "revoke": _revoke, "introspect": _introspect}


async def token(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Answer a token request."""
    return await _asked(accounts, request, "token")


async def revoke(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """End a refresh token."""
    return await _asked(accounts, request, "revoke")


async def introspect(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Tell a client about one of its tokens."""
    return await _asked(accounts, request, "introspect")


async def _published(
    accounts: Accounts, request: web.Request, operation: str, work: Callable[[Account, Fault | None], object]
) -> web.StreamResponse:
    """Answer with a document that anybody may read."""
    account = account_at(accounts, request, None)
    try:
        async with admit(account, door=Door.OAUTH, operation=operation, counts=False) as ticket:
            return await ticket.answer(request, await ticket.run(lambda: json_response(work(account, ticket.fault))))
    except RefusedError as refused:
        raise answer_of(refused) from refused


async def keys(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Publish the account's keys."""

    def key_set(account: Account, fault: Fault | None) -> object:
        published = account.keys.published()
        return {"keys": foreign_set(published) if isinstance(fault, ForeignKeys) else published}

    return await _published(accounts, request, "keys", key_set)


async def discovery(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Describe the OpenID Connect provider."""
    origin = origin_of(request)

    def description(account: Account, _: Fault | None) -> object:
        app = origins_of(account.id, origin)["systemDomain"]
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{app}{asking.PATH}",
            "token_endpoint": f"{origin}{ROOT}/token",
            "revocation_endpoint": f"{origin}{ROOT}/revoke",
            "end_session_endpoint": f"{origin}{ROOT}/logout",
            "jwks_uri": f"{origin}{ROOT}/keys",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "scopes_supported": [*OIDC_SCOPES, *SCOPES],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": ["sub", "aud", "email", "email_verified", "iss", "exp", "iat", "nonce", "jti"],
        }

    return await _published(accounts, request, "discovery", description)


async def logout(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """End the sessions of whom an id token names, and the tokens that were made with it."""
    account = account_at(accounts, request, None)
    try:
        given = request.query if request.method == HTTPMethod.GET else await form_of(request)
    except FormError as error:
        return pages.sorry(str(error))
    try:
        async with admit(account, door=Door.OAUTH, operation="logout", counts=False) as ticket:
            return await ticket.answer(request, await ticket.run(lambda: _signed_out(account, given)))
    except RefusedError as refused:
        raise answer_of(refused) from refused


def _signed_out(account: Account, given: Mapping[str, str]) -> web.Response:
    found = account.bearers.identity(given.get("id_token_hint", ""))
    if found is None:
        return pages.sorry("The id token is missing, or is none of this account.")
    user, grant = found
    if grant is not None:
        account.authorizations.end(grant)
    account.sessions.close_of(user.email)
    response = pages.page("Signed out", f"<p>You are signed out of account {account.id}.</p>")
    response.del_cookie(asking.SESSION_COOKIE, path="/")
    return response
