"""References to whole records in requests and answers: RecordRef, and CustomRecordRef for custom records (§4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from netsuite_simulator.faces.soap.criteria import xsi_type_of
from netsuite_simulator.faces.soap.envelopes import Answer
from netsuite_simulator.faces.soap.namespaces import XSI_TYPE
from netsuite_simulator.faces.soap.texts import printable

if TYPE_CHECKING:
    from netsuite_simulator.faces.soap.calls import Call
    from netsuite_simulator.schemas.fields import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """What a reference names: `type` is None where the account keeps no records of the type called `type_name`."""

    type: RecordType | None
    type_name: str
    internal_id: str | None
    external_id: str | None


def read_referred(call: Call, element: etree._Element) -> Referred:
    """Return what a BaseRef names; the internal id wins where both ids are given."""
    local = xsi_type_of(element)[1] if element.get(XSI_TYPE) else "RecordRef"
    internal_id = element.get("internalId") or None
    external_id = None if internal_id else element.get("externalId") or None
    name = element.get("type", "")
    if local == "CustomRecordRef":
        found = custom_type(call, element.get("typeId"), element.get("scriptId"))
        name = element.get("scriptId") or element.get("typeId") or "customRecord"
    else:
        shape = call.catalog.by_name.get(name)
        found = None if shape is None or shape.type.type_id else shape.type
    return Referred(
        type=found,
        type_name=name if found is None else found.name,
        internal_id=internal_id,
        external_id=external_id,
    )


def custom_type(call: Call, type_id: str | None, script_id: str | None) -> RecordType | None:
    """Return the custom record type with one of its ids."""
    types = (shape.type for shape in call.catalog.by_name.values() if shape.type.type_id)
    if type_id:
        return next((one for one in types if one.type_id == type_id), None)
    return next((one for one in types if one.name == script_id), None)


def add_reference(
    answer: Answer,
    parent: etree._Element,
    tag: str,
    *,
    record_type: RecordType | None = None,
    internal_id: str | None = None,
    external_id: str | None = None,
    name: str | None = None,
) -> etree._Element:
    """Append a reference with its xsi:type, as every BaseRef of an answer carries it."""
    element = etree.SubElement(parent, tag)
    if internal_id is not None:
        element.set("internalId", internal_id)
    if external_id is not None:
        element.set("externalId", printable(external_id))
    is_custom = record_type is not None and bool(record_type.type_id)
    if record_type is not None and is_custom:
        element.set("typeId", record_type.type_id)
        element.set("scriptId", record_type.name)
    elif record_type is not None:
        element.set("type", record_type.name)
    answer.typed(element, "platformCore", "CustomRecordRef" if is_custom else "RecordRef")
    if name is not None:
        etree.SubElement(element, answer.core + "name").text = printable(name)
    return element
