"""How the field catalog's NetSuite records look in REST. The catalog names fields as SOAP does; where REST spells them otherwise is kept here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import assert_never

from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.wire.rest.record_writing import PropertyKind, PropertyShape, RecordWriter

# Expense reports are spelled in lower case, header and lines (netsuite-api.md §9.8).
_LOWER_CASE = frozenset({"ExpenseReport", "ExpenseReportExpense"})
# Enumerations: SOAP's literals begin with an underscore, REST has ids of its own (netsuite-api.md §9.7).
_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("timeBill", "timeType"): {"_actualTime": "A", "_allocatedTime": "B", "_plannedTime": "P"},
    ("projectTask", "constraintType"): {"_asSoonAsPossible": "ASAP", "_fixedStart": "FIXEDSTART"},
    ("projectTask", "status"): {"_notStarted": "NOTSTART", "_inProgress": "PROGRESS", "_completed": "COMPLETE"},
}
_SPELLED: Mapping[tuple[str, str], str] = {("projectTask", "company"): "project"}


def rest_writer_of(record_type: str, types: Mapping[str, RecordSchema] = NETSUITE_TYPES) -> RecordWriter:
    """Give the writer of a record type, with the custom fields that `types` have; KeyError for an unknown type, ValueError for one that cannot be written."""
    return _writer_of(types[record_type])


@lru_cache(maxsize=256)
def _writer_of(schema: RecordSchema) -> RecordWriter:
    return RecordWriter(properties_of(schema))


def properties_of(schema: RecordSchema, *, to_read: bool = False) -> tuple[PropertyShape, ...]:
    """Derive the REST shape of a catalog entry; what NetSuite computes itself is there only `to_read`."""
    if not schema.soap_type:
        raise ValueError(f"{schema.plural} cannot be written to NetSuite: they are several record types in one table.")
    fields = (field for field in schema.fields if to_read or not field.is_read_only)
    return tuple(_property(schema, field, to_read=to_read) for field in fields)


def _property(schema: RecordSchema, field: FieldSchema, *, to_read: bool) -> PropertyShape:
    lines = field.lines
    if lines is not None:
        inner = properties_of(lines, to_read=to_read)
        return PropertyShape(name=field.name, spelled=lines.name, kind=PropertyKind.LINES, lines=inner)
    kind = _kind(field.kind)
    is_chosen = kind is PropertyKind.CHOICE and not field.is_read_only
    choices = _CHOICES[schema.name, field.name] if is_chosen else {}
    spelled = _SPELLED.get((schema.name, field.name), field.name)
    if schema.soap_type in _LOWER_CASE:
        spelled = spelled.lower()
    return PropertyShape(name=field.name, spelled=spelled, kind=kind, choices=choices)


def _kind(kind: Kind) -> PropertyKind:
    match kind:
        case Kind.TEXT:
            return PropertyKind.TEXT
        case Kind.INTEGER | Kind.DECIMAL | Kind.MONEY:
            return PropertyKind.NUMBER
        case Kind.DURATION:
            return PropertyKind.HOURS
        case Kind.BOOLEAN:
            return PropertyKind.BOOLEAN
        case Kind.DATE:
            return PropertyKind.DAY
        case Kind.INSTANT:
            return PropertyKind.INSTANT
        case Kind.CHOICE:
            return PropertyKind.CHOICE
        case Kind.REFERENCE:
            return PropertyKind.REFERENCE
        case Kind.LINES:
            return PropertyKind.LINES
        case _:
            assert_never(kind)
