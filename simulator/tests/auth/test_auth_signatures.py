"""Signatures: Oracle's published examples, and what another implementation signs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oauthlib.oauth1 import Client

from netsuite_simulator.account import Account
from netsuite_simulator.clock import Clock
from netsuite_simulator.logins import Login
from netsuite_simulator.signatures import (
    Passport,
    authenticate_passport,
    authenticate_rest,
    header_parameters,
    origin_of,
    passport_message,
    rest_message,
    sign,
)

# Reference §2.4: Oracle's examples, and one computed from a second published set of inputs.
CONSUMER_KEY = "ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4"
CONSUMER_SECRET = "d26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5"
TOKEN = "2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc"
TOKEN_SECRET = "c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295"
NONCE = "fjaLirsIcCGVZWzBX0pg"
TIMESTAMP = "1508242306"
EMPLOYEE = "https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40"
RESTLET = (
    "https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl"
    "?script=6&deploy=1&customParam=someValue&testParam=someOtherValue"
)
PARAMETERS = [
    ("oauth_consumer_key", CONSUMER_KEY),
    ("oauth_token", TOKEN),
    ("oauth_nonce", NONCE),
    ("oauth_timestamp", TIMESTAMP),
    ("oauth_signature_method", "HMAC-SHA256"),
    ("oauth_version", "1.0"),
]
SOAP_SIGNATURE = "tIcC5zyKUmycB5Ml/cNxOHDusw03Y5KPQiXVNUHHp4U="


@pytest.mark.parametrize(
    ("method", "url", "signature"),
    [
        ("GET", EMPLOYEE, "B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY="),
        ("POST", RESTLET, "+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ="),
    ],
)
def test_published_rest_examples(method: str, url: str, signature: str) -> None:
    assert sign(rest_message(method, url, PARAMETERS), CONSUMER_SECRET, TOKEN_SECRET) == signature


def test_published_soap_examples() -> None:
    message = passport_message("123456", CONSUMER_KEY, TOKEN, NONCE, TIMESTAMP)
    assert sign(message, CONSUMER_SECRET, TOKEN_SECRET) == SOAP_SIGNATURE
    second = passport_message(
        "1234567",
        "71cc02b731f05895561ef0862d71553a3ac99498a947c3b7beaf4a1e4a29f7c4",
        "89e08d9767c5ac85b374415725567d05b54ecf0960ad2470894a52f741020d82",
        "6obMKq0tmY8ylVOdEkA1",
        "1439829974",
    )
    signature = sign(
        second,
        "7278da58caf07f5c336301a601203d10a58e948efa280f0618e25fcee1ef2abd",
        "060cd9ab3ffbbe1e3d3918e90165ffd37ab12acc76b4691046e2d29c7d7674c2",
    )
    assert signature == "FCghIZqXNetuZY8ILWOFH0ucdfzQOmAuL+q+kF21zPs="


@pytest.fixture
def published() -> Account:
    """The account of Oracle's examples, at their time."""
    clock = Clock()
    clock.freeze(datetime.fromtimestamp(int(TIMESTAMP), UTC))
    account = Account("123456", clock=clock)
    integration = account.integrations.add("I", consumer_key=CONSUMER_KEY, consumer_secret=CONSUMER_SECRET)
    role = account.roles.connector
    account.tokens.add(integration, role, user="u", token_id=TOKEN, secret=TOKEN_SECRET)
    return account


def test_the_published_passport_is_let_in(published: Account) -> None:
    passport = Passport(
        account="123456",
        consumer_key=CONSUMER_KEY,
        token=TOKEN,
        nonce=NONCE,
        timestamp=TIMESTAMP,
        algorithm="HMAC-SHA256",
        signature=SOAP_SIGNATURE,
    )
    assert isinstance(authenticate_passport(published, passport), Login)


def test_the_published_header_is_let_in(published: Account) -> None:
    authorization = (
        f'OAuth realm="123456", oauth_consumer_key="{CONSUMER_KEY}", oauth_token="{TOKEN}",'
        f' oauth_signature_method="HMAC-SHA256", oauth_timestamp="{TIMESTAMP}", oauth_nonce="{NONCE}",'
        ' oauth_version="1.0", oauth_signature="B5OIWznZ2YP0OB7VrJrGkYsTh%2B8H%2B5T9Hag%2Bo92q0zY%3D"'
    )
    assert isinstance(authenticate_rest(published, method="GET", url=EMPLOYEE, authorization=authorization), Login)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
WORD = st.text(st.sampled_from("abcXYZ019-._~ +&=%é名"), min_size=1, max_size=12)


@given(
    method=st.sampled_from(["GET", "POST", "PATCH", "PUT", "DELETE"]),
    path=st.lists(WORD, min_size=1, max_size=3),
    query=st.lists(st.tuples(WORD, TEXT), max_size=4),
    secrets=st.tuples(WORD, WORD),
    host=st.sampled_from(["127.0.0.1:8200", "EXAMPLE.com:80", "Example.com", "localhost:443"]),
)
def test_another_implementation_signs_the_same(
    method: str, path: list[str], query: list[tuple[str, str]], secrets: tuple[str, str], host: str
) -> None:
    url = f"http://{host}/{'/'.join(quote(part) for part in path)}"
    if query:
        url += f"?{urlencode(query)}"
    signer = Client(
        "key", secrets[0], "token", secrets[1], signature_method="HMAC-SHA256", realm="A", timestamp="1", nonce="nonce1"
    )
    _, headers, _ = signer.sign(url, http_method=cast(Any, method))
    parameters = header_parameters(headers["Authorization"])
    assert parameters is not None
    assert sign(rest_message(method, url, parameters.items()), *secrets) == parameters["oauth_signature"]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("HTTP://Example.COM:80/A/b?x=1", "http://example.com/A/b"),
        ("https://example.com:443", "https://example.com/"),
        ("http://127.0.0.1:8200/a%20b", "http://127.0.0.1:8200/a%20b"),
    ],
)
def test_only_scheme_host_and_path_are_signed(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic abc",
        'OAuth realm="A", realm="B"',
        "OAuth realm=A",
        'OAuth realm="A" oauth_token="b"',
        "OAuth ,",
    ],
)
def test_what_is_no_oauth_header_is_none(header: str | None) -> None:
    assert header_parameters(header) is None
