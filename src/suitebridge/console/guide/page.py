"""What the guide's page shows: the guide's text as blocks. It reads headings, paragraphs, lists, bold and code; the text is ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs

GUIDE = Path(__file__).with_name("configuring-netsuite.md")
_SPANS = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of one kind: plain, strong or code."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading or paragraph with one item, or a list with several. A heading has the anchor that the documents' pages give it; one within a part has none."""

    kind: str
    items: tuple[tuple[Span, ...], ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """The guide."""

    tabs: tuple[Tab, ...]
    title: str
    blocks: tuple[Block, ...]
    credentials_href: str
    role_href: str


def guide_page() -> GuidePage:
    """Write the page."""
    title, blocks = _guide()
    return GuidePage(
        tabs=tabs("configuring-netsuite"),
        title=title,
        blocks=blocks,
        credentials_href=links.address("credentials"),
        role_href=links.address("integration-role"),
    )


@cache
def _guide() -> tuple[str, tuple[Block, ...]]:
    first, _, rest = GUIDE.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# "), tuple(_block(part) for part in re.split(r"\n\s*\n", rest.strip()))


def _block(part: str) -> Block:
    if part.startswith("### "):
        return Block(kind="subheading", items=(_spans(part[4:]),))
    if part.startswith("## "):
        anchor = re.sub(r"[^a-z0-9 -]", "", part[3:].lower()).replace(" ", "-")
        return Block(kind="heading", items=(_spans(part[3:]),), anchor=anchor)
    if _ITEM.match(part):
        kind = "bullets" if part[0] in "-*" else "numbers"
        lines = re.split(r"\n(?=(?:[-*]|\d+\.) )", part)
        return Block(kind=kind, items=tuple(_spans(_ITEM.sub("", line, count=1)) for line in lines))
    return Block(kind="paragraph", items=(_spans(part),))


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(_cut(" ".join(text.split())))


def _cut(text: str) -> Iterator[Span]:
    end = 0
    for match in _SPANS.finditer(text):
        if match.start() > end:
            yield Span(text=text[end : match.start()])
        yield Span(text=match[1] or match[2], kind="strong" if match[1] else "code")
        end = match.end()
    if end < len(text):
        yield Span(text=text[end:])
