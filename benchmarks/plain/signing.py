"""Token-based authentication as a script writes it: standard library only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlsplit

_ALGORITHM = "HMAC-SHA256"


def authorization(given: Mapping[str, str], method: str, url: str) -> str:
    """Sign a REST request."""
    parts = urlsplit(url)
    oauth = {
        "oauth_consumer_key": given["consumer_key"],
        "oauth_token": given["token_id"],
        "oauth_signature_method": _ALGORITHM,
        "oauth_timestamp": str(int(time.time())),
        "oauth_nonce": secrets.token_hex(16),
        "oauth_version": "1.0",
    }
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in [*oauth.items(), *parse_qsl(parts.query)])
    parameters = "&".join(f"{name}={value}" for name, value in pairs)
    address = f"{parts.scheme}://{parts.netloc}{parts.path}"
    oauth["oauth_signature"] = _signed(given, "&".join(map(_encoded, (method, address, parameters))))
    said = ", ".join(f'{name}="{_encoded(value)}"' for name, value in oauth.items())
    return f'OAuth realm="{given["account_id"]}", {said}'


def passport(given: Mapping[str, str]) -> dict[str, str]:
    """Sign a SOAP request: the parts of its tokenPassport."""
    names = ("account", "consumerKey", "token", "nonce", "timestamp")
    values = (
        given["account_id"],
        given["consumer_key"],
        given["token_id"],
        secrets.token_hex(16),
        str(int(time.time())),
    )
    signature = _signed(given, "&".join(map(_encoded, values)))
    return {**dict(zip(names, values, strict=True)), "signature": signature}


def _signed(given: Mapping[str, str], message: str) -> str:
    key = f"{_encoded(given['consumer_secret'])}&{_encoded(given['token_secret'])}"
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def _encoded(text: str) -> str:
    return quote(text, safe="~")
