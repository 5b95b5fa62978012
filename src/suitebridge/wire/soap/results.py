"""Finds the result inside a response, and the status that says whether it is one."""

from __future__ import annotations

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.statuses import Status, read_status
from suitebridge.wire.xml import UnreadableXmlError


class FailedStatusError(Exception):
    """NetSuite answered with a status that says failure."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.said)
        self.status = status


def result_of(element: etree._Element, operation: str) -> etree._Element:
    """Give the result of an operation. Raise `UnreadableXmlError` where there is none, `FailedStatusError` where its status says failure."""
    response, result = names.messages(f"{operation}Response"), names.core(f"{operation}Result")
    inside = element.find(result) if element.tag == response else None
    if inside is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to {operation}")
    status = read_status(inside)
    if not status.is_success:
        raise FailedStatusError(status)
    return inside


def number_in(parent: etree._Element, name: str, otherwise: int) -> int:
    """Read a whole number; `otherwise` where the element is absent."""
    text = parent.findtext(names.core(name))
    if text is None:
        return otherwise
    if not text.strip().isdecimal():
        raise UnreadableXmlError(f"{name} is no whole number")
    return int(text)


def core_element(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Add an element of references and filters."""
    element = etree.SubElement(parent, names.core(name), attributes)
    element.text = text
    return element


def message_element(operation: str) -> etree._Element:
    """Begin the element of an operation."""
    return etree.Element(
        names.messages(operation),
        nsmap={"platformMsgs": names.MESSAGES, "platformCore": names.CORE, "xsi": names.XSI},
    )
