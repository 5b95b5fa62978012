"""Checking who signed: OAuth 1.0a headers of REST and tokenPassports of SOAP, reference §2.2 to §2.6.

HMAC-SHA256 only, compared in constant time. The caller of a door learns "invalid login"; the reason goes to the audit
trail. Refuses to know HTTP frameworks and XML: it takes strings.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from netsuite_simulator.logins import Denied, Detail, Login

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

ALGORITHM = "HMAC-SHA256"
_PARAMETER = re.compile(r'\s*([A-Za-z_]+)="([^"]*)"\s*')
_NONCE = re.compile(r"[A-Za-z0-9]{6,64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_NEEDED = ("oauth_consumer_key", "oauth_token", "oauth_nonce", "oauth_timestamp", "oauth_signature")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A tokenPassport's values as they stand in the envelope; None where an element is absent."""

    account: str | None
    consumer_key: str | None
    token: str | None
    nonce: str | None
    timestamp: str | None
    algorithm: str | None
    signature: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What both doors' checks have in common."""

    door: str
    consumer_key: str
    token_id: str
    nonce: str
    timestamp: str
    algorithm: str
    signature: str


def escape(text: str) -> str:
    """Percent-encode as RFC 5849 asks: only letters, digits, "-", ".", "_" and "~" stay."""
    return quote(text, safe="~")


def sign(
    message: str, consumer_secret: str, token_secret: str, *, digest: Callable[..., hashlib._Hash] = hashlib.sha256
) -> str:
    """Sign a message with both secrets; the result is plain base64."""
    key = f"{escape(consumer_secret)}&{escape(token_secret)}".encode()
    return base64.b64encode(hmac.new(key, message.encode(), digest).digest()).decode()


def origin_of(url: str) -> str:
    """Return a URL as it is signed: scheme and host in lower case, no query, no default port."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    if parts.port is not None and parts.port != _PORTS.get(scheme):
        host = f"{host}:{parts.port}"
    return f"{scheme}://{host}{parts.path or '/'}"


def rest_message(method: str, url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Build the base string of a REST request from its method, full URL and `oauth_` parameters."""
    pairs = [*parse_qsl(urlsplit(url).query, keep_blank_values=True)]
    pairs += [(name, value) for name, value in parameters if name not in ("realm", "oauth_signature")]
    ordered = "&".join(f"{name}={value}" for name, value in sorted((escape(n), escape(v)) for n, v in pairs))
    return f"{method.upper()}&{escape(origin_of(url))}&{escape(ordered)}"


def passport_message(account: str, consumer_key: str, token: str, nonce: str, timestamp: str) -> str:
    """Build the base string of a tokenPassport."""
    return "&".join(escape(part) for part in (account, consumer_key, token, nonce, timestamp))


def header_parameters(authorization: str | None) -> dict[str, str] | None:
    """Read an OAuth header's parameters, decoded; None where it is no OAuth header or names one twice."""
    if authorization is None or authorization[:6].lower() != "oauth ":
        return None
    found: dict[str, str] = {}
    for part in authorization[6:].split(","):
        match = _PARAMETER.fullmatch(part)
        if match is None or match[1] in found:
            return None
        found[match[1]] = match[2] if match[1] == "realm" else unquote(match[2])
    return found


def authenticate_rest(
    account: Account, *, method: str, url: str, authorization: str | None, door: str = "rest"
) -> Login | Denied:
    """Check a REST request's OAuth header against the account."""
    parameters = header_parameters(authorization)
    if parameters is None:
        return account.tokens.denied(door, Detail.PARAMETER_REJECTED, consumer_key=None, token_id=None)
    missing = _missing(account, door, parameters)
    if missing is not None:
        return missing
    signed = Signed(
        door=door,
        consumer_key=parameters["oauth_consumer_key"],
        token_id=parameters["oauth_token"],
        nonce=parameters["oauth_nonce"],
        timestamp=parameters["oauth_timestamp"],
        algorithm=parameters.get("oauth_signature_method", ""),
        signature=parameters["oauth_signature"],
    )
    if parameters.get("oauth_version", "1.0") != "1.0":
        return _denied(account, signed, Detail.VERSION_REJECTED)
    if parameters.get("realm", account.id) != account.id:
        return _denied(account, signed, Detail.PARAMETER_REJECTED)
    return _check(account, signed, rest_message(method, url, parameters.items()))


def _missing(account: Account, door: str, parameters: Mapping[str, str]) -> Denied | None:
    if all(parameters.get(name) for name in _NEEDED):
        return None
    return account.tokens.denied(
        door,
        Detail.PARAMETER_REJECTED,
        consumer_key=parameters.get("oauth_consumer_key"),
        token_id=parameters.get("oauth_token"),
    )


def authenticate_passport(account: Account, passport: Passport, *, door: str = "soap") -> Login | Denied:
    """Check a SOAP request's tokenPassport against the account."""
    if not (
        passport.account
        and passport.consumer_key
        and passport.token
        and passport.nonce
        and passport.timestamp
        and passport.signature
        and passport.algorithm
    ):
        return account.tokens.denied(
            door, Detail.MISSING_FIELDS, consumer_key=passport.consumer_key, token_id=passport.token
        )
    signed = Signed(
        door=door,
        consumer_key=passport.consumer_key,
        token_id=passport.token,
        nonce=passport.nonce,
        timestamp=passport.timestamp,
        algorithm=passport.algorithm,
        signature=passport.signature,
    )
    if passport.account != account.id:
        return _denied(account, signed, Detail.PARAMETER_REJECTED)
    message = passport_message(
        passport.account, passport.consumer_key, passport.token, passport.nonce, passport.timestamp
    )
    return _check(account, signed, message)


def _denied(account: Account, signed: Signed, detail: Detail) -> Denied:
    return account.tokens.denied(signed.door, detail, consumer_key=signed.consumer_key, token_id=signed.token_id)


def _check(account: Account, signed: Signed, message: str) -> Login | Denied:
    """Check key, token, lock, time, nonce, signature and role, in the order in which NetSuite can know them."""
    tokens = account.tokens
    if signed.algorithm != ALGORITHM:
        return _denied(account, signed, Detail.UNKNOWN_ALGORITHM)
    found = tokens.usable(signed.consumer_key, signed.token_id)
    if isinstance(found, Detail):
        return _denied(account, signed, found)
    if _TIMESTAMP.fullmatch(signed.timestamp) is None or not tokens.is_in_window(int(signed.timestamp)):
        return _denied(account, signed, Detail.INVALID_TIMESTAMP)
    if _NONCE.fullmatch(signed.nonce) is None:
        return _denied(account, signed, Detail.NONCE_REJECTED)
    expected = sign(message, *tokens.secret_of(found))
    if not hmac.compare_digest(expected.encode(), signed.signature.encode()):
        return _denied(account, signed, Detail.INVALID_SIGNATURE)
    if not tokens.use_nonce(found.id, signed.nonce, int(signed.timestamp)):
        return _denied(account, signed, Detail.NONCE_USED)
    login = tokens.login_of(found)
    if isinstance(login, Detail):
        return _denied(account, signed, login)
    return tokens.accepted(signed.door, login, found)
