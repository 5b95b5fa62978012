"""Id tokens that no client may believe, made from one that it may: for tests of a client's checks (reference §3.5).

Refuses to know requests, and when one is wanted.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from functools import cache

import msgspec
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter

from netsuite_simulator.faults.identities import Forgery
from netsuite_simulator.signingkeys import ALGORITHM, KEY_BITS, SigningKeys

DAY = 86_400
OTHER_ISSUER = "https://system.netsuite.example"
Claims = dict[str, object]
_UNKNOWN = "x-understand"
_ANYTHING = JWSRegistry(
    header_registry={_UNKNOWN: HeaderParameter("A header nobody knows", "bool")}, algorithms=[ALGORITHM, "RS256"]
)

_CLAIMS: Mapping[Forgery, Callable[[Claims], Claims]] = {
    "other issuer": lambda claims: {**claims, "iss": OTHER_ISSUER},
    "other audience": lambda claims: {**claims, "aud": "0" * 64},
    "several audiences": lambda claims: {**claims, "aud": [claims["aud"], "0" * 64]},
    "other party": lambda claims: {**claims, "azp": "0" * 64},
    "other subject": lambda claims: {**claims, "sub": f"{str(claims['sub']).partition(';')[0]};999999999"},
    "no subject": lambda claims: _without(claims, "sub"),
    "other nonce": lambda claims: {**claims, "nonce": "of-an-earlier-sign-in"},
    "no nonce": lambda claims: _without(claims, "nonce"),
    "expired": lambda claims: {**claims, "iat": _number(claims["iat"]) - DAY, "exp": _number(claims["exp"]) - DAY},
    "no expiry": lambda claims: _without(claims, "exp"),
    "of tomorrow": lambda claims: {**claims, "iat": _number(claims["iat"]) + DAY, "exp": _number(claims["exp"]) + DAY},
}


def forged(genuine: str, how: Forgery, keys: SigningKeys, *, client_secret: str, access_token: str) -> str | None:
    """Return what stands in the place of a genuine id token; None where nothing does."""
    header, claims = _part(genuine, 0), _part(genuine, 1)
    kid = str(header["kid"])
    message, _, signature = genuine.rpartition(".")
    match how:
        case "unsigned":
            return f"{_encoded({'typ': 'JWT', 'alg': 'none'})}.{_encoded(claims)}."
        case "public key as secret":
            return _with_secret(kid, claims, keys.key(kid).as_pem(private=False))
        case "client secret":
            return _with_secret(kid, claims, client_secret.encode())
        case "other algorithm":
            return _signed({**header, "alg": "RS256"}, claims, keys.key(kid))
        case "other key":
            return _signed(header, claims, foreign_key())
        case "unknown key":
            return _signed({**header, "kid": f"{kid}.unknown"}, claims, foreign_key())
        case "unknown crit":
            return _signed({**header, "crit": [_UNKNOWN], _UNKNOWN: True}, claims, keys.key(kid))
        case "altered":
            changed = _CLAIMS["other subject"](claims)
            return f"{message.partition('.')[0]}.{_encoded(changed)}.{signature}"
        case "access token":
            return access_token
        case "missing":
            return None
        case _:
            return _signed(header, _CLAIMS[how](claims), keys.key(kid))


def foreign_set(published: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return a key set with another key under each id."""
    return [{**one, **foreign_key().as_dict(private=False), "kid": one["kid"]} for one in published]


@cache
def foreign_key() -> RSAKey:
    """Make a key that no account has; once in a process, for that takes a while."""
    return RSAKey.generate_key(KEY_BITS)


def _without(claims: Claims, name: str) -> Claims:
    return {known: value for known, value in claims.items() if known != name}


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _part(token: str, place: int) -> Claims:
    part = token.split(".")[place]
    return msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)), type=Claims)


def _encoded(value: Claims | bytes) -> str:
    content = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _signed(header: Claims, claims: Claims, key: RSAKey) -> str:
    return jwt.encode(header, claims, key, registry=_ANYTHING)


def _with_secret(kid: str, claims: Claims, secret: bytes) -> str:
    """Sign as HS256 does, by hand: libraries refuse a public key as a secret."""
    message = f"{_encoded({'kid': kid, 'typ': 'JWT', 'alg': 'HS256'})}.{_encoded(claims)}"
    return f"{message}.{_encoded(hmac.new(secret, message.encode(), hashlib.sha256).digest())}"
