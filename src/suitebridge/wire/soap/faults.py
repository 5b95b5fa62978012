"""SOAP faults: the request as a whole was turned away (netsuite-api.md §4.9). What follows from one is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.xml import text_of

_FAULT = f"{{{names.ENVELOPE}}}Fault"
_DETAIL_PREFIX = "urn:faults_"


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
    faultcode, faultstring = text_of(element, "faultcode").strip(), text_of(element, "faultstring").strip()
    for detail in element.iterfind("detail/*"):
        name = etree.QName(detail)
        # The faultstring of recorded answers sometimes contradicts the detail; the detail is right (§4.9).
        if (name.namespace or "").startswith(_DETAIL_PREFIX):
            space = f"{{{name.namespace}}}"
            return Fault(
                kind=name.localname,
                code=text_of(detail, space + "code").strip(),
                message=text_of(detail, space + "message").strip() or faultstring,
                faultcode=faultcode,
            )
    return Fault(kind="", code="", message=faultstring, faultcode=faultcode)
