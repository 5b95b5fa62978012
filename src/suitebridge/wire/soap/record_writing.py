"""Writes records as SOAP elements, by shapes compiled once into a list of element writers.

Refuses values that do not fit their kind and characters that XML cannot carry: nothing is cut, replaced or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, assert_never
from zoneinfo import ZoneInfo

from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_shapes import ElementKind, ElementShape, RecordShape, SoapRecord, SoapValue
from suitebridge.wire.unwritable import BY_EXTERNAL_ID, UnwritableValueError, checked_text, kind_of

PACIFIC = ZoneInfo("America/Los_Angeles")
_CUSTOM_TYPES = {
    ElementKind.TEXT: "StringCustomFieldRef",
    ElementKind.NUMBER: "DoubleCustomFieldRef",
    ElementKind.BOOLEAN: "BooleanCustomFieldRef",
    ElementKind.DAY: "DateCustomFieldRef",
    ElementKind.INSTANT: "DateCustomFieldRef",
    ElementKind.REFERENCE: "SelectCustomFieldRef",
    ElementKind.LITERAL: "SelectCustomFieldRef",
}
_Write: TypeAlias = Callable[[list[str], SoapValue], None]

# Elements are written as text (ADR 7); every value goes through `_escaped`.
_SPECIAL = re.compile('[&<>"\\t\\n\\r]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ELEMENT_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")


class RecordWriter:
    """Writes records of one shape; days are midnights of the zone that the user has in NetSuite."""

    def __init__(self, shape: RecordShape, zone: tzinfo = PACIFIC) -> None:
        self._start = f'<platformMsgs:record xsi:type="record:{_element(shape.type_name)}" '
        self._namespaces = (
            f'xmlns:platformMsgs="{names.MESSAGES}" xmlns:platformCore="{names.CORE}" '
            f'xmlns:record="{_escaped(shape.namespace)}" xmlns:xsi="{names.XSI}"'
        )
        self._elements = _ElementsWriter(shape.elements, zone)

    def frame(self, operation: str, written: Iterable[str]) -> bytes:
        """Give the element of an operation around records that `write` gave."""
        tag = f"platformMsgs:{operation}"
        return f"<{tag} {self._namespaces}>{''.join(written)}</{tag}>".encode()

    def write(self, record: SoapRecord) -> str:
        """Give one record's element; raise `UnwritableValueError` for a value that cannot go out."""
        self._elements.refuse_unknown((*record.values, *record.nulls))
        if record.internal_id:
            parts = [self._start, 'internalId="', _text("internalId", record.internal_id), '">']
        else:
            parts = [self._start, 'externalId="', _text("externalId", record.external_id), '">']
        if record.nulls:
            cleared = "".join(f"<platformCore:name>{_escaped(name)}</platformCore:name>" for name in record.nulls)
            parts.append(f"<platformCore:nullFieldList>{cleared}</platformCore:nullFieldList>")
        self._elements.write(parts, record.values)
        parts.append("</platformMsgs:record>")
        return "".join(parts)


class _ElementsWriter:
    """Writes the elements of a record or of a line in their order, custom fields last in their list."""

    def __init__(self, elements: Sequence[ElementShape], zone: tzinfo) -> None:
        self._known = {element.name for element in elements}
        self._plain = [(element.name, _writer(element, zone)) for element in elements if not element.is_custom]
        self._custom = [(element.name, _custom_writer(element, zone)) for element in elements if element.is_custom]

    def refuse_unknown(self, found: Iterable[str]) -> None:
        """Raise `UnwritableValueError` for a name that the shape does not have."""
        for name in found:
            if name not in self._known:
                raise UnwritableValueError(name, "NetSuite's record has no such field")

    def write(self, parts: list[str], values: Mapping[str, SoapValue]) -> None:
        """Append the values that are there."""
        for name, write in self._plain:
            value = values.get(name)
            if value is not None:
                write(parts, value)
        custom: list[str] = []
        for name, write in self._custom:
            value = values.get(name)
            if value is not None:
                write(custom, value)
        if custom:
            parts.extend(("<record:customFieldList>", *custom, "</record:customFieldList>"))


def _writer(element: ElementShape, zone: tzinfo) -> _Write:
    name, tag = element.name, f"record:{_element(element.name)}"
    match element.kind:
        case ElementKind.REFERENCE:
            return lambda parts, value: parts.append(f"<{tag} {_identity(name, value)}/>")
        case ElementKind.HOURS:
            start = f"<{tag}><platformCore:timeSpan>"
            end = f"</platformCore:timeSpan><platformCore:unit>hour</platformCore:unit></{tag}>"
            return lambda parts, value: parts.append(f"{start}{_number(name, value)}{end}")
        case ElementKind.LINES:
            return _lines_writer(element, zone)
        case ElementKind.LITERAL if element.literals:
            return lambda parts, value: parts.append(f"<{tag}>{_literal(element, value)}</{tag}>")
        case _:
            convert = _converter(element.kind, zone)
            return lambda parts, value: parts.append(f"<{tag}>{convert(name, value)}</{tag}>")


def _lines_writer(element: ElementShape, zone: tzinfo) -> _Write:
    name, tag, line_tag = element.name, f"record:{_element(element.name)}", f"record:{_element(element.line_name)}"
    line_writer = _ElementsWriter(element.lines, zone)

    def write_lines(parts: list[str], value: SoapValue) -> None:
        if not isinstance(value, list | tuple):
            raise UnwritableValueError(name, f"it takes lines, and got {kind_of(value)}")
        # replaceAll: the lines given are all there are, so that a record sent twice does not double its lines.
        parts.append(f'<{tag} replaceAll="true">')
        for number, line in enumerate(value, start=1):
            parts.append(f"<{line_tag}>")
            try:
                line_writer.refuse_unknown(line)
                line_writer.write(parts, line)
            except UnwritableValueError as error:
                raise UnwritableValueError(f"{name} line {number}, {error.field}", error.reason) from error
            parts.append(f"</{line_tag}>")
        parts.append(f"</{tag}>")

    return write_lines


def _custom_writer(element: ElementShape, zone: tzinfo) -> _Write:
    name = element.name
    kind = _CUSTOM_TYPES.get(element.kind)
    if kind is None:
        raise UnwritableValueError(name, f"a custom field cannot be of kind {element.kind.value}")
    start = f'<platformCore:customField xsi:type="platformCore:{kind}" scriptId="{_element(name)}">'
    end = "</platformCore:customField>"
    if kind == "SelectCustomFieldRef":
        return lambda parts, value: parts.append(f"{start}<platformCore:value {_identity(name, value)}/>{end}")
    convert = _converter(element.kind, zone)
    return lambda parts, value: parts.append(
        f"{start}<platformCore:value>{convert(name, value)}</platformCore:value>{end}"
    )


def _element(name: str) -> str:
    if not _ELEMENT_NAME.fullmatch(name):
        raise UnwritableValueError(name, "this is no element name")
    return name


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found.group()], text) if _SPECIAL.search(text) else text


def _converter(kind: ElementKind, zone: tzinfo) -> Callable[[str, SoapValue], str]:
    match kind:
        case ElementKind.TEXT | ElementKind.LITERAL | ElementKind.REFERENCE:
            return _text
        case ElementKind.NUMBER | ElementKind.HOURS:
            return _number
        case ElementKind.BOOLEAN:
            return _boolean
        case ElementKind.DAY:
            return lambda name, value: _day(name, value, zone)
        case ElementKind.INSTANT:
            return _instant
        case ElementKind.LINES:
            raise UnwritableValueError("lines", "a list has no text")
        case _:
            assert_never(kind)


def _text(name: str, value: SoapValue) -> str:
    if not isinstance(value, str) or not value.isprintable():  # the usual text needs no call
        value = checked_text(name, value)
    return _escaped(value)


def _literal(element: ElementShape, value: SoapValue) -> str:
    if isinstance(value, str) and value in element.literals:
        return value  # an enumeration's literals hold nothing to be escaped
    text = checked_text(element.name, value)
    raise UnwritableValueError(element.name, f"it takes one of {', '.join(element.literals)}, and got {text[:40]!r}")


def _identity(name: str, value: SoapValue) -> str:
    text = _text(name, value)
    if text.startswith(BY_EXTERNAL_ID):
        return f'externalId="{text.removeprefix(BY_EXTERNAL_ID)}"'
    return f'internalId="{text}"'


def _number(name: str, value: SoapValue) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnwritableValueError(name, f"it takes a number, and got {kind_of(value)}")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise UnwritableValueError(name, f"{value} is no number that NetSuite can keep")
        return format(value, "f")
    return str(value)


def _boolean(name: str, value: SoapValue) -> str:
    if not isinstance(value, bool):
        raise UnwritableValueError(name, f"it takes yes or no, and got {kind_of(value)}")
    return "true" if value else "false"


def _day(name: str, value: SoapValue, zone: tzinfo) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise UnwritableValueError(name, f"it takes a day, and got {kind_of(value)}")
    return midnight(value, zone)


def _instant(name: str, value: SoapValue) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise UnwritableValueError(name, f"it takes a moment with its zone, and got {kind_of(value)}")
    return value.astimezone(PACIFIC).isoformat(timespec="milliseconds")


@lru_cache(maxsize=4096)
def midnight(day: date, zone: tzinfo = PACIFIC) -> str:
    """Write a civil day as NetSuite reads it: midnight in the user's zone, with that zone's offset on that day (netsuite-api.md §4.14)."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).isoformat(timespec="milliseconds")
