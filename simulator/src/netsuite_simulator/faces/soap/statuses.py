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
    is_warning: bool = False


def add_status(answer: Answer, parent: etree._Element, *details: StatusDetail) -> None:
    """Append a status to `parent`: a success where there is nothing to tell but warnings."""
    is_success = all(detail.is_warning for detail in details)
    status = etree.SubElement(parent, answer.core + "status", isSuccess="true" if is_success else "false")
    for detail in details:
        kind = "WARN" if detail.is_warning else "ERROR"
        element = etree.SubElement(status, answer.core + "statusDetail", type=kind)
        etree.SubElement(element, answer.core + "code").text = detail.code
        etree.SubElement(element, answer.core + "message").text = printable(detail.message)
        if detail.after_submit_failed:
            etree.SubElement(element, answer.core + "afterSubmitFailed").text = "true"
