"""OpenID Connect with NetSuite as the provider (netsuite-api.md §3.5): its description, its keys, and what an id token says.

The issuer is one for all accounts and is pinned here; that a token is of one account follows from its keys, which are read from that
account's own host, and from the account that the redirect names. The e-mail address is never read: NetSuite verifies none. Neither is
`at_hash`: the access token is thrown away unused. Time is an argument; it knows no socket.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from suitebridge.wire.rest.json import UnreadableJsonError, decode

DISCOVERY_PATH = "/.well-known/openid-configuration"
ISSUER = "https://system.netsuite.com"
SCOPES = ("openid",)
NONCE_LENGTH = 40  # NetSuite takes up to 256 characters
ALGORITHMS = frozenset({"PS256", "RS256"})
"""What NetSuite documents, and what its samples show (§3.4). A provider that names fewer is held to those."""

SKEW_SECONDS = 120
"""How far two clocks may be apart. A token is made when its code is redeemed, so that one of earlier is none of this sign-in."""

Keys: TypeAlias = KeySet
"""The published keys of an account."""

MOST_CHARACTERS = 16_000
MOST_KEYS = 30
_SUBJECT = re.compile(r"(?P<role>-?[0-9]{1,20});(?P<entity>-?[0-9]{1,20})", re.ASCII)


class UnbelievableIdentityError(ValueError):
    """An id token must not be believed; the message says why."""


class UnknownKeyError(UnbelievableIdentityError):
    """It is signed with a key that is not among the published ones: they may have been rotated since they were read."""


class ClockDifferenceError(UnbelievableIdentityError):
    """It was made at another time than now; so much apart two clocks should not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What the provider says of itself: three addresses, and the algorithms that it signs with and we accept."""

    authorization: str
    token: str
    keys: str
    algorithms: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who signed in: a role, and the entity that plays it, which is the employee's internal id."""

    role: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token of one sign-in has to say."""

    client_id: str
    nonce: str
    algorithms: Collection[str]
    now: int


class _Description(msgspec.Struct):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    id_token_signing_alg_values_supported: list[str] = msgspec.field(default_factory=lambda: sorted(ALGORITHMS))


class _Answer(msgspec.Struct):
    id_token: str = ""


class _Header(msgspec.Struct):
    alg: str
    kid: str
    crit: msgspec.Raw = msgspec.Raw(b"")


class _Claims(msgspec.Struct):
    iss: str
    sub: str
    aud: str | list[str]
    exp: int
    iat: int
    nonce: str
    azp: str | None = None
    nbf: int | None = None


class _KeyList(msgspec.Struct):
    keys: list[dict[str, object]]


_DESCRIPTIONS = msgspec.json.Decoder(_Description)
_ANSWERS = msgspec.json.Decoder(_Answer)
_HEADERS = msgspec.json.Decoder(_Header)
_KEY_LISTS = msgspec.json.Decoder(_KeyList)


def read_provider(body: bytes, *, documented: Sequence[Provider]) -> Provider:
    """Read the provider's description. Raise `UnbelievableIdentityError` unless it names the documented addresses, `UnreadableJsonError`."""
    said = decode(_DESCRIPTIONS, body)
    if said.issuer != ISSUER:
        raise UnbelievableIdentityError("the provider names another issuer than NetSuite's")
    named = (said.authorization_endpoint, said.token_endpoint, said.jwks_uri)
    if all(named != (one.authorization, one.token, one.keys) for one in documented):
        raise UnbelievableIdentityError("the provider names addresses that are not NetSuite's documented ones")
    algorithms = ALGORITHMS & set(said.id_token_signing_alg_values_supported)
    if not algorithms:
        raise UnbelievableIdentityError("the provider signs in no way that is accepted here")
    return Provider(authorization=named[0], token=named[1], keys=named[2], algorithms=algorithms)


def read_keys(body: bytes) -> Keys:
    """Read the published keys. Raise `UnreadableJsonError`."""
    said = decode(_KEY_LISTS, body)
    signing = [one for one in said.keys if one.get("kty") == "RSA" and one.get("use", "sig") == "sig"]
    if not 0 < len(signing) <= MOST_KEYS:
        raise UnreadableJsonError("the answer holds no keys that sign")
    try:
        return KeySet.import_key_set({"keys": signing})  # type: ignore[typeddict-item]  # read from JSON
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise UnreadableJsonError("the answer holds a key that cannot be read") from error


def read_id_token(body: bytes) -> str:
    """Give the id token of a token answer. Raise `UnbelievableIdentityError` where there is none, `UnreadableJsonError`."""
    token = decode(_ANSWERS, body).id_token
    if not token:
        raise UnbelievableIdentityError("the answer holds no id token")
    return token


def believe(token: str, keys: Keys, expected: Expected) -> Subject:
    """Give whom an id token names, after every check. Raise `UnbelievableIdentityError`, or one of its kinds."""
    header = _header(token)
    key = next((one for one in keys.keys if one.kid == header.kid), None)
    if key is None:
        raise UnknownKeyError("it is signed with a key that NetSuite does not publish")
    if header.alg not in expected.algorithms or key.get("alg", header.alg) != header.alg:
        raise UnbelievableIdentityError(f"it is signed with {header.alg[:20]}, which is not accepted")
    try:
        said: Mapping[str, object] = jwt.decode(token, key, algorithms=[header.alg]).claims
        claims = msgspec.convert(said, _Claims)
    except msgspec.ValidationError as error:
        raise UnbelievableIdentityError("a claim is missing or of another kind than it should be") from error
    except (JoseError, ValueError, TypeError) as error:
        raise UnbelievableIdentityError("its signature is not right") from error
    return _judged(claims, expected)


def _header(token: str) -> _Header:
    first, dot, _ = token.partition(".")
    if not dot or len(token) > MOST_CHARACTERS:
        raise UnbelievableIdentityError("it is no signed token")
    try:
        header = _HEADERS.decode(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnbelievableIdentityError("its header cannot be read") from error
    if bytes(header.crit):
        raise UnbelievableIdentityError("its header demands what is not understood")
    return header


def _judged(claims: _Claims, expected: Expected) -> Subject:
    """Judge what a token with a right signature says; times come last, so that a clock is only blamed for a token of ours."""
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if claims.iss != ISSUER:
        raise UnbelievableIdentityError("it is of another issuer")
    if audience != [expected.client_id] or claims.azp not in {None, expected.client_id}:
        raise UnbelievableIdentityError("it was made for another application")
    if not hmac.compare_digest(claims.nonce.encode(), expected.nonce.encode()):
        raise UnbelievableIdentityError("it was made for another sign-in")
    found = _SUBJECT.fullmatch(claims.sub)
    if found is None:
        raise UnbelievableIdentityError("it does not name a role and an entity")
    begins, ends = max(claims.iat, claims.nbf or claims.iat), min(claims.exp, claims.iat)
    if not begins - SKEW_SECONDS <= expected.now <= ends + SKEW_SECONDS:
        raise ClockDifferenceError(f"it was made {abs(expected.now - claims.iat)} seconds from now")
    return Subject(role=found["role"], entity=found["entity"])
