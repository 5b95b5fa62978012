"""XML from outside, read without trust: no DOCTYPE, no entities, no network, and caps on size and depth (quality.md S33).

Only UTF-8 is accepted: NetSuite sends nothing else, and another encoding would hide a DOCTYPE from the check.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
"""An element of a parsed answer, as the rest of the house names it."""

SIZE_LIMIT_BYTES = 64 * 1024 * 1024
DEPTH_LIMIT = 60  # the deepest element of a NetSuite answer lies about a dozen levels down

_ENCODING = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")
_BLANKS = b" \t\r\n"
_TOO_DEEP = etree.XPath("boolean(/" + "/".join(["*"] * (DEPTH_LIMIT + 1)) + ")")
# Everything that XML 1.0 cannot carry, even as a character reference (XML 1.0 §2.2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class UnreadableXmlError(ValueError):
    """The bytes are no harmless, well-formed XML; the message says why, and where."""


class IllegalCharacterError(ValueError):
    """A text holds a character that XML cannot carry; the message names the code point."""

    def __init__(self, character: str, position: int) -> None:
        super().__init__(
            f"it holds the character U+{ord(character):04X} at position {position + 1}, which NetSuite's XML cannot carry"
        )


def parse(body: bytes) -> etree._Element:
    """Give the root of a document, or raise `UnreadableXmlError`."""
    if len(body) > SIZE_LIMIT_BYTES:
        raise UnreadableXmlError(f"the XML has {len(body)} bytes, more than the {SIZE_LIMIT_BYTES} allowed")
    _refuse_disguise(body)
    if body[:1].isspace():
        body = body.lstrip(_BLANKS)  # libxml2 wants the declaration to come first
    try:
        root = etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableXmlError(f"the XML is not well-formed: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableXmlError("the XML declares a DOCTYPE, which is refused")
    if _TOO_DEEP(root):
        raise UnreadableXmlError(f"the XML is nested deeper than {DEPTH_LIMIT} elements")
    return root


def legal_text(text: str) -> str:
    """Give the text back, or raise `IllegalCharacterError`; nothing is ever replaced or dropped."""
    found = _ILLEGAL.search(text)
    if found is not None:
        raise IllegalCharacterError(found.group(), found.start())
    return text


def text_of(parent: etree._Element, tag: str) -> str:
    """Give the text of a child element, "" where it is absent or empty."""
    return parent.findtext(tag) or ""


def _refuse_disguise(body: bytes) -> None:
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANKS)[:200]
    if not start.startswith(b"<") or b"\x00" in start[:4]:
        raise UnreadableXmlError("the answer does not begin like XML in UTF-8")
    declared = _ENCODING.match(start)
    if declared is not None and declared.group(1).lower() not in {b"utf-8", b"us-ascii"}:
        raise UnreadableXmlError(f"the XML is encoded as {declared.group(1).decode('ascii', 'replace')}, not as UTF-8")
    # Before libxml2 sees it: entities in attribute values are expanded whatever the parser's settings say.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise UnreadableXmlError("the XML declares a DOCTYPE, which is refused")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
