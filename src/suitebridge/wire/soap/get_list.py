"""getList: which of these records exist, by external or internal id, and under which internal id (netsuite-api.md §4.3).

Reads identities only; fields are read through SuiteQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.statuses import Status, read_status
from suitebridge.wire.xml import UnreadableXmlError, legal_text

OPERATION = "getList"
RECORD_LIMIT = 1000

_RESPONSE, _LIST = names.messages("getListResponse"), names.messages("readResponseList")
_ITEM, _RECORD = names.messages("readResponse"), names.messages("record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A record to ask for: its RecordType literal ("timeBill") and one of its two ids."""

    type: str
    external_id: str = ""
    internal_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResponse:
    """One record's answer; ids are "" where the record does not exist."""

    status: Status
    internal_id: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetListAnswer:
    """The status of the request and one response per reference, in NetSuite's order."""

    status: Status
    responses: tuple[ReadResponse, ...]


def render(references: Sequence[Reference]) -> bytes:
    """Give the operation's element; at most `RECORD_LIMIT` references, each by exactly one id."""
    if len(references) > RECORD_LIMIT:
        raise ValueError(f"getList takes at most {RECORD_LIMIT} references, not {len(references)}")
    root = etree.Element(
        names.messages(OPERATION), nsmap={"platformMsgs": names.MESSAGES, "platformCore": names.CORE, "xsi": names.XSI}
    )
    for reference in references:
        if bool(reference.external_id) == bool(reference.internal_id):
            raise ValueError(f"a {reference.type} is asked for by its external id or by its internal id, one of them")
        key = ("externalId", reference.external_id) if reference.external_id else ("internalId", reference.internal_id)
        attributes = {names.XSI_TYPE: "platformCore:RecordRef", "type": reference.type, key[0]: legal_text(key[1])}
        etree.SubElement(root, names.messages("baseRef"), attributes)
    return etree.tostring(root)


def read_answer(element: etree._Element) -> GetListAnswer:
    """Read the response; `UnreadableXmlError` where it is none."""
    inside = element.find(_LIST) if element.tag == _RESPONSE else None
    if inside is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to getList")
    return GetListAnswer(status=read_status(inside), responses=tuple(map(_response, inside.iterfind(_ITEM))))


def _response(element: etree._Element) -> ReadResponse:
    record = element.find(_RECORD)
    if record is None:
        return ReadResponse(status=read_status(element))
    return ReadResponse(
        status=read_status(element),
        internal_id=record.get("internalId", ""),
        external_id=record.get("externalId", ""),
    )
