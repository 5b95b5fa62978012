"""SOAP faults: the request as a whole was turned away (netsuite-api.md §4.9). What follows from one is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.xml import text_of

_FAULT = f"{{{names.ENVELOPE}}}Fault"
_DETAIL_PREFIX = "urn:faults_"
_DETAILS = ("detail", f"{{{names.ENVELOPE}}}detail")
_CODE, _MESSAGE = "{*}code", "{*}message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault by its detail element ("invalidCredentialsFault"), code and words; `kind` and `code` are "" where SOAP itself failed."""

    kind: str
    code: str
    message: str
    faultcode: str

    @property
    def is_senders(self) -> bool:
        """Whether NetSuite could not even read the request: nothing of it was carried out."""
        return self.faultcode.endswith(("Client", "VersionMismatch", "MustUnderstand")) or "org.xml.sax" in self.message


def read_fault(element: etree._Element) -> Fault | None:
    """Read a Fault, or give None for any other element of a Body."""
    if element.tag != _FAULT:
        return None
    faultcode, faultstring = text_of(element, "{*}faultcode").strip(), text_of(element, "{*}faultstring").strip()
    detail = _detail_of(element)
    if detail is None:
        return Fault(kind="", code="", message=faultstring, faultcode=faultcode)
    # The faultstring of recorded answers sometimes contradicts the detail; the detail is right (§4.9).
    return Fault(
        kind="" if detail.tag in _DETAILS else etree.QName(detail).localname,
        code=text_of(detail, _CODE).strip(),
        message=text_of(detail, _MESSAGE).strip() or faultstring,
        faultcode=faultcode,
    )


def _detail_of(fault: etree._Element) -> etree._Element | None:
    """Find what tells code and words: the fault's own element of NetSuite, and else whatever has a code, in any namespace or none."""
    details = [one for tag in _DETAILS for one in fault.iterfind(tag)]
    told = [one for detail in details for one in (*detail, detail)]
    ours = [one for one in told if (etree.QName(one).namespace or "").startswith(_DETAIL_PREFIX)]
    return next(iter([*ours, *(one for one in told if one.find(_CODE) is not None)]), None)
