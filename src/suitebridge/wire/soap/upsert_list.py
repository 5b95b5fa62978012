"""upsertList: create or update up to a hundred records of one type by their external ids (netsuite-api.md §4.3, §4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_writing import RecordWriter
from suitebridge.wire.soap.statuses import Status, read_status
from suitebridge.wire.soap.write_responses import WriteResponse, read_write_response
from suitebridge.wire.xml import UnreadableXmlError

OPERATION = "upsertList"
RECORD_LIMIT = 100

_RESPONSE, _LIST, _ITEM = (
    names.messages("upsertListResponse"),
    names.messages("writeResponseList"),
    names.messages("writeResponse"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertListAnswer:
    """The status of the request and one response per record, in NetSuite's order."""

    status: Status
    responses: tuple[WriteResponse, ...]


def render(writer: RecordWriter, written: Sequence[str]) -> bytes:
    """Give the operation's element around records that `writer` wrote; at most `RECORD_LIMIT` of them."""
    if len(written) > RECORD_LIMIT:
        raise ValueError(f"upsertList takes at most {RECORD_LIMIT} records, not {len(written)}")
    return writer.frame(OPERATION, written)


def read_answer(element: etree._Element) -> UpsertListAnswer:
    """Read the response; `UnreadableXmlError` where it is none."""
    inside = element.find(_LIST) if element.tag == _RESPONSE else None
    if inside is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to upsertList")
    return UpsertListAnswer(
        status=read_status(inside), responses=tuple(map(read_write_response, inside.iterfind(_ITEM)))
    )
