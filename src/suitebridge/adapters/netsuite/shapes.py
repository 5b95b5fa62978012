"""How the field catalog's NetSuite records look in SOAP. The catalog names elements as SOAP does; the XSD's sequence is kept here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import assert_never

from suitebridge.domain.doors import rest_only_fields
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_shapes import ElementKind, ElementShape, RecordShape
from suitebridge.wire.soap.record_writing import PACIFIC, RecordWriter

_CUSTOM_PREFIXES = ("custentity", "custbody", "custcol", "custevent", "custitem", "custrecord", "cseg")
# The sequence of the XSD, for types whose catalog entry is ordered for people instead.
_XSD_ORDER = {
    "Customer": ("entityId", "companyName", "parent", "phone", "email", "isInactive", "subsidiary", "currency"),
    "Employee": (
        "entityId", "firstName", "lastName", "phone", "email", "isInactive", "department", "class", "location", "subsidiary", "currency", "title",
    ),
    "Job": ("entityId", "companyName", "entityStatus", "parent", "isInactive", "currency", "startDate", "endDate", "projectedEndDate", "subsidiary", "projectManager"),
    "ExpenseCategory": ("name", "description", "isInactive", "rateRequired", "defaultRate"),
    "Currency": ("name", "symbol", "isInactive", "exchangeRate"),
    "InvoiceItem": ("job", "item", "description", "amount", "quantity", "rate"),
}  # fmt: skip


def writer_of(
    record_type: str, types: Mapping[str, RecordSchema] = NETSUITE_TYPES, zone: tzinfo = PACIFIC
) -> RecordWriter:
    """Give the writer of a record type, with the custom fields that `types` have, for a user in a zone; KeyError for an unknown type, ValueError for one that SOAP cannot write."""
    return _writer_of(types[record_type], zone)


@lru_cache(maxsize=256)
def _writer_of(schema: RecordSchema, zone: tzinfo) -> RecordWriter:
    return RecordWriter(shape_of(schema), zone)


def shape_of(schema: RecordSchema) -> RecordShape:
    """Derive the SOAP shape of a catalog entry; read-only fields and those that only REST has are left out."""
    if not schema.soap_type or not schema.soap_namespace:
        raise ValueError(f"{schema.plural} cannot be written to NetSuite: the catalog names no SOAP type for them.")
    return RecordShape(
        type_name=schema.soap_type,
        namespace=names.namespace_of(schema.soap_namespace),
        elements=_elements(schema, rest_only_fields(schema.name)),
    )


def _elements(schema: RecordSchema, absent: frozenset[str], prefix: str = "") -> tuple[ElementShape, ...]:
    writable = [field for field in schema.fields if not field.is_read_only and f"{prefix}{field.name}" not in absent]
    order = _XSD_ORDER.get(schema.soap_type)
    if order is not None:
        # Custom fields stand in a list of their own at the end, in any order.
        writable.sort(key=lambda field: order.index(field.name) if field.name in order else len(order))
    return tuple(_element(field, absent) for field in writable)


def _element(field: FieldSchema, absent: frozenset[str]) -> ElementShape:
    lines = field.lines
    return ElementShape(
        name=field.name,
        kind=_kind(field.kind),
        literals=tuple(literal for literal, _ in field.choices),
        is_custom=field.name.startswith(_CUSTOM_PREFIXES),
        line_name="" if lines is None else lines.soap_line,
        lines=() if lines is None else _elements(lines, absent, f"{field.name}."),
    )


def _kind(kind: Kind) -> ElementKind:
    match kind:
        case Kind.TEXT:
            return ElementKind.TEXT
        case Kind.INTEGER | Kind.DECIMAL | Kind.MONEY:
            return ElementKind.NUMBER
        case Kind.DURATION:
            return ElementKind.HOURS
        case Kind.BOOLEAN:
            return ElementKind.BOOLEAN
        case Kind.DATE:
            return ElementKind.DAY
        case Kind.INSTANT:
            return ElementKind.INSTANT
        case Kind.CHOICE:
            return ElementKind.LITERAL
        case Kind.REFERENCE:
            return ElementKind.REFERENCE
        case Kind.LINES:
            return ElementKind.LINES
        case _:
            assert_never(kind)
