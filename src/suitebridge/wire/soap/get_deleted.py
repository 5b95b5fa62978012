"""getDeleted: which records of these types were deleted since a moment, page by page (netsuite-api.md §4.6, §4.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_writing import PACIFIC
from suitebridge.wire.soap.results import core_element, message_element, number_in, result_of
from suitebridge.wire.xml import UnreadableXmlError, text_of

OPERATION = "getDeleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedRecord:
    """One deletion."""

    internal_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedPage:
    """Deletions, and how many pages there are."""

    records: tuple[DeletedRecord, ...]
    pages: int


def render(types: Sequence[str], since: datetime, page: int) -> bytes:
    """Give the operation's element for RecordType literals ("job"), an aware moment and a page counted from one."""
    root = message_element(OPERATION)
    wanted = etree.SubElement(root, names.messages("getDeletedFilter"))
    day = core_element(wanted, "deletedDate", operator="onOrAfter")
    core_element(day, "searchValue", since.astimezone(PACIFIC).isoformat(timespec="milliseconds"))
    of_type = core_element(wanted, "type", operator="anyOf")
    for name in types:
        core_element(of_type, "searchValue", name)
    etree.SubElement(root, names.messages("pageIndex")).text = str(page)
    return etree.tostring(root)


def read_answer(element: etree._Element) -> DeletedPage:
    """Read a page. Raise `UnreadableXmlError` where it is none, `FailedStatusError` where NetSuite refused."""
    result = result_of(element, OPERATION)
    found = result.iterfind(f"{names.core('deletedRecordList')}/{names.core('deletedRecord')}")
    return DeletedPage(records=tuple(map(_record, found)), pages=number_in(result, "totalPages", 1))


def _record(element: etree._Element) -> DeletedRecord:
    reference = element.find(names.core("record"))
    id_ = "" if reference is None else reference.get("internalId", "")
    if reference is None or not id_:
        raise UnreadableXmlError("a deleted record came without its internal id")
    try:
        at = datetime.fromisoformat(text_of(element, names.core("deletedDate")))
    except ValueError as error:
        raise UnreadableXmlError("the moment of a deletion is no date and time") from error
    if at.tzinfo is None:
        raise UnreadableXmlError("the moment of a deletion has no offset")
    return DeletedRecord(internal_id=id_, name=text_of(reference, names.core("name")), at=at)
