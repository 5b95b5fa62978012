"""attach: tie a contact or another record to a record (netsuite-api.md §4.17)."""

from __future__ import annotations

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.results import core_element, message_element
from suitebridge.wire.soap.write_responses import WriteResponse, read_write_response, reference_attributes
from suitebridge.wire.xml import UnreadableXmlError

OPERATION = "attach"
_CONTACT = "contact"


def render(to: tuple[str, str], attached: tuple[str, str]) -> bytes:
    """Give the operation's element for two pairs of RecordType literal and reference."""
    root = message_element(OPERATION)
    is_contact = attached[0] == _CONTACT
    kind = "AttachContactReference" if is_contact else "AttachBasicReference"
    tie = etree.SubElement(root, names.messages("attachReference"), {names.XSI_TYPE: f"platformCore:{kind}"})
    core_element(
        tie, "attachTo", **{names.XSI_TYPE: "platformCore:RecordRef", "type": to[0]}, **reference_attributes(to[1])
    )
    what = core_element(
        tie, "contact" if is_contact else "attachedRecord", type=attached[0], **reference_attributes(attached[1])
    )
    if not is_contact:
        what.set(names.XSI_TYPE, "platformCore:RecordRef")
    return etree.tostring(root)


def read_answer(element: etree._Element) -> WriteResponse:
    """Read the response; `UnreadableXmlError` where it is none."""
    inside = element.find(names.messages("writeResponse")) if element.tag == names.messages("attachResponse") else None
    if inside is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to attach")
    return read_write_response(inside)
