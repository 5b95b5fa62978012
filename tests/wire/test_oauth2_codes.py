"""OAuth 2.0 authorization code with PKCE: what is asked, what a browser may bring back, and the requests for tokens (netsuite-api.md §3.2)."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

from suitebridge.wire import oauth2_codes as codes
from suitebridge.wire.rest.json import UnreadableJsonError

STATE, VERIFIER, ACCOUNT = "s" * codes.STATE_LENGTH, "v" * codes.VERIFIER_LENGTH, "1234567_SB1"
PUBLIC = codes.Application(client_id="the client", redirect_uri="https://localhost:8443/netsuite")
CONFIDENTIAL = codes.Application(
    client_id="the client", redirect_uri="https://localhost:8443/netsuite", client_secret="the secret"
)


def back(**parameters: str) -> str:
    given = {"state": STATE, "code": "c0de", "role": "3", "entity": "7", "company": ACCOUNT, **parameters}
    return "https://localhost:8443/netsuite?" + "&".join(f"{name}={value}" for name, value in given.items() if value)


def test_the_page_is_asked_with_a_challenge_and_never_with_the_verifier() -> None:
    address = codes.authorize_address(
        f"https://1234567-sb1.app.netsuite.com{codes.AUTHORIZE_PATH}", PUBLIC, state=STATE, verifier=VERIFIER
    )
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert parts.path == "/app/login/oauth2/authorize.nl"
    assert asked == {
        "response_type": "code",
        "client_id": "the client",
        "redirect_uri": "https://localhost:8443/netsuite",
        "scope": "rest_webservices",
        "state": STATE,
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
    }
    assert VERIFIER not in address


def test_a_return_brings_its_code() -> None:
    assert codes.read_return(f" {back()}\n", state=STATE, account=ACCOUNT) == "c0de"
    assert codes.read_return(back(company=""), state=STATE, account=ACCOUNT) == "c0de"


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (back(state="x" * 40), "state is another"),
        (back(state=""), "state is another"),
        (back(company="7654321"), "given in account 7654321"),
        (back(code=""), "holds no code"),
        (back(code="", error="access_denied"), "not allowed on NetSuite's page"),
        (back(code="", error="invalid_scope"), "REST Web Services"),
        (back(code="", error="something_new"), "something_new"),
        (f"{back()}&code=other", "comes twice"),
        (back(state="x" * 40, error="access_denied"), "state is another"),
        ("", "state is another"),
        ("nonsense", "state is another"),
    ],
)
def test_a_return_that_is_not_the_answer_is_refused(returned: str, said: str) -> None:
    with pytest.raises(codes.ReturnError, match=said):
        codes.read_return(returned, state=STATE, account=ACCOUNT)


def test_a_code_is_sent_with_its_verifier_and_a_secret_as_basic_only() -> None:
    public = codes.code_request(PUBLIC, url="https://x", code="c0de", verifier=VERIFIER)
    form = {name: values[0] for name, values in parse_qs(public.body.decode()).items()}
    assert form == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": "https://localhost:8443/netsuite",
        "code_verifier": VERIFIER,
        "client_id": "the client",
    }
    assert "Authorization" not in public.headers
    secret = codes.code_request(CONFIDENTIAL, url="https://x", code="c0de", verifier=VERIFIER)
    assert secret.headers["Authorization"] == f"Basic {base64.b64encode(b'the client:the secret').decode()}"
    assert b"secret" not in secret.body
    assert b"client_id" not in secret.body
    shown = repr((PUBLIC, CONFIDENTIAL, public, secret))
    assert "the secret" not in shown
    assert VERIFIER not in shown


def test_tokens_are_read_leniently_and_shown_nowhere() -> None:
    body = b'{"access_token": "acc", "refresh_token": "ref", "expires_in": "3600", "token_type": "bearer"}'
    tokens = codes.read_first_tokens(body)
    assert (tokens.access.text, tokens.access.seconds, tokens.refresh_token) == ("acc", 3600, "ref")
    assert "acc" not in repr(tokens).replace("access", "")
    assert "'ref'" not in repr(tokens)
    kept = codes.read_tokens(b'{"access_token": "acc", "expires_in": 3600, "token_type": "Bearer"}')
    assert kept.refresh_token == ""
    with pytest.raises(UnreadableJsonError, match="no refresh token"):
        codes.read_first_tokens(b'{"access_token": "acc"}')
