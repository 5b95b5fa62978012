"""The metadata catalog: which record types an account has for a role, and what each is made of (netsuite-api.md §5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from suitebridge.wire.rest.json import UnreadableJsonError, decode
from suitebridge.wire.rest.records import ROOT

LIST_PATH = f"{ROOT}/metadata-catalog"
SCHEMA = "application/schema+json"

_CUSTOM = "x-ns-custom-field"
_SCRIPT_IDS = ("custentity", "custbody", "custcol", "custevent", "custitem", "custrecord", "cseg")


class _Entry(msgspec.Struct):
    name: str


class _List(msgspec.Struct):
    items: list[_Entry]


class _Schema(msgspec.Struct):
    properties: dict[str, dict[str, object]]


_LISTS = msgspec.json.Decoder(_List)
_SCHEMAS = msgspec.json.Decoder(_Schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property of a record, those of a sublist's lines as "item.amount"; `type` and its format in the words of JSON Schema."""

    name: str
    title: str
    type: str
    is_custom: bool
    is_read_only: bool


def schema_path(record_type: str) -> str:
    """Give the address of a record type's description."""
    return f"{LIST_PATH}/{record_type}"


def read_names(body: bytes) -> tuple[str, ...]:
    """Read the names of record types. Raise `UnreadableJsonError` for anything else."""
    return tuple(entry.name for entry in decode(_LISTS, body).items)


def read_properties(body: bytes) -> tuple[Property, ...]:
    """Read the description of a record type. Raise `UnreadableJsonError` for anything else."""
    return tuple(_properties(decode(_SCHEMAS, body).properties, ""))


def _properties(given: Mapping[str, Mapping[str, object]], prefix: str) -> Iterator[Property]:
    for name, described in given.items():
        yield Property(
            name=f"{prefix}{name}",
            title=_text(described, "title") or name,
            type=_type(described),
            is_custom=described.get(_CUSTOM) is True or name.lower().startswith(_SCRIPT_IDS),
            is_read_only=described.get("readOnly") is True,
        )
        if not prefix:
            yield from _properties(_line_of(described), f"{name}.")


def _line_of(described: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """Give the properties of a sublist's lines; none for what is no sublist."""
    items = _inner(_inner(described, "properties"), "items")
    return {name: _object(one) for name, one in _inner(_inner(items, "items"), "properties").items()}


def _inner(described: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = described.get(name)
    return _object(found) if found is not None else {}


def _object(found: object) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise UnreadableJsonError("a property is described by no object")
    return found


def _type(described: Mapping[str, object]) -> str:
    kind, form = _text(described, "type"), _text(described, "format")
    return f"{kind}:{form}" if form else kind


def _text(described: Mapping[str, object], name: str) -> str:
    found = described.get(name)
    return found if isinstance(found, str) else ""
