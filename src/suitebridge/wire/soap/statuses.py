"""Statuses: what became of one record, or of a request as a whole (netsuite-api.md §4.8)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.xml import UnreadableXmlError, text_of

_STATUS, _DETAIL = names.core("status"), names.core("statusDetail")
_CODE, _MESSAGE, _AFTER = names.core("code"), names.core("message"), names.core("afterSubmitFailed")
_TRUE = frozenset({"true", "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDetail:
    """One line of a status; `severity` is ERROR, WARN or INFO."""

    code: str
    message: str
    severity: str = "ERROR"
    is_after_submit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Success or not, with NetSuite's reasons. `is_after_submit`: a script failed after the record was stored."""

    is_success: bool
    details: tuple[StatusDetail, ...] = ()

    @property
    def errors(self) -> tuple[StatusDetail, ...]:
        """The details that are errors; all of them where none claims to be."""
        return tuple(detail for detail in self.details if detail.severity == "ERROR") or self.details

    @property
    def is_after_submit(self) -> bool:
        """Whether the record was stored although the status says failure."""
        return any(detail.is_after_submit for detail in self.details)

    @property
    def said(self) -> str:
        """NetSuite's words, one sentence after the other."""
        return " ".join(detail.message or detail.code for detail in self.errors) or "no reason given"


SUCCESS = Status(is_success=True)


def read_status(parent: etree._Element) -> Status:
    """Read the status of a response; `UnreadableXmlError` where it has none, because silence is no success, or more than one."""
    found = parent.findall(_STATUS)
    if len(found) != 1:
        raise UnreadableXmlError(f"<{etree.QName(parent).localname}> carries {len(found) or 'no'} status")
    element = found[0]
    is_success = element.get("isSuccess", "").strip() in _TRUE
    if len(element) == 0:
        return SUCCESS if is_success else Status(is_success=False)
    return Status(is_success=is_success, details=tuple(map(_detail, element.iterfind(_DETAIL))))


def _detail(element: etree._Element) -> StatusDetail:
    return StatusDetail(
        code=text_of(element, _CODE).strip(),
        message=text_of(element, _MESSAGE).strip(),
        severity=element.get("type", "ERROR"),
        is_after_submit=text_of(element, _AFTER).strip() in _TRUE,
    )
