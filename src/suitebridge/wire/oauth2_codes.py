"""OAuth 2.0 authorization code with PKCE: the address a person's browser goes to, what it comes back with, and the requests for tokens.

netsuite-api.md §3.2. Only S256, only with a state. Codes, states and verifiers are arguments; it knows no browser, cache or clock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from suitebridge.wire.http import Request
from suitebridge.wire.oauth2 import SCOPES, AccessToken, read_token
from suitebridge.wire.rest.json import UnreadableJsonError, decode

AUTHORIZE_PATH = "/app/login/oauth2/authorize.nl"
REVOKE_PATH = "/services/rest/auth/oauth2/v1/revoke"
STATE_LENGTH = 40  # NetSuite takes 22 to 1024 characters
VERIFIER_LENGTH = 64  # RFC 7636 takes 43 to 128

_REFUSALS: Mapping[str, str] = {
    "access_denied": "the access was not allowed on NetSuite's page",
    "invalid_request": "NetSuite calls the request incomplete",
    "unauthorized_client": "the integration record is blocked, or its Authorization Code Grant is not checked",
    "unsupported_response_type": "NetSuite does not know this way to sign in",
    "invalid_scope": "the integration record lacks the scope REST Web Services",
}
_LONGEST = 100


class ReturnError(ValueError):
    """The browser came back without a code that may be used; the message says why."""


class RefusedReturnError(ReturnError):
    """NetSuite sent the browser back with a refusal."""


class ForeignAccountError(ReturnError):
    """The browser comes from another account than the one that was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The integration record that asks. Without a secret it is a public client, whose refresh tokens are good once."""

    client_id: str
    redirect_uri: str
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for; a `nonce` comes back in an id token, and `is_quiet` shows no page of NetSuite's."""

    scopes: tuple[str, ...] = SCOPES
    nonce: str = ""
    is_quiet: bool = False


_ACCESS = Wish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a token request brought. `refresh_token` is "" where the one that was sent stays good."""

    access: AccessToken
    refresh_token: str = field(repr=False)


class _Answer(msgspec.Struct):
    refresh_token: str = ""


_ANSWERS = msgspec.json.Decoder(_Answer)


def challenge_of(verifier: str) -> str:
    """Give the S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorize_address(page: str, application: Application, *, state: str, verifier: str, wish: Wish = _ACCESS) -> str:
    """Give the address of NetSuite's page, which is given, with what is asked of a person there."""
    asked = {
        "response_type": "code",
        "client_id": application.client_id,
        "redirect_uri": application.redirect_uri,
        "scope": " ".join(wish.scopes),
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "nonce": wish.nonce,
        "prompt": "none" if wish.is_quiet else "",
    }
    return f"{page}?{urlencode({name: text for name, text in asked.items() if text})}"


def read_return(address: str, *, state: str, account: str) -> str:
    """Give the code that a browser came back with. Raise `ReturnError` for an answer to another request, from another account, or a refusal."""
    pairs = parse_qsl(urlsplit(address.strip()).query)
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ReturnError("a parameter of the address comes twice")
    if not hmac.compare_digest(told.get("state", "").encode(), state.encode()):
        raise ReturnError("it is not the answer to this sign-in: its state is another one")
    if "error" in told:
        raise RefusedReturnError(_REFUSALS.get(told["error"], f"NetSuite said {told['error'][:_LONGEST]}"))
    if told.get("company", account).upper() != account.upper():
        raise ForeignAccountError(f"it was given in account {told['company'][:_LONGEST]}, not in {account}")
    if not told.get("code"):
        raise ReturnError("the address holds no code; copy it whole, from https:// to its end")
    return told["code"]


def code_request(application: Application, *, url: str, code: str, verifier: str) -> Request:
    """Write the request that takes a code for tokens."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": application.redirect_uri,
        "code_verifier": verifier,
    }
    return _request(url, form, application.client_id, application.client_secret)


def refresh_request(*, url: str, client_id: str, client_secret: str, refresh_token: str) -> Request:
    """Write the request for the next access token."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return _request(url, form, client_id, client_secret)


def revoke_request(*, url: str, client_id: str, client_secret: str, refresh_token: str) -> Request:
    """Write the request that ends a refresh token."""
    return _request(url, {"token": refresh_token}, client_id, client_secret)


def read_tokens(body: bytes) -> Tokens:
    """Read the answer to a token request. Raise `UnreadableJsonError`."""
    return Tokens(access=read_token(body), refresh_token=decode(_ANSWERS, body).refresh_token)


def read_first_tokens(body: bytes) -> Tokens:
    """Read the answer to a code, which has to bring a refresh token. Raise `UnreadableJsonError`."""
    tokens = read_tokens(body)
    if not tokens.refresh_token:
        raise UnreadableJsonError("the answer holds no refresh token")
    return tokens


def _request(url: str, form: Mapping[str, str], client_id: str, client_secret: str) -> Request:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if client_secret:
        pair = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    else:
        form = {**form, "client_id": client_id}
    return Request(method="POST", url=url, headers=headers, body=urlencode(form).encode())
