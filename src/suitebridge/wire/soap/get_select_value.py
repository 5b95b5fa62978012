"""getSelectValue: what a select field of a record may hold, page by page (netsuite-api.md §4.6)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.results import core_element, message_element, number_in, result_of
from suitebridge.wire.xml import UnreadableXmlError, text_of

OPERATION = "getSelectValue"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectPage:
    """Pairs of internal id and name, and how many pages there are."""

    values: tuple[tuple[str, str], ...]
    pages: int


def render(record_type: str, field: str, page: int) -> bytes:
    """Give the operation's element for a field of a record type's header."""
    root = message_element(OPERATION)
    described = etree.SubElement(root, names.messages("fieldDescription"))
    core_element(described, "recordType", record_type)
    core_element(described, "field", field)
    etree.SubElement(root, names.messages("pageIndex")).text = str(page)
    return etree.tostring(root)


def read_answer(element: etree._Element) -> SelectPage:
    """Read a page. Raise `UnreadableXmlError` where it is none, `FailedStatusError` where NetSuite refused."""
    result = result_of(element, OPERATION)
    found = result.iterfind(f"{names.core('baseRefList')}/{names.core('baseRef')}")
    return SelectPage(values=tuple(map(_value, found)), pages=number_in(result, "totalPages", 1))


def _value(element: etree._Element) -> tuple[str, str]:
    id_ = element.get("internalId", "")
    if not id_:
        raise UnreadableXmlError("a value of the field came without its id")
    return id_, text_of(element, names.core("name"))
