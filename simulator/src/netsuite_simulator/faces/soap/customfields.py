"""The customFieldList of records and lines: the seven concrete reference types (reference §4.11)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from lxml import etree

from netsuite_simulator.faces.soap.criteria import xsi_type_of
from netsuite_simulator.faces.soap.envelopes import Answer
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.readers import RefusedFieldError, read_reference, reader_of
from netsuite_simulator.faces.soap.texts import printable
from netsuite_simulator.schemas.fields import Field, Kind

# Which kinds of field each concrete type may carry.
_KINDS = {
    "StringCustomFieldRef": {Kind.TEXT},
    "LongCustomFieldRef": {Kind.INTEGER},
    "DoubleCustomFieldRef": {Kind.DECIMAL, Kind.INTEGER},
    "BooleanCustomFieldRef": {Kind.BOOLEAN},
    "DateCustomFieldRef": {Kind.DATE, Kind.INSTANT},
    "SelectCustomFieldRef": {Kind.REFERENCE, Kind.CHOICE},
    "MultiSelectCustomFieldRef": {Kind.REFERENCES},
}
_SOAP_TYPES = {
    Kind.TEXT: "StringCustomFieldRef",
    Kind.INTEGER: "LongCustomFieldRef",
    Kind.DECIMAL: "DoubleCustomFieldRef",
    Kind.DURATION: "DoubleCustomFieldRef",
    Kind.BOOLEAN: "BooleanCustomFieldRef",
    Kind.DATE: "DateCustomFieldRef",
    Kind.INSTANT: "DateCustomFieldRef",
    Kind.REFERENCE: "SelectCustomFieldRef",
    Kind.CHOICE: "SelectCustomFieldRef",
    Kind.REFERENCES: "MultiSelectCustomFieldRef",
}


def read_custom_fields(
    element: etree._Element, fields: Mapping[str, Field], zone: datetime.tzinfo
) -> dict[str, object]:
    """Return the values of a customFieldList by script id; RefusedFieldError names the field that does not fit."""
    values: dict[str, object] = {}
    for custom in element:
        script_id = custom.get("scriptId") or custom.get("internalId") or ""
        field = fields.get(script_id)
        if field is None:
            raise RefusedFieldError(
                code="INVALID_CSTM_FIELD_REF",
                message=f"The specified custom field {script_id or '(no scriptId)'} does not exist on this record type.",
            )
        _, soap_type = xsi_type_of(custom)
        if field.kind not in _KINDS.get(soap_type, set()):
            raise RefusedFieldError(
                code="INVALID_CSTM_FIELD_DATA_TYP",
                message=f"The custom field {script_id} cannot hold a value of type {soap_type}; it is a "
                f"{field.kind.value} field.",
            )
        given = [child for child in custom if split_tag(child.tag)[1] == "value"]
        if not given:
            raise RefusedFieldError(
                code="CSTM_FIELD_VALUE_REQD",
                message=f"The custom field {script_id} has no value. Use nullFieldList to clear it.",
            )
        if soap_type == "MultiSelectCustomFieldRef":
            values[script_id] = tuple(read_reference(value, zone) for value in given)
        else:
            values[script_id] = reader_of(field)(given[0], zone)
    return values


def write_custom_value(answer: Answer, parent: etree._Element, field: Field, text: str) -> None:
    """Append a customField that holds a plain value, given as its literal."""
    etree.SubElement(_custom(answer, parent, field), answer.core + "value").text = text


def write_custom_choice(
    answer: Answer, parent: etree._Element, field: Field, chosen: Iterable[tuple[str, str | None]]
) -> None:
    """Append a customField that holds select values, given as internal ids and the names they show."""
    custom = _custom(answer, parent, field)
    for internal_id, name in chosen:
        value = etree.SubElement(custom, answer.core + "value", internalId=internal_id)
        if name is not None:
            etree.SubElement(value, answer.core + "name").text = printable(name)


def _custom(answer: Answer, parent: etree._Element, field: Field) -> etree._Element:
    custom = etree.SubElement(parent, answer.core + "customField", scriptId=field.name)
    answer.typed(custom, "platformCore", _SOAP_TYPES[field.kind])
    return custom
