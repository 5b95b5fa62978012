"""Writes records into answers: values in, elements in XSD order out (reference §4.2, §4.10 to §4.14).

Knows literals and shapes. The names that references show are given to it: it asks the account nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from lxml import etree

from netsuite_simulator.faces.soap.customfields import write_custom_choice, write_custom_value
from netsuite_simulator.faces.soap.envelopes import Answer
from netsuite_simulator.faces.soap.shapes import FieldShape, RowsShape, Shape
from netsuite_simulator.faces.soap.texts import printable
from netsuite_simulator.faces.soap.times import show_day, show_instant
from netsuite_simulator.schemas.fields import Field, Kind

if TYPE_CHECKING:
    from netsuite_simulator.shelves import Stored

NameOf = Callable[[Field, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What writing needs beside the values: the answer, the account's zone, and the names of referenced records."""

    answer: Answer
    zone: datetime.tzinfo
    name_of: NameOf


def write_record(
    pen: Pen, parent: etree._Element, tag: str, shape: Shape, stored: Stored, *, with_lists: bool
) -> etree._Element:
    """Append one record under `tag`, which is returned; sublists only `with_lists`."""
    record = etree.SubElement(parent, tag)
    if stored.id:  # initialize answers records that have none yet
        record.set("internalId", stored.id)
    if stored.external_id is not None and shape.has_external_id:
        record.set("externalId", printable(stored.external_id))
    pen.answer.typed(record, shape.prefix, shape.type.soap_type)
    values = stored.values
    for entry in shape.fields:
        value = values.get(entry.name)
        if value is None:
            continue
        if entry.rows is not None:
            if with_lists and isinstance(value, list) and value:
                _write_rows(pen, record, entry, entry.rows, value)
        elif entry.field.as_text:
            _add(record, entry.tag, _shown(pen, entry.field, str(value)))
        else:
            write_value(pen, record, entry, value)
    if shape.type.type_id:
        etree.SubElement(record, shape.rec_type_tag, internalId=shape.type.type_id)
    _write_custom(pen, record, shape.custom_tag, shape.custom, values)
    return record


def _write_rows(
    pen: Pen, record: etree._Element, entry: FieldShape, rows: RowsShape, lines: list[Mapping[str, object]]
) -> None:
    wrapper = etree.SubElement(record, entry.tag)
    for line in lines:
        _write_parts(pen, etree.SubElement(wrapper, rows.line_tag), rows, line)


def _write_parts(pen: Pen, element: etree._Element, rows: RowsShape, values: Mapping[str, object]) -> None:
    for column in rows.fields:
        value = values.get(column.name)
        if value is None:
            continue
        if column.rows is not None and isinstance(value, Mapping):
            _write_parts(pen, etree.SubElement(element, column.tag), column.rows, value)
        else:
            write_value(pen, element, column, value)
    _write_custom(pen, element, rows.custom_tag, rows.custom, values)


def _write_custom(
    pen: Pen, parent: etree._Element, tag: str, fields: Mapping[str, Field], values: Mapping[str, object]
) -> None:
    present = [(field, values[name]) for name, field in fields.items() if values.get(name) is not None]
    if not present:
        return
    wrapper = etree.SubElement(parent, tag)
    for field, value in present:
        match field.kind:
            case Kind.CHOICE:
                write_custom_choice(pen.answer, wrapper, field, [(str(value), _label_of(field, str(value)))])
            case Kind.REFERENCE | Kind.REFERENCES:
                ids = [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
                write_custom_choice(pen.answer, wrapper, field, [(one, pen.name_of(field, one)) for one in ids])
            case _:
                write_custom_value(pen.answer, wrapper, field, _custom_text(pen, value))


def _custom_text(pen: Pen, value: object) -> str:
    if isinstance(value, datetime.datetime):
        return show_instant(value)
    if isinstance(value, datetime.date):
        return show_day(value, pen.zone)
    return literal(value)


def literal(value: object) -> str:
    """Return the XSD literal of a plain value."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return printable(str(value))


def _shown(pen: Pen, field: Field, value: str) -> str:
    """Return what a select field or reference shows, for those that SOAP declares as plain text."""
    shown = _label_of(field, value) if field.kind is Kind.CHOICE else pen.name_of(field, value)
    return printable(shown or value)


def write_value(pen: Pen, parent: etree._Element, entry: FieldShape, value: object) -> None:
    """Append one field that has a value."""
    field = entry.field
    match field.kind:
        case Kind.TEXT | Kind.INTEGER | Kind.DECIMAL | Kind.BOOLEAN:
            _add(parent, entry.tag, literal(value))
        case Kind.DATE:
            if isinstance(value, datetime.date):
                _add(parent, entry.tag, show_day(value, pen.zone))
        case Kind.INSTANT:
            if isinstance(value, datetime.datetime):
                _add(parent, entry.tag, show_instant(value))
        case Kind.DURATION:
            span = etree.SubElement(parent, entry.tag)
            _add(span, pen.answer.core + "timeSpan", literal(value))
            _add(span, pen.answer.core + "unit", "hour")
        case Kind.CHOICE:
            _write_choice(pen, parent, entry, str(value))
        case Kind.REFERENCE:
            _write_reference(pen, parent, entry.tag, field, str(value))
        case Kind.REFERENCES:
            wrapper = etree.SubElement(parent, entry.tag)
            for internal_id in value if isinstance(value, (tuple, list)) else ():
                _write_reference(pen, wrapper, pen.answer.core + "recordRef", field, str(internal_id))
        case Kind.LINES | Kind.SUBRECORD:
            raise TypeError(f"{field.name} has parts; write_record writes them")
        case _:
            assert_never(field.kind)


def _write_choice(pen: Pen, parent: etree._Element, entry: FieldShape, chosen: str) -> None:
    for choice in entry.field.choices:
        if choice.id == chosen:
            if choice.soap is not None:
                _add(parent, entry.tag, choice.soap)
            else:
                reference = etree.SubElement(parent, entry.tag, internalId=chosen)
                _add(reference, pen.answer.core + "name", choice.label)
            return


def _write_reference(pen: Pen, parent: etree._Element, tag: str, field: Field, internal_id: str) -> None:
    reference = etree.SubElement(parent, tag, internalId=internal_id)
    name = pen.name_of(field, internal_id)
    if name is not None:
        _add(reference, pen.answer.core + "name", printable(name))


def _label_of(field: Field, chosen: str) -> str | None:
    return next((choice.label for choice in field.choices if choice.id == chosen), None)


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text
