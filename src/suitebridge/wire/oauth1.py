"""OAuth 1.0a signatures as NetSuite's token-based authentication wants them: HMAC-SHA256, two forms.

REST and RESTlets sign method, address and parameters (RFC 5849; netsuite-api.md §2.2); SOAP signs five values of its
tokenPassport (§2.3). Timestamp and nonce are arguments, used once: every attempt is signed anew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

ALGORITHM = "HMAC-SHA256"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a signature is made of. The realm is the account id, case and underscore as NetSuite shows it."""

    realm: str
    consumer_key: str
    token: str
    consumer_secret: str = field(repr=False)
    token_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A signed SOAP tokenPassport, good for one request."""

    account: str
    consumer_key: str
    token: str
    nonce: str
    timestamp: int
    signature: str


def authorization_header(keys: Keys, *, method: str, url: str, timestamp: int, nonce: str) -> str:
    """Sign a REST or RESTlet request and give its Authorization header. A JSON body is no part of the signature."""
    oauth = {
        "oauth_consumer_key": keys.consumer_key,
        "oauth_token": keys.token,
        "oauth_signature_method": ALGORITHM,
        "oauth_timestamp": str(timestamp),
        "oauth_nonce": nonce,
        "oauth_version": "1.0",
    }
    oauth["oauth_signature"] = _sign(keys, _base_string(method, url, oauth))
    # The realm is a quoted string outside the signature (RFC 5849 §3.5.1); account ids need no escaping.
    parts = [f'realm="{_encoded(keys.realm)}"', *(f'{name}="{_encoded(value)}"' for name, value in oauth.items())]
    return "OAuth " + ", ".join(parts)


def passport(keys: Keys, *, timestamp: int, nonce: str) -> Passport:
    """Sign a SOAP request; the values are joined in the order that NetSuite fixes (netsuite-api.md §2.3)."""
    values = (keys.realm, keys.consumer_key, keys.token, nonce, str(timestamp))
    return Passport(
        account=keys.realm,
        consumer_key=keys.consumer_key,
        token=keys.token,
        nonce=nonce,
        timestamp=timestamp,
        signature=_sign(keys, "&".join(map(_encoded, values))),
    )


def _base_string(method: str, url: str, oauth: dict[str, str]) -> str:
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    authority = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != _DEFAULT_PORTS.get(scheme):
        authority = f"{authority}:{parts.port}"
    query = parse_qsl(parts.query, keep_blank_values=True)
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in [*oauth.items(), *query])
    parameters = "&".join(f"{name}={value}" for name, value in pairs)
    address = f"{scheme}://{authority}{parts.path or '/'}"
    return "&".join((method.upper(), _encoded(address), _encoded(parameters)))


def _sign(keys: Keys, base_string: str) -> str:
    key = f"{_encoded(keys.consumer_secret)}&{_encoded(keys.token_secret)}"
    digest = hmac.digest(key.encode(), base_string.encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def _encoded(text: str) -> str:
    # RFC 3986: only letters, digits and -._~ stay as they are.
    return quote(text, safe="-._~")
