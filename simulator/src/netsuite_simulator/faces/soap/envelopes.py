"""Reads request envelopes and frames answers: bytes in, elements out, and back.

Refuses to know which operations exist or what a record is. Hostile XML stops here: no entity, no DTD, no network,
libxml2's own depth limit of 256, and a size that the caller checks while reading.
"""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import (
    ENVELOPE,
    ENVELOPE_12,
    XSD,
    XSI,
    XSI_TYPE,
    Namespaces,
    split_tag,
)
from netsuite_simulator.faces.soap.soapfaults import SoapFaultError, malformed

if TYPE_CHECKING:
    import datetime

REQUEST_LIMIT_BYTES = 100 * 1024 * 1024  # reference §4.5: the whole request
DEPTH_LIMIT = 40  # a record's deepest real element lies about a dozen levels down

_HEADER = f"{{{ENVELOPE}}}Header"
_BODY = f"{{{ENVELOPE}}}Body"

_counter = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One parsed request: its header elements by local name, and the operation's element."""

    headers: dict[str, etree._Element]
    operation: str
    body: etree._Element


def parse_document(content: bytes) -> etree._Element:
    """Parse `content` and return its root; SoapFaultError where it is no well-formed, harmless XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _parse_fault(error) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise malformed("org.xml.sax.SAXException: a DOCTYPE is not allowed in a SOAP message. Remove it.")
    _refuse_depth(root)
    return root


def _parse_fault(error: Exception) -> SoapFaultError:
    line, column = getattr(error, "position", (1, 1))
    return malformed(f"org.xml.sax.SAXParseException; lineNumber: {line}; columnNumber: {column}; {error}")


def _refuse_depth(root: etree._Element) -> None:
    if root.xpath(f"boolean({'/'.join(['*'] * DEPTH_LIMIT)})"):
        raise malformed(f"org.xml.sax.SAXException: the message is nested deeper than {DEPTH_LIMIT} elements.")


def open_envelope(content: bytes, names: Namespaces) -> Envelope:
    """Return the parts of a SOAP 1.1 request of the version of `names`; SoapFaultError says what is wrong with it."""
    root = parse_document(content)
    namespace, local = split_tag(root.tag)
    if local != "Envelope" or namespace != ENVELOPE:
        if namespace == ENVELOPE_12:
            raise SoapFaultError(
                faultcode="soapenv:VersionMismatch",
                message="Version Mismatch: NetSuite speaks SOAP 1.1. Use the envelope namespace " + ENVELOPE,
            )
        raise malformed("org.xml.sax.SAXException: Bad envelope tag: " + local)
    header = root.find(_HEADER)
    body = root.find(_BODY)
    if body is None or len(body) == 0:
        raise malformed("org.xml.sax.SAXException: the envelope's Body is missing or empty. Send one operation in it.")
    element = body[0]
    namespace, operation = split_tag(element.tag)
    if namespace != names.messages:
        raise malformed(
            f"org.xml.sax.SAXException: the operation {{{namespace}}}{operation} does not belong to this endpoint, "
            f"whose messages live in {names.messages}."
        )
    headers = {} if header is None else {split_tag(child.tag)[1]: child for child in header}
    return Envelope(headers=headers, operation=operation, body=element)


class Answer:
    """One response being built. Prefixes are declared once, at the root, as NetSuite's answers do."""

    def __init__(self, names: Namespaces, account_id: str, now: datetime.datetime) -> None:
        self.names = names
        self.core = f"{{{names.core}}}"
        self.messages = f"{{{names.messages}}}"
        nsmap: dict[str, str] = {"soapenv": ENVELOPE, "xsd": XSD, "xsi": XSI, **names.by_prefix}
        self._root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap=nsmap)
        header = etree.SubElement(self._root, _HEADER)
        info = etree.SubElement(header, self.messages + "documentInfo")
        self.document_id = document_id(account_id, now)
        etree.SubElement(info, self.messages + "nsId").text = self.document_id
        self.body = etree.SubElement(self._root, _BODY)

    def leave_out_document_info(self) -> None:
        """Answer without a header, as the operations on passwords do (reference §4.3)."""
        self._root.remove(self._root[0])

    def message(self, name: str) -> etree._Element:
        """Start the body's one element."""
        return etree.SubElement(self.body, self.messages + name)

    def typed(self, element: etree._Element, prefix: str, type_name: str) -> None:
        """Set the xsi:type of `element` by a prefix declared at the root."""
        element.set(XSI_TYPE, f"{prefix}:{type_name}")

    def render(self) -> bytes:
        """Return the envelope in UTF-8."""
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")


def document_id(account_id: str, now: datetime.datetime) -> str:
    """Return an nsId of the recorded shape: WEBSERVICES_account_MMDDYYYY and digits_hex (reference §4.4)."""
    digits = f"{now.strftime('%m%d%Y')}{next(_counter):06d}{secrets.randbelow(10**13):013d}"
    return f"WEBSERVICES_{account_id}_{digits}_{secrets.token_hex(6)}"
