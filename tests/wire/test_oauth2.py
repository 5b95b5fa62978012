"""OAuth 2.0 client credentials: what an assertion says, which keys sign it, and what answers are taken for (netsuite-api.md §3.3)."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from suitebridge.wire import oauth2
from suitebridge.wire.http import Response
from suitebridge.wire.oauth2 import Client, UnusableKeyError, algorithm_of, read_refusal, read_token, token_request
from suitebridge.wire.rest.json import UnreadableJsonError

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
URL = f"https://1234567.suitetalk.api.netsuite.com{oauth2.TOKEN_PATH}"
KEYS: dict[str, Key] = {
    "PS256": rsa.generate_private_key(65537, 3072),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "ES384": ec.generate_private_key(ec.SECP384R1()),
    "ES512": ec.generate_private_key(ec.SECP521R1()),
}


def pem(key: Key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize("algorithm", KEYS)
def test_an_assertion_says_who_asks_and_is_good_for_minutes(algorithm: str) -> None:
    key = KEYS[algorithm]
    client = Client(client_id="the client", certificate_id="the certificate", private_key=pem(key))
    request = token_request(client, url=URL, issued_at=1_800_000_000, token_id="once")
    form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    assert form["grant_type"] == "client_credentials"
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assert "client_secret" not in form
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    opened = RSAKey.import_key(public) if algorithm == "PS256" else ECKey.import_key(public)
    read = jwt.decode(form["client_assertion"], opened, algorithms=[algorithm])
    assert read.header == {"typ": "JWT", "alg": algorithm, "kid": "the certificate"}
    assert read.claims == {
        "iss": "the client",
        "scope": ["rest_webservices"],
        "aud": URL,
        "iat": 1_800_000_000,
        "exp": 1_800_000_300,
        "jti": "once",
    }
    assert "PRIVATE" not in repr(client) + repr(request)


UNUSABLE = {
    "nothing": "",
    "words": "a secret",
    "a certificate": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "RSA too short": pem(rsa.generate_private_key(65537, 2048)),
    "another curve": pem(ec.generate_private_key(ec.SECP256K1())),
    "another kind": pem(ed25519.Ed25519PrivateKey.generate()),
    "encrypted": KEYS["ES256"].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")).decode(),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_key_that_netsuite_does_not_take_is_told(name: str) -> None:
    with pytest.raises(UnusableKeyError, match=r"PEM form|3072 or 4096"):
        algorithm_of(UNUSABLE[name])


def test_a_key_pasted_with_other_line_ends_is_the_same_key() -> None:
    assert algorithm_of(pem(KEYS["ES256"]).replace("\n", "\r\n").strip()) == "ES256"


@pytest.mark.parametrize(("seconds", "read"), [(3600, 3600), ("3600", 3600), (60, 60), (86_400, 3600)])
def test_a_token_is_read_with_its_life(seconds: int | str, read: int) -> None:
    document = {"access_token": "opens", "expires_in": seconds, "token_type": "bearer"}
    token = read_token(json.dumps(document).encode())
    assert (token.text, token.seconds) == ("opens", read)
    assert "opens" not in repr(token)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"access_token": ""}', b'{"access_token": "t", "expires_in": "soon"}']
)
def test_what_is_no_token_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableJsonError):
        read_token(body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": "invalid_grant"}', "invalid_grant (HTTP 400)"),
        (b'{"error": "invalid_client", "error_description": "No."}', "invalid_client: No. (HTTP 400)"),
        (b"<html>", "HTTP 400"),
    ],
)
def test_a_refusal_is_told_in_netsuites_words(body: bytes, said: str) -> None:
    assert read_refusal(Response(status=400, body=body)) == said
