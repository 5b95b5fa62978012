"""Finds secrets where none may be: as they are, and in the forms in which machines write them (quality.md S15)."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from collections.abc import Iterable, Mapping

_CUT = (0, 2, 3)
"""Characters of a base64 text that also depend on what stands before the secret, by alignment."""
LEAST_LENGTH = 12
PLANTED = (
    "planted-consumer-secret", "planted-token-secret", "an-example-consumer-secret", "an-example-token-secret",
    "a long walk by the river", "correct horse battery", "wide amber lantern", "seven quiet otters", "canary-5b1f-secret",
    'typed "canary" <of mine> & 1',
)  # fmt: skip
"""Secrets and passwords that the tests type in: no file and no output of the whole suite may show one."""


def forms(secret: str | bytes) -> dict[str, bytes]:
    """Give every form of a secret that is looked for."""
    raw = secret.encode() if isinstance(secret, str) else secret
    found = {"as it is": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode()}
    assert len(raw) >= LEAST_LENGTH, "A shorter one is found by chance."
    for shift, cut in enumerate(_CUT):
        text = base64.b64encode(bytes(shift) + raw)[cut:-4]  # the last group depends on what follows
        for name, form in (("base64", text), ("base64 for addresses", _for_addresses(text))):
            found[f"{name}, alignment {shift}"] = form
    if isinstance(secret, str):
        found |= {
            "in an address": urllib.parse.quote(secret, safe="").encode(),
            "in a form": urllib.parse.quote_plus(secret).encode(),
            "in JSON": json.dumps(secret)[1:-1].encode(),
            "in HTML": html.escape(secret).encode(),
            "in Python": repr(secret)[1:-1].encode(),
        }
    return found


def _for_addresses(text: bytes) -> bytes:
    return text.replace(b"+", b"-").replace(b"/", b"_")


def leaks(places: Mapping[str, bytes], secrets: Mapping[str, str | bytes]) -> list[str]:
    """Name every place that shows a secret, which one, and in which form."""
    wanted: Iterable[tuple[str, str, bytes]] = [
        (name, kind, form) for name, secret in secrets.items() for kind, form in forms(secret).items()
    ]
    return [
        f"{place} shows the {name} ({kind})"
        for place, content in places.items()
        for name, kind, form in wanted
        if form in content
    ]
