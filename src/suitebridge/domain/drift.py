"""Drift: custom fields that a workflow uses and that the account has no more, has under another name, or has as something else (quality.md F39).

Pure: it compares what the account describes with what the field catalog expects. Standard fields do not drift.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.workflow import Workflow

_CUSTOM = ("custentity", "custbody", "custcol", "custevent", "custitem", "custrecord", "cseg")
"""How the script ids of custom fields and of custom segments begin."""

_STRINGS, _DAYS, _MOMENTS, _OBJECTS = "string", "string:date", "string:date-time", "object"
_EXPECTED: Mapping[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({_STRINGS}),
    Kind.DURATION: frozenset({_STRINGS}),
    Kind.INTEGER: frozenset({"integer", "number"}),
    Kind.DECIMAL: frozenset({"integer", "number"}),
    Kind.MONEY: frozenset({"integer", "number"}),
    Kind.BOOLEAN: frozenset({"boolean"}),
    Kind.DATE: frozenset({_DAYS}),
    Kind.INSTANT: frozenset({_MOMENTS}),
    Kind.CHOICE: frozenset({_OBJECTS, _STRINGS}),
    Kind.REFERENCE: frozenset({_OBJECTS}),
    Kind.LINES: frozenset({_OBJECTS}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountField:
    """A field as the account describes it: its name as REST spells it, and its type in the words of JSON Schema, "string:date"."""

    name: str
    label: str
    type: str
    is_custom: bool
    is_read_only: bool


class DriftKind(enum.Enum):
    """What happened to a field; the value is what people read."""

    REMOVED = "is not there, or the role may not see it"
    RENAMED = "has another script ID now"
    RETYPED = "has another type now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One field that is not what a mapping expects; `now` is its new script id or type."""

    record_type: str
    field: str
    kind: DriftKind
    now: str = ""

    @property
    def said(self) -> str:
        """The drift in words."""
        return f"{self.field} {self.kind.value}{f' ({self.now})' if self.now else ''}"


def custom_fields(workflow: Workflow) -> tuple[str, tuple[str, ...]]:
    """Name the NetSuite record type of a workflow and the custom fields of it that the workflow reads or writes; of lines as "item.custcol_x"."""
    if workflow.direction is Direction.IMPORT:
        heads = (path.partition(".")[0] for path in workflow.source_paths())
        return workflow.source_type, _custom(heads)
    schema = NETSUITE_TYPES[workflow.target_type]
    return workflow.target_type, _custom(
        f"{_line_name(schema.by_name[group.target_list])}.{row.target}" if group.target_list else row.target
        for group in workflow.groups
        for row in group.rows
        if row.is_active
    )


def drifted(
    record_type: str,
    names: Iterable[str],
    described: Iterable[AccountField],
    types: Mapping[str, RecordSchema] = NETSUITE_TYPES,
) -> tuple[Drift, ...]:
    """Compare custom fields with what the account describes; `types` say what is expected of them."""
    known = {one.name.lower(): one for one in described}
    return tuple(found for name in names if (found := _drift(types[record_type], name, known)) is not None)


def _drift(schema: RecordSchema, name: str, known: Mapping[str, AccountField]) -> Drift | None:
    field, there = _field_of(schema, name), known.get(name.lower())
    if there is None:
        namesake = _namesake(name, field, known)
        kind = DriftKind.RENAMED if namesake else DriftKind.REMOVED
        return Drift(record_type=schema.name, field=name, kind=kind, now=namesake)
    if field is None or there.type in _EXPECTED[field.kind] or _plain(there.type) in _EXPECTED[field.kind]:
        return None
    return Drift(record_type=schema.name, field=name, kind=DriftKind.RETYPED, now=there.type)


def _plain(type_: str) -> str:
    """Leave out the format of a number or a text; that of days and moments is what tells them apart from texts."""
    return type_ if type_ in {_DAYS, _MOMENTS} else type_.partition(":")[0]


def _namesake(name: str, field: FieldSchema | None, known: Mapping[str, AccountField]) -> str:
    """Find the one custom field that carries the label of a lost one, on the same record or list."""
    if field is None:
        return ""
    place = name.rpartition(".")[0].lower()
    found = [
        one.name
        for path, one in known.items()
        if one.is_custom and one.label.casefold() == field.label.casefold() and path.rpartition(".")[0] == place
    ]
    return found[0] if len(found) == 1 else ""


def _field_of(schema: RecordSchema, name: str) -> FieldSchema | None:
    list_name, _, field = name.rpartition(".")
    if not list_name:
        return schema.by_name.get(field)
    of_lines = (one.lines for one in schema.fields if one.lines is not None and one.lines.name == list_name)
    return next((lines.by_name.get(field) for lines in of_lines), None)


def _line_name(field: FieldSchema) -> str:
    return field.name if field.lines is None else field.lines.name


def _custom(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_only_custom(names)))


def _only_custom(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name.rpartition(".")[2].startswith(_CUSTOM):
            yield name
