"""Rows of a query as values that are written as JSON objects: made in bulk, without the columns that are NULL
(reference §5.11).

A row is a struct of the query's own columns and not a dict: a page of a thousand is made several times as fast, and
none of them is ever looked at by the garbage collector. Knows nothing of SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat

import msgspec

REMEMBERED_TYPES = 256  # making one takes as long as a small page
Show = Callable[[object], str]
_UNWRITTEN = re.compile(r'["\\\x00-\x1f]')  # what a JSON text would have to escape
_NO_LINKS: tuple[str, ...] = ()


def is_row_name(name: str) -> bool:
    """Say whether a column of a row can have this name."""
    return _UNWRITTEN.search(name) is None


@lru_cache(maxsize=REMEMBERED_TYPES)
def _row_type(names: tuple[str, ...]) -> type[msgspec.Struct]:
    fields = [f"c{number}" for number in range(len(names))]
    return msgspec.defstruct(
        "Row",
        ["links", *((field, object, None) for field in fields)],
        rename=dict(zip(fields, names, strict=True)),
        omit_defaults=True,
        frozen=True,
        gc=False,
    )


def rows_of(
    found: Sequence[tuple[object, ...]], names: tuple[str, ...], shows: Mapping[int, Show]
) -> list[msgspec.Struct]:
    """Turn what SQLite found into rows; `shows` turns the values of a column, by its place, into text."""
    if not found:
        return []
    columns: list[Sequence[object]] = list(zip(*found, strict=True))
    for place, show in shows.items():
        columns[place] = [None if value is None else show(value) for value in columns[place]]
    return list(map(_row_type(names), repeat(_NO_LINKS), *columns))
