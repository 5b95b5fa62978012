"""SuiteQL over REST: the request of a query and the page that answers it (netsuite-api.md §5.11).

Every value of a row is a text and a null column is missing; what the texts mean is the caller's to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from suitebridge.wire.http import Request
from suitebridge.wire.rest.json import UnreadableJsonError, decode_quickly, refuse_duplicate_keys

PATH = "/services/rest/query/v1/suiteql"
ROW_LIMIT = 1000

Cell: TypeAlias = str | list[msgspec.Raw] | None
Row: TypeAlias = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query with its bind parameters, one text for each question mark in order; Oracle converts where a column is a number."""

    text: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteQLPage:
    """The rows of one page by lower-case column name, and whether there are more."""

    rows: Sequence[Row]
    has_more: bool


class _Frame(msgspec.Struct):
    """One page as it comes, its rows not yet read."""

    items: msgspec.Raw
    has_more: bool = msgspec.field(name="hasMore")


_PAGES = msgspec.json.Decoder(_Frame)
# The `links` of a row are an array among its texts, which is why cells are a union.
_ROWS = msgspec.json.Decoder(list[dict[str, Cell]])
_RAW_ROWS = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])
_CELLS: msgspec.json.Decoder[Cell] = msgspec.json.Decoder(Cell)
_BLANKS = (b"\n", b"\r", b"\t")  # in a text they are escaped, so these stand between the words of the JSON
_BEGINNING = 60  # bytes by which a page's rows are found again in its body
_BODIES = msgspec.json.Encoder()


def address(origin: str, limit: int, offset: int = 0) -> str:
    """Give the address of a query's page of so many rows; pages of records are asked for by key, not by offset."""
    if not 1 <= limit <= ROW_LIMIT:
        raise ValueError(f"a SuiteQL page has 1 to {ROW_LIMIT} rows, not {limit}")
    return f"{origin}{PATH}?limit={limit}&offset={offset}"


def request(*, url: str, query: Query, authorization: str) -> Request:
    """Build the signed request of a query."""
    return Request(
        method="POST",
        url=url,
        headers={
            "Authorization": authorization,
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Prefer": "transient",  # without it NetSuite answers 400 (§5.11)
        },
        body=_BODIES.encode({"q": query.text, "params": query.parameters}),
    )


def read_page(body: bytes) -> SuiteQLPage:
    """Read a page; `UnreadableJsonError` where the body is none."""
    page = decode_quickly(_PAGES, body)
    items = bytes(page.items)
    rows = _rows(items)
    # A thousand rows are looked through again only where their keys may not add up: each is followed by a colon, without a blank between.
    if items.count(b'":') != sum(map(len, rows)) or b" :" in items or any(blank in items for blank in _BLANKS):
        refuse_duplicate_keys(items)
    start = body.index(items[:_BEGINNING])
    end = start + len(items)
    refuse_duplicate_keys(body[:start] + b"[]" + body[end:] if body[start:end] == items else body)
    return SuiteQLPage(rows=rows, has_more=page.has_more)


def _rows(items: bytes) -> list[dict[str, Cell]]:
    try:
        return decode_quickly(_ROWS, items)
    except UnreadableJsonError:
        raw = decode_quickly(_RAW_ROWS, items)
        return [{name: _cell(value) for name, value in row.items()} for row in raw]


def _cell(value: msgspec.Raw) -> Cell:
    """Give a value as the text it stands for: NetSuite writes every one as a text, and a gateway may not."""
    written = bytes(value)
    if written[:1] == b"{":
        raise UnreadableJsonError("a cell of a row is an object")
    if written[:1] in b'"[n':
        return decode_quickly(_CELLS, written)
    return {b"true": "T", b"false": "F"}.get(written) or written.decode("ascii")
