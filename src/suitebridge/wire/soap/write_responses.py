"""How a write names a record, and what it answered for it: its status and the reference it carries (netsuite-api.md §4.8)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.statuses import Status, read_status
from suitebridge.wire.unwritable import BY_EXTERNAL_ID
from suitebridge.wire.xml import legal_text

_BASE_REF = names.messages("baseRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResponse:
    """One record's answer; ids are "" where NetSuite did not say."""

    status: Status
    internal_id: str
    external_id: str


def read_write_response(element: etree._Element) -> WriteResponse:
    """Read a writeResponse."""
    reference = element.find(_BASE_REF)
    return WriteResponse(
        status=read_status(element),
        internal_id="" if reference is None else reference.get("internalId", ""),
        external_id="" if reference is None else reference.get("externalId", ""),
    )


def reference_attributes(reference: str) -> dict[str, str]:
    """Give the attribute that names a record by its internal id, or by its external id where "eid:" stands before it."""
    text = legal_text(reference)
    if text.startswith(BY_EXTERNAL_ID):
        return {"externalId": text.removeprefix(BY_EXTERNAL_ID)}
    return {"internalId": text}
