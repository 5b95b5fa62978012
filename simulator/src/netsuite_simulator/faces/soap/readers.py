"""Reads one field's element into the Python value of its kind.

Knows XSD literals, nothing of record types as a whole. A value that the schema forbids raises ValueError (NetSuite
refuses the whole request for it); a value that is well-formed and wrong raises `RefusedFieldError` (only its record).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import assert_never

from lxml import etree

from netsuite_simulator.faces.soap.times import read_day, read_instant
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.values import Reference

Reader = Callable[[etree._Element, datetime.tzinfo], object]

DIGITS_LIMIT = 40  # far beyond any amount; keeps a hostile exponent from filling memory
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFieldError(Exception):
    """A value that NetSuite's schema allows and NetSuite refuses, with the status it answers."""

    code: str
    message: str


class EmptyReferenceError(RefusedFieldError):
    """A reference that names nothing, in a place where something has to be named."""


def read_text(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return the text, None where it is empty: NetSuite's database does not tell the two apart."""
    return element.text or None


def read_boolean(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return an xsd:boolean."""
    try:
        return _BOOLEANS[(element.text or "").strip()]
    except KeyError:
        raise ValueError(f"{element.text!r} is no xsd:boolean") from None


def read_integer(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return an xsd:long."""
    text = (element.text or "").strip()
    if len(text) > DIGITS_LIMIT or not text.lstrip("+-").isascii() or not text.lstrip("+-").isdigit():
        raise ValueError(f"{text!r} is no xsd:long")
    return int(text)


def read_number_text(element: etree._Element, zone: datetime.tzinfo) -> object:
    """Return a number that the schema takes as any text: one that is none refuses its record only."""
    if not element.text:
        return None
    try:
        return read_integer(element, zone)
    except ValueError:
        name = etree.QName(element).localname
        raise RefusedFieldError(
            code="INVALID_KEY_OR_REF", message=f"Invalid {name.lower()} reference key {element.text}."
        ) from None


def read_decimal(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return an xsd:double as an exact decimal; INF and NaN are refused, as no amount is either."""
    return decimal_of(element.text)


def decimal_of(text: str | None) -> Decimal:
    """Return the decimal that `text` spells; ValueError where it spells none."""
    try:
        value = Decimal((text or "").strip())
    except InvalidOperation:
        raise ValueError(f"{text!r} is no xsd:double") from None
    if not value.is_finite() or abs(value.adjusted()) > DIGITS_LIMIT:
        raise ValueError(f"{text!r} is no number that an account can hold")
    return value


def read_date(element: etree._Element, zone: datetime.tzinfo) -> object:
    """Return the civil day of an xsd:dateTime in the account's zone."""
    return read_day(element.text or "", zone)


def read_moment(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return an xsd:dateTime as a UTC instant."""
    return read_instant(element.text or "")


def read_duration(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return the hours of a Duration; "hour" is the only unit there is (reference §9.7)."""
    span: Decimal | None = None
    unit: str | None = None
    for child in element:
        if child.tag.endswith("}timeSpan"):
            span = decimal_of(child.text)
        elif child.tag.endswith("}unit"):
            unit = (child.text or "").strip()
    if span is None or unit != "hour":
        raise ValueError("a Duration needs a timeSpan and the unit hour")
    return span


@lru_cache(maxsize=4096)
def _to_internal(internal_id: str) -> Reference:
    return Reference(internal_id=internal_id)


def read_reference(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return what a RecordRef points at; the internal id wins where both are given (reference §4.10)."""
    internal_id = element.get("internalId")
    if internal_id:
        return _to_internal(internal_id)
    external_id = element.get("externalId")
    if external_id:
        return Reference(external_id=external_id)
    name = etree.QName(element).localname
    raise EmptyReferenceError(
        code="INVALID_KEY_OR_REF",
        message=f"Invalid {name} reference key null. Give the reference an internalId or an externalId.",
    )


def read_references(element: etree._Element, zone: datetime.tzinfo) -> object:
    """Return what a RecordRefList points at."""
    named = (child for child in element if child.get("internalId") or child.get("externalId"))
    return tuple(read_reference(child, zone) for child in named)


def read_chosen_id(element: etree._Element, _: datetime.tzinfo) -> object:
    """Return the internal id of a RecordRef to one value of a fixed list."""
    chosen = element.get("internalId")
    if chosen:
        return chosen
    name = etree.QName(element).localname
    raise RefusedFieldError(
        code="INVALID_KEY_OR_REF", message=f"Invalid {name} reference key null. Give the value's internalId."
    )


def _literal_reader(field: Field) -> Reader:
    by_literal = {choice.soap: choice.id for choice in field.choices}

    def read(element: etree._Element, _: datetime.tzinfo) -> object:
        literal = (element.text or "").strip()
        if literal not in by_literal:
            raise ValueError(f"{literal!r} is not a legal value of {field.name}")
        return by_literal[literal]

    return read


def reader_of(field: Field) -> Reader:
    """Return the reader of a standard field. LINES has none: the record's table reads sublists itself."""
    match field.kind:
        case Kind.TEXT:
            return read_text
        case Kind.INTEGER:
            return read_number_text if field.as_text else read_integer
        case Kind.DECIMAL:
            return read_decimal
        case Kind.BOOLEAN:
            return read_boolean
        case Kind.DATE:
            return read_date
        case Kind.INSTANT:
            return read_moment
        case Kind.DURATION:
            return read_duration
        case Kind.CHOICE:
            return _literal_reader(field) if any(choice.soap for choice in field.choices) else read_chosen_id
        case Kind.REFERENCE:
            return read_reference
        case Kind.REFERENCES:
            return read_references
        case Kind.LINES | Kind.SUBRECORD:
            raise TypeError(f"{field.name} is no single element; it is read by the table of its record type")
        case _:
            assert_never(field.kind)
