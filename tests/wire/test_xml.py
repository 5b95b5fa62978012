"""Hostile and broken XML: refused quickly, with the reason (quality.md S33, F06)."""

from __future__ import annotations

import pytest

from suitebridge.wire import xml

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><lolz>&j;</lolz>"
).encode()
DEEP = b"<a>" * 100 + b"</a>" * 100

ATTACKS = {
    "billion laughs": (BILLION_LAUGHS, "DOCTYPE"),
    "entity in an attribute": (b'<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;"/>', "DOCTYPE"),
    "external file": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
    "external address": (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>', "DOCTYPE"),
    "parameter entity": (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]><a/>', "DOCTYPE"),
    "doctype behind a comment": (b"<!-- " + b"x" * 5000 + b" --><!DOCTYPE a><a/>", "DOCTYPE"),
    "doctype in UTF-16": ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "UTF-8"),
    "doctype in UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-', "not as UTF-8"),
    "doctype in EBCDIC": ('<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037"), "UTF-8"),
    "too deep": (DEEP, "deeper than"),
    "far too deep": (b"<a>" * 100_000, "not well-formed"),
    "cut off": (b"<a><b>text</b><c", "not well-formed"),
    "two roots": (b"<a/><b/>", "not well-formed"),
    "wrong bytes": (b"<a>\xff\xfe</a>", "not well-formed"),
    "undeclared entity": (b"<a>&nbsp;</a>", "not well-formed"),
    "undeclared prefix": (b"<x:a/>", "not well-formed"),
    "a page": (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "DOCTYPE"),
    "nothing": (b"", "does not begin like XML"),
    "JSON": (b'{"a": 1}', "does not begin like XML"),
}


@pytest.mark.fault("F11")
@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_refused(name: str) -> None:
    body, reason = ATTACKS[name]
    with pytest.raises(xml.UnreadableXmlError, match=reason):
        xml.parse(body)


@pytest.mark.fault("F11")
def test_oversized_document_is_refused_unread() -> None:
    with pytest.raises(xml.UnreadableXmlError, match="bytes, more than"):
        xml.parse(b"<" + b"a" * xml.SIZE_LIMIT_BYTES)


def test_inclusions_are_not_followed() -> None:
    root = xml.parse(
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'
    )
    assert "root:" not in "".join(str(part) for part in root.itertext())


def test_ordinary_answer_is_read() -> None:
    root = xml.parse('\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<a><b>Zoë &amp; Łódź &#x1F600;</b></a>'.encode())
    assert xml.text_of(root, "b") == "Zoë & Łódź 😀"
    assert xml.text_of(root, "c") == ""


@pytest.mark.fault("F56")
@pytest.mark.parametrize("code", [0x00, 0x08, 0x0B, 0x1F, 0xD800, 0xFFFE, 0xFFFF])
def test_illegal_character_is_named(code: int) -> None:
    with pytest.raises(xml.IllegalCharacterError, match=f"U\\+{code:04X} at position 3"):
        xml.legal_text(f"ab{chr(code)}c")


@pytest.mark.fault("F56")
@pytest.mark.parametrize("text", ["", "a\tb\nc\rd", "€ü漢字", "\U0001f600", "\x7f\x85"])
def test_legal_text_passes_unchanged(text: str) -> None:
    assert xml.legal_text(text) == text
