"""upsertList, addList, updateList and deleteList: up to a hundred records of one type in a request (netsuite-api.md §4.3, §4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_writing import RecordWriter
from suitebridge.wire.soap.results import message_element
from suitebridge.wire.soap.statuses import Status, read_status
from suitebridge.wire.soap.write_responses import WriteResponse, read_write_response, reference_attributes
from suitebridge.wire.xml import UnreadableXmlError

UPSERT, ADD, UPDATE, DELETE = "upsertList", "addList", "updateList", "deleteList"
RECORD_LIMIT = 100

_LIST, _ITEM = names.messages("writeResponseList"), names.messages("writeResponse")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteListAnswer:
    """The status of the request and one response per record, in NetSuite's order."""

    status: Status
    responses: tuple[WriteResponse, ...]


def render(operation: str, writer: RecordWriter, written: Sequence[str]) -> bytes:
    """Give the element of `UPSERT`, `ADD` or `UPDATE` around records that `writer` wrote; at most `RECORD_LIMIT` of them."""
    _refuse_more(operation, written)
    return writer.frame(operation, written)


def render_deletions(record_type: str, references: Sequence[str]) -> bytes:
    """Give the element of `DELETE` for internal ids, or external ids with "eid:" before them."""
    _refuse_more(DELETE, references)
    root = message_element(DELETE)
    for reference in references:
        attributes = {names.XSI_TYPE: "platformCore:RecordRef", "type": record_type, **reference_attributes(reference)}
        etree.SubElement(root, names.messages("baseRef"), attributes)
    return etree.tostring(root)


def read_answer(operation: str, element: etree._Element) -> WriteListAnswer:
    """Read the response; `UnreadableXmlError` where it is none."""
    inside = element.find(_LIST) if element.tag == names.messages(f"{operation}Response") else None
    if inside is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to {operation}")
    return WriteListAnswer(
        status=read_status(inside), responses=tuple(map(read_write_response, inside.iterfind(_ITEM)))
    )


def _refuse_more(operation: str, records: Sequence[str]) -> None:
    if len(records) > RECORD_LIMIT:
        raise ValueError(f"{operation} takes at most {RECORD_LIMIT} records here, not {len(records)}")
