"""OAuth 2.0 client credentials: the assertion that a private key signs, the token request, and its answer (netsuite-api.md §3.3).

Time and ids are arguments. It knows no cache and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest.json import UnreadableJsonError, decode

TOKEN_PATH = "/services/rest/auth/oauth2/v1/token"  # noqa: S105  # an address
SCOPES = ("rest_webservices",)
ASSERTION_SECONDS = 300
"""How long an assertion is good: it is used at once, and NetSuite takes none that lasts an hour."""

RSA_BITS = (3072, 4096)
_EC_ALGORITHMS: Mapping[str, str] = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
_RSA_ALGORITHMS = ("PS256", "PS384", "PS512")
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONGEST_SECONDS = 3600
_ERROR_LENGTH = 200


class UnusableKeyError(ValueError):
    """The text is no private key that NetSuite takes; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What opens REST web services, and for how many seconds."""

    text: str = field(repr=False)
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks: the integration record, its certificate in NetSuite, the private key as PEM, and what it signs with, "" for what is usual."""

    client_id: str
    certificate_id: str
    private_key: str = field(repr=False)
    algorithm: str = ""


class _Answer(msgspec.Struct):
    access_token: str
    expires_in: int | str = _LONGEST_SECONDS


class _Refusal(msgspec.Struct):
    error: str
    error_description: str = ""


_ANSWERS = msgspec.json.Decoder(_Answer)
_REFUSALS = msgspec.json.Decoder(_Refusal)


def algorithm_of(private_key: str, wanted: str = "") -> str:
    """Name the algorithm that a key signs with: the wanted one, or else PS256, ES256, ES384 or ES512. Raise `UnusableKeyError`."""
    key = _opened(private_key)
    known = _RSA_ALGORITHMS if isinstance(key, RSAPrivateKey) else (_EC_ALGORITHMS[key.curve.name],)
    if wanted and wanted not in known:
        raise UnusableKeyError(f"the private key signs with {', '.join(known)}, and not with {wanted}")
    return wanted or known[0]


def end_of(certificate: str) -> datetime | None:
    """Say when a certificate in PEM form ends; None for a text that is none."""
    try:
        return load_pem_x509_certificate(certificate.encode()).not_valid_after_utc
    except ValueError:
        return None


def token_request(client: Client, *, url: str, issued_at: int, token_id: str) -> Request:
    """Write the request for a token, with an assertion that is good once. Raise `UnusableKeyError`."""
    algorithm = algorithm_of(client.private_key, client.algorithm)
    header = {"typ": "JWT", "alg": algorithm, "kid": client.certificate_id}
    claims = {
        "iss": client.client_id,
        "scope": list(SCOPES),
        "aud": url,
        "iat": issued_at,
        "exp": issued_at + ASSERTION_SECONDS,
        "jti": token_id,
    }
    pem = client.private_key.encode()
    key = RSAKey.import_key(pem) if algorithm in _RSA_ALGORITHMS else ECKey.import_key(pem)
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION_TYPE,
        "client_assertion": jwt.encode(header, claims, key, algorithms=[algorithm]),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request(method="POST", url=url, headers=headers, body=urlencode(form).encode())


def read_token(body: bytes) -> AccessToken:
    """Read the answer. NetSuite writes the seconds as a text in places (§3.2). Raise `UnreadableJsonError`."""
    answer = decode(_ANSWERS, body)
    seconds = str(answer.expires_in)
    if not answer.access_token or not seconds.isascii() or not seconds.isdecimal() or len(seconds) > 6:
        raise UnreadableJsonError("the answer holds no access token with its life in seconds")
    return AccessToken(text=answer.access_token, seconds=min(int(seconds), _LONGEST_SECONDS))


def read_refusal(response: Response) -> str:
    """Give the error in NetSuite's words, or the status."""
    try:
        refusal = decode(_REFUSALS, response.body)
    except UnreadableJsonError:
        return f"HTTP {response.status}"
    said = f"{refusal.error}: {refusal.error_description}" if refusal.error_description else refusal.error
    return f"{said[:_ERROR_LENGTH]} (HTTP {response.status})"


def _opened(private_key: str) -> RSAPrivateKey | EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(private_key.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnusableKeyError("the private key is no unencrypted key in PEM form") from error
    if isinstance(key, RSAPrivateKey) and key.key_size in RSA_BITS:
        return key
    if isinstance(key, EllipticCurvePrivateKey) and key.curve.name in _EC_ALGORITHMS:
        return key
    raise UnusableKeyError("NetSuite takes RSA keys of 3072 or 4096 bits, and EC keys on P-256, P-384 or P-521")
