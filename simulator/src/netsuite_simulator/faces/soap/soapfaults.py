"""SOAP faults: what they are called, what they say, how they look on the wire (reference §4.9).

Knows nothing of accounts or operations. A fault refuses a whole request; what happens to one record of a list is a
status, and lives in `statuses.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import AXIS, ENVELOPE, LATEST, XSD, XSI, namespaces_of
from netsuite_simulator.faces.soap.texts import printable

HOSTNAME = "partners-java10001.simulated.netledger.com"


@dataclass(slots=True, kw_only=True)  # not frozen: Python sets the traceback where an error leaves a context
class SoapFaultError(Exception):
    """A request refused as a whole. `element` None: the detail holds nothing but the host name, as Axis answers."""

    message: str
    element: str | None = None
    code: str = "UNEXPECTED_ERROR"
    text: str | None = None  # what the detail says where it differs from the fault string
    faultcode: str = "soapenv:Server.userException"

    def __str__(self) -> str:
        return self.message


def invalid_login() -> SoapFaultError:
    """Refuse credentials without saying why: only the login audit trail knows (reference §2.6)."""
    return SoapFaultError(element="invalidCredentialsFault", code="USER_ERROR", message="Invalid login attempt.")


def ambiguous_authentication() -> SoapFaultError:
    """Refuse a tokenPassport beside applicationInfo (reference §2.6)."""
    return SoapFaultError(
        element="invalidCredentialsFault",
        code="USER_ERROR",
        message="Ambiguous authentication",
        text="Ambiguous authentication: the header carries both tokenPassport and applicationInfo. Send tokenPassport "
        "alone; its consumer key names the integration.",
    )


def no_action() -> SoapFaultError:
    """Refuse a request without a SOAPAction header, as Axis does (assumed; reference §4.1 has the header's value)."""
    return SoapFaultError(message="no SOAPAction header!", faultcode="soapenv:Client.NoSOAPAction")


def login_required() -> SoapFaultError:
    """Refuse an operation that came without any credentials."""
    return SoapFaultError(
        element="invalidSessionFault",
        code="WS_LOG_IN_REQD",
        message="You must log in before performing a web service operation.",
    )


def permission_required(message: str, *, code: str = "WS_PERMISSION_REQD") -> SoapFaultError:
    """Refuse a role that may not use this operation at all."""
    return SoapFaultError(element="insufficientPermissionFault", code=code, message=message)


def request_blocked() -> SoapFaultError:
    """Refuse a request over the account's concurrency limit."""
    return SoapFaultError(
        element="exceededConcurrentRequestLimitFault",
        code="WS_REQUEST_BLOCKED",
        message="SuiteTalk concurrent request limit exceeded. Request blocked.",
    )


def session_busy() -> SoapFaultError:
    """Refuse a second request in a session, SOAP's older refusal (reference §4.9)."""
    return SoapFaultError(
        element="exceededRequestLimitFault",
        code="WS_CONCUR_SESSION_DISALLWD",
        message="Only one request may be made against a session at a time",
    )


def too_many_records(operation: str, limit: int, sent: int) -> SoapFaultError:
    """Refuse a list longer than the operation takes (reference §4.5)."""
    return SoapFaultError(
        element="exceededRecordCountFault",
        code="MAX_RCRDS_EXCEEDED",
        message=f"The maximum number of records allowed for this operation has been exceeded: {operation} takes "
        f"{limit}, the request holds {sent}.",
    )


def request_too_large(limit_bytes: int) -> SoapFaultError:
    """Refuse a request of more bytes than NetSuite reads; FaultCodeType has no code of its own for it."""
    return SoapFaultError(
        element="exceededRequestSizeFault",
        code="USER_ERROR",
        message=f"The maximum request size of {limit_bytes} bytes has been exceeded. Send fewer records at a time.",
    )


def version_refused(version: str) -> SoapFaultError:
    """Refuse an endpoint that NetSuite never had or has switched off."""
    looks_real = len(version) == 6 and version[:4].isdigit() and version[4] == "_" and version[5] in "12"
    too_old = looks_real and version < "2019_2"
    return SoapFaultError(
        element="invalidVersionFault",
        code="UNSUPPORTED_WS_VERSION" if too_old else "INVALID_WS_VERSION",
        message=f"SOAP web services version {version.replace('_', '.')} is not available. Use the {LATEST} endpoint.",
    )


def async_fault(code: str, message: str) -> SoapFaultError:
    """Refuse to tell of a job that is unknown or not finished (reference §4.9)."""
    return SoapFaultError(element="asyncFault", code=code, message=message)


def maintenance() -> SoapFaultError:
    """Answer as NetSuite does while an account is being upgraded."""
    return SoapFaultError(
        element="unexpectedErrorFault",
        code="ACCT_TEMP_UNAVAILABLE",
        message="The account you are trying to access is currently unavailable while we undergo our regularly "
        "scheduled maintenance.",
    )


def unexpected_error(message: str = "An unexpected error occurred.") -> SoapFaultError:
    """Answer as NetSuite does when it fails by itself."""
    return SoapFaultError(element="unexpectedErrorFault", code="UNEXPECTED_ERROR", message=message)


def malformed(message: str) -> SoapFaultError:
    """Refuse XML that does not parse or does not fit the schema, in the words NetSuite's parser uses."""
    return SoapFaultError(message=message)


def render_fault(fault: SoapFaultError, version: str) -> bytes:
    """Return the fault as a SOAP envelope in UTF-8."""
    names = namespaces_of(version).by_prefix
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE, "xsd": XSD, "xsi": XSI})
    body = etree.SubElement(root, f"{{{ENVELOPE}}}Body")
    element = etree.SubElement(body, f"{{{ENVELOPE}}}Fault")
    etree.SubElement(element, "faultcode").text = fault.faultcode
    etree.SubElement(element, "faultstring").text = printable(fault.message)
    detail = etree.SubElement(element, "detail")
    if fault.element is not None:
        namespace = names["platformFaults"]
        inner = etree.SubElement(detail, f"{{{namespace}}}{fault.element}", nsmap={"platformFaults": namespace})
        etree.SubElement(inner, f"{{{namespace}}}code").text = fault.code
        etree.SubElement(inner, f"{{{namespace}}}message").text = printable(fault.text or fault.message)
    etree.SubElement(detail, f"{{{AXIS}}}hostname", nsmap={"ns1": AXIS}).text = HOSTNAME
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
