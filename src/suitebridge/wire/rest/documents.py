"""Whole records as REST shows them, told as texts by path: "entity", "item[1].amount" (netsuite-api.md §5.3 to §5.5).

What a reference is called, and where it lies, is left out: an id says it. Refuses to know record types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from suitebridge.wire.rest.json import UnreadableJsonError, decode
from suitebridge.wire.rest.records import ROOT

ID_LIMIT = 100
"""So many records at a time keep the address short."""

_DEPTH_LIMIT = 12
_LEFT_OUT = frozenset({"links", "refName"})


class _Page(msgspec.Struct):
    items: list[dict[str, object]]


_PAGES = msgspec.json.Decoder(_Page, float_hook=Decimal)


def address(record_type: str, ids: Sequence[str]) -> str:
    """Give the path of so many records of a type, each with its sublists."""
    if not 1 <= len(ids) <= ID_LIMIT or not all(id_.removeprefix("-").isdecimal() for id_ in ids):
        raise ValueError(f"an address takes 1 to {ID_LIMIT} internal ids")
    return f"{ROOT}/{record_type}?ids={','.join(ids)}&expandRecords=true&expandSubResources=true&limit={ID_LIMIT}"


def read_documents(body: bytes) -> Mapping[str, Mapping[str, str]]:
    """Read a page of records by their internal ids. Raise `UnreadableJsonError` for anything else."""
    found: dict[str, Mapping[str, str]] = {}
    for item in decode(_PAGES, body).items:
        id_ = item.get("id")
        if not isinstance(id_, str):
            raise UnreadableJsonError("a record came without its id")
        found[id_] = dict(sorted(_told("", item, _DEPTH_LIMIT)))
    return found


def _told(path: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth == 0:
        raise UnreadableJsonError(f"{path[:80]} is nested too deep")
    if isinstance(value, dict):
        yield from _told_object(path, value, depth)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _told(f"{path}[{number}]", inner, depth - 1)
    elif value is not None:
        yield path, _text(value)


def _told_object(path: str, value: Mapping[str, object], depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value.get("items"), list):
        yield from _told(path, value["items"], depth - 1)
    elif path and isinstance(value.get("id"), str):
        yield path, str(value["id"])
    else:
        for name, inner in value.items():
            if name not in _LEFT_OUT:
                yield from _told(f"{path}.{name}" if path else name, inner, depth - 1)


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value.normalize(), "f")
        case _:
            return str(value)
