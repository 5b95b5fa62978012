"""getCustomizationId: which customizations of a kind an account has, by script id (netsuite-api.md §4.17)."""

from __future__ import annotations

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.results import message_element, result_of

OPERATION = "getCustomizationId"
RECORD_TYPES = "customRecordType"


def render(kind: str) -> bytes:
    """Give the operation's element for a kind, inactive ones left out."""
    root = message_element(OPERATION)
    etree.SubElement(root, names.messages("customizationType"), getCustomizationType=kind)
    etree.SubElement(root, names.messages("includeInactives")).text = "false"
    return etree.tostring(root)


def read_answer(element: etree._Element) -> tuple[str, ...]:
    """Read the script ids. Raise `UnreadableXmlError` where it is no answer, `FailedStatusError` where NetSuite refused."""
    result = result_of(element, OPERATION)
    found = result.iterfind(f"{names.core('customizationRefList')}/{names.core('customizationRef')}")
    return tuple(id_ for one in found if (id_ := one.get("scriptId", "")))
