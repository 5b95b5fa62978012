"""Signatures: Oracle's published vectors (netsuite-api.md §2.4), and agreement with oauthlib on anything at all."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import unquote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import SIGNATURE_HMAC_SHA256

from suitebridge.wire import oauth1

FIRST = oauth1.Keys(
    realm="123456",
    consumer_key="ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4",
    consumer_secret="d26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5",
    token="2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc",
    token_secret="c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295",
)
SECOND = oauth1.Keys(
    realm="1234567",
    consumer_key="71cc02b731f05895561ef0862d71553a3ac99498a947c3b7beaf4a1e4a29f7c4",
    consumer_secret="7278da58caf07f5c336301a601203d10a58e948efa280f0618e25fcee1ef2abd",
    token="89e08d9767c5ac85b374415725567d05b54ecf0960ad2470894a52f741020d82",
    token_secret="060cd9ab3ffbbe1e3d3918e90165ffd37ab12acc76b4691046e2d29c7d7674c2",
)
NONCE, TIMESTAMP = "fjaLirsIcCGVZWzBX0pg", 1508242306


def signature_in(header: str) -> str:
    found = re.search(r'oauth_signature="([^"]*)"', header)
    assert found is not None
    return unquote(found.group(1))


@pytest.mark.fault("F29")
def test_soap_vectors() -> None:
    first = oauth1.passport(FIRST, timestamp=TIMESTAMP, nonce=NONCE)
    second = oauth1.passport(SECOND, timestamp=1439829974, nonce="6obMKq0tmY8ylVOdEkA1")
    assert first.signature == "tIcC5zyKUmycB5Ml/cNxOHDusw03Y5KPQiXVNUHHp4U="
    assert second.signature == "FCghIZqXNetuZY8ILWOFH0ucdfzQOmAuL+q+kF21zPs="


@pytest.mark.fault("F29")
@pytest.mark.parametrize(
    ("method", "url", "signature"),
    [
        (
            "GET",
            "https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40",
            "B5OIWznZ2YP0OB7VrJrGkYsTh+8H+5T9Hag+o92q0zY=",
        ),
        (
            "POST",
            "https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl?script=6&deploy=1&customParam=someValue&testParam=someOtherValue",
            "+KK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ=",
        ),
    ],
)
def test_rest_vectors(method: str, url: str, signature: str) -> None:
    header = oauth1.authorization_header(FIRST, method=method, url=url, timestamp=TIMESTAMP, nonce=NONCE)
    assert signature_in(header) == signature
    assert header.startswith('OAuth realm="123456", ')


secrets = st.text(min_size=1, max_size=40)
printable = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)


@pytest.mark.fault("F29")
@given(
    consumer_secret=secrets,
    token_secret=secrets,
    nonce=st.text("abcdefghij0123456789", min_size=6, max_size=64),
    query=st.lists(st.tuples(printable, secrets), max_size=5),
    method=st.sampled_from(["GET", "POST", "PUT"]),
    port=st.sampled_from(["", ":443", ":8443"]),
)
def test_any_signature_agrees_with_oauthlib(
    consumer_secret: str,
    token_secret: str,
    nonce: str,
    query: list[tuple[str, str]],
    method: Literal["GET", "POST", "PUT"],
    port: str,
) -> None:
    query = [(name, value) for name, value in query if not name.startswith("oauth_")]
    url = f"https://1234567-sb1.Suitetalk.api.netsuite.com{port}/services/rest/x?{urlencode(query)}"
    keys = oauth1.Keys(
        realm="1234567_SB1",
        consumer_key="ck",
        consumer_secret=consumer_secret,
        token="tk",
        token_secret=token_secret,
    )
    ours = oauth1.authorization_header(keys, method=method, url=url, timestamp=TIMESTAMP, nonce=nonce)
    client = Client(
        "ck",
        client_secret=consumer_secret,
        resource_owner_key="tk",
        resource_owner_secret=token_secret,
        signature_method=SIGNATURE_HMAC_SHA256,
        realm="1234567_SB1",
        nonce=nonce,
        timestamp=str(TIMESTAMP),
    )
    _, headers, _ = client.sign(url, http_method=method)
    assert signature_in(ours) == signature_in(headers["Authorization"])


def test_keys_show_no_secret() -> None:
    assert FIRST.consumer_secret not in repr(FIRST)
    assert FIRST.token_secret not in repr(FIRST)
