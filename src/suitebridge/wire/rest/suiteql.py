"""SuiteQL over REST: the request of a query and the page that answers it (netsuite-api.md §5.11).

Every value of a row is a text and a null column is missing; what the texts mean is the caller's to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from suitebridge.wire.http import Request
from suitebridge.wire.rest.json import decode

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


class _Cells(msgspec.Struct):
    """One page as it comes. The `links` of a row are an array among its texts, which is why cells are a union."""

    items: list[dict[str, Cell]]
    has_more: bool = msgspec.field(name="hasMore")


_PAGES = msgspec.json.Decoder(_Cells)
_BODIES = msgspec.json.Encoder()


def address(origin: str, limit: int) -> str:
    """Give the address of a query's first page of so many rows; later pages are asked for by key, not by offset."""
    if not 1 <= limit <= ROW_LIMIT:
        raise ValueError(f"a SuiteQL page has 1 to {ROW_LIMIT} rows, not {limit}")
    return f"{origin}{PATH}?limit={limit}&offset=0"


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
    page = decode(_PAGES, body)
    return SuiteQLPage(rows=page.items, has_more=page.has_more)
