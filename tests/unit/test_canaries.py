"""The search for secrets finds them in each form, wherever they stand."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse

import pytest

from tests.canaries import leaks

SECRET = 'can"ary <bird> & é 0123'
SECRETS = {"bird": SECRET}


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_base64_is_found_at_every_alignment(before: str) -> None:
    content = (before + SECRET + "and more").encode()
    assert leaks({"here": base64.b64encode(content)}, SECRETS)
    assert leaks({"here": base64.urlsafe_b64encode(content)}, SECRETS)


@pytest.mark.parametrize(
    "written",
    [SECRET, json.dumps({"a": SECRET}), html.escape(SECRET), urllib.parse.quote(SECRET, safe=""), urllib.parse.quote_plus(SECRET),
     SECRET.encode().hex(), SECRET.encode().hex().upper(), repr({"a": SECRET})],
)  # fmt: skip
def test_each_form_is_found(written: str) -> None:
    assert leaks({"here": f"before {written} after".encode()}, SECRETS)


def test_nothing_is_found_where_nothing_is() -> None:
    assert leaks({"here": b"a canary is a bird"}, SECRETS) == []
