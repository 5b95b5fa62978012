"""Writes records as SOAP elements, by shapes compiled once into a list of element writers.

Refuses values that do not fit their kind and characters that XML cannot carry: nothing is cut, replaced or guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, assert_never
from zoneinfo import ZoneInfo

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_shapes import ElementKind, ElementShape, RecordShape, Scalar, SoapRecord, SoapValue
from suitebridge.wire.xml import IllegalCharacterError, legal_text

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
_Write: TypeAlias = Callable[[etree._Element, SoapValue], None]
_sub_element = etree.SubElement

_RECORD, _NULLS, _NAME = names.messages("record"), names.core("nullFieldList"), names.core("name")
_SPAN, _UNIT = names.core("timeSpan"), names.core("unit")
_CUSTOM_FIELD, _VALUE = names.core("customField"), names.core("value")


class UnwritableValueError(ValueError):
    """A value cannot be written: `field` names it, the message says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class RecordWriter:
    """Writes records of one shape."""

    def __init__(self, shape: RecordShape) -> None:
        self._type = f"record:{shape.type_name}"
        self._namespaces = {
            "platformMsgs": names.MESSAGES,
            "platformCore": names.CORE,
            "record": shape.namespace,
            "xsi": names.XSI,
        }
        self._elements = _ElementsWriter(shape.elements, f"{{{shape.namespace}}}")

    def render(self, operation: str, records: Sequence[SoapRecord]) -> bytes:
        """Give the element of an operation on a list of records; raise `UnwritableValueError` for a value that cannot go out."""
        root = etree.Element(names.messages(operation), nsmap=self._namespaces)
        for record in records:
            self._write(root, record)
        return etree.tostring(root)

    def check(self, record: SoapRecord) -> None:
        """Raise `UnwritableValueError` where this record could not be written."""
        self._write(etree.Element("check", nsmap=self._namespaces), record)

    def _write(self, parent: etree._Element, record: SoapRecord) -> None:
        self._elements.refuse_unknown((*record.values, *record.nulls))
        external_id = _legal("externalId", record.external_id)
        element = _sub_element(parent, _RECORD, {names.XSI_TYPE: self._type, "externalId": external_id})
        if record.nulls:
            cleared = _sub_element(element, _NULLS)
            for name in record.nulls:
                _sub_element(cleared, _NAME).text = name
        self._elements.write(element, record.values)


class _ElementsWriter:
    """Writes the elements of a record or of a line in their order, custom fields last in their list."""

    def __init__(self, elements: Sequence[ElementShape], space: str) -> None:
        self._known = {element.name for element in elements}
        self._custom_tag = space + "customFieldList"
        self._plain = [(element.name, _writer(element, space)) for element in elements if not element.is_custom]
        self._custom = [(element.name, _custom_writer(element)) for element in elements if element.is_custom]

    def refuse_unknown(self, found: Iterable[str]) -> None:
        """Raise `UnwritableValueError` for a name that the shape does not have."""
        for name in found:
            if name not in self._known:
                raise UnwritableValueError(name, "NetSuite's record has no such field")

    def write(self, parent: etree._Element, values: Mapping[str, SoapValue]) -> None:
        """Append the values that are there."""
        for name, write in self._plain:
            value = values.get(name)
            if value is not None:
                write(parent, value)
        wrapper: etree._Element | None = None
        for name, write in self._custom:
            value = values.get(name)
            if value is not None:
                wrapper = _sub_element(parent, self._custom_tag) if wrapper is None else wrapper
                write(wrapper, value)


def _writer(element: ElementShape, space: str) -> _Write:
    name, tag = element.name, space + element.name
    match element.kind:
        case ElementKind.REFERENCE:
            return lambda parent, value: _append_reference(parent, tag, _text(name, value))
        case ElementKind.HOURS:
            return lambda parent, value: _append_hours(parent, tag, _number(name, value))
        case ElementKind.LINES:
            return _lines_writer(element, space)
        case _:
            convert = _converter(element.kind)
            return lambda parent, value: _append_text(parent, tag, convert(name, value))


def _append_text(parent: etree._Element, tag: str, text: str) -> None:
    _sub_element(parent, tag).text = text


def _append_reference(parent: etree._Element, tag: str, internal_id: str) -> None:
    _sub_element(parent, tag, internalId=internal_id)


def _append_hours(parent: etree._Element, tag: str, hours: str) -> None:
    duration = _sub_element(parent, tag)
    _sub_element(duration, _SPAN).text = hours
    _sub_element(duration, _UNIT).text = "hour"


def _lines_writer(element: ElementShape, space: str) -> _Write:
    name, tag, line_tag = element.name, space + element.name, space + element.line_name
    line_writer = _ElementsWriter(element.lines, space)

    def write_lines(parent: etree._Element, value: SoapValue) -> None:
        if not isinstance(value, list | tuple):
            raise UnwritableValueError(name, f"it takes lines, and got {_kind_of(value)}")
        # replaceAll: the lines given are all there are, so that a record sent twice does not double its lines.
        wrapper = _sub_element(parent, tag, replaceAll="true")
        for number, line in enumerate(value, start=1):
            try:
                line_writer.refuse_unknown(line)
                line_writer.write(_sub_element(wrapper, line_tag), line)
            except UnwritableValueError as error:
                raise UnwritableValueError(f"{name} line {number}, {error.field}", error.reason) from error

    return write_lines


def _custom_writer(element: ElementShape) -> _Write:
    name = element.name
    kind = _CUSTOM_TYPES.get(element.kind)
    if kind is None:
        raise UnwritableValueError(name, f"a custom field cannot be of kind {element.kind.value}")
    is_reference = kind == "SelectCustomFieldRef"
    convert = _text if is_reference else _converter(element.kind)

    def write_custom(parent: etree._Element, value: SoapValue) -> None:
        field = _sub_element(parent, _CUSTOM_FIELD, {names.XSI_TYPE: f"platformCore:{kind}", "scriptId": name})
        if is_reference:
            _sub_element(field, _VALUE, internalId=convert(name, value))
        else:
            _sub_element(field, _VALUE).text = convert(name, value)

    return write_custom


def _converter(kind: ElementKind) -> Callable[[str, SoapValue], str]:
    match kind:
        case ElementKind.TEXT | ElementKind.LITERAL | ElementKind.REFERENCE:
            return _text
        case ElementKind.NUMBER | ElementKind.HOURS:
            return _number
        case ElementKind.BOOLEAN:
            return _boolean
        case ElementKind.DAY:
            return _day
        case ElementKind.INSTANT:
            return _instant
        case ElementKind.LINES:
            raise UnwritableValueError("lines", "a list has no text")
        case _:
            assert_never(kind)


def _text(name: str, value: SoapValue) -> str:
    if not isinstance(value, str):
        raise UnwritableValueError(name, f"it takes a text, and got {_kind_of(value)}")
    return _legal(name, value)


def _legal(name: str, text: str) -> str:
    if text.isprintable():
        return text
    try:
        return legal_text(text)
    except IllegalCharacterError as error:
        raise UnwritableValueError(name, str(error)) from error


def _number(name: str, value: SoapValue) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnwritableValueError(name, f"it takes a number, and got {_kind_of(value)}")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise UnwritableValueError(name, f"{value} is no number that NetSuite can keep")
        return format(value, "f")
    return str(value)


def _boolean(name: str, value: SoapValue) -> str:
    if not isinstance(value, bool):
        raise UnwritableValueError(name, f"it takes yes or no, and got {_kind_of(value)}")
    return "true" if value else "false"


def _day(name: str, value: SoapValue) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise UnwritableValueError(name, f"it takes a day, and got {_kind_of(value)}")
    return midnight_pacific(value)


def _instant(name: str, value: SoapValue) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise UnwritableValueError(name, f"it takes a moment with its zone, and got {_kind_of(value)}")
    return value.astimezone(PACIFIC).isoformat(timespec="milliseconds")


@lru_cache(maxsize=4096)
def midnight_pacific(day: date) -> str:
    """Write a civil day as NetSuite reads it: midnight Pacific with that day's offset (netsuite-api.md §4.14)."""
    return datetime(day.year, day.month, day.day, tzinfo=PACIFIC).isoformat(timespec="milliseconds")


def _kind_of(value: SoapValue | Scalar) -> str:
    return "lines" if isinstance(value, list | tuple) else f"a value of kind {type(value).__name__}"
