"""Statuses: what happened to one record, or to the request as a whole (reference §4.8)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.envelopes import Answer
from netsuite_simulator.faces.soap.texts import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDetail:
    """One line of a status that is no success. `code` is a value of StatusDetailCodeType."""

    code: str
    message: str
    after_submit_failed: bool = False


def add_status(answer: Answer, parent: etree._Element, *details: StatusDetail) -> None:
    """Append a status to `parent`: a success where there is nothing to tell."""
    status = etree.SubElement(parent, answer.core + "status", isSuccess="false" if details else "true")
    for detail in details:
        element = etree.SubElement(status, answer.core + "statusDetail", type="ERROR")
        etree.SubElement(element, answer.core + "code").text = detail.code
        etree.SubElement(element, answer.core + "message").text = printable(detail.message)
        if detail.after_submit_failed:
            etree.SubElement(element, answer.core + "afterSubmitFailed").text = "true"


def add_record_ref(
    answer: Answer,
    parent: etree._Element,
    tag: str,
    *,
    type_name: str | None = None,
    internal_id: str | None = None,
    external_id: str | None = None,
    name: str | None = None,
) -> etree._Element:
    """Append a RecordRef with its xsi:type, as every BaseRef of an answer carries it."""
    element = etree.SubElement(parent, tag)
    if internal_id is not None:
        element.set("internalId", internal_id)
    if external_id is not None:
        element.set("externalId", printable(external_id))
    if type_name is not None:
        element.set("type", type_name)
    answer.typed(element, "platformCore", "RecordRef")
    if name is not None:
        etree.SubElement(element, answer.core + "name").text = printable(name)
    return element
