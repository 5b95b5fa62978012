"""SOAP answers written by hand, the way NetSuite frames them."""

from __future__ import annotations

from suitebridge.wire.http import Response
from suitebridge.wire.soap import names

SPACES = (
    f'xmlns:soapenv="{names.ENVELOPE}" xmlns:core="{names.CORE}" xmlns:msgs="{names.MESSAGES}" '
    f'xmlns:faults="{names.FAULTS}" xmlns:xsi="{names.XSI}"'
)


def envelope(content: str) -> bytes:
    """Frame the content of a Body."""
    header = (
        "<soapenv:Header><msgs:documentInfo><msgs:nsId>WEBSERVICES_1</msgs:nsId></msgs:documentInfo></soapenv:Header>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope {SPACES}>{header}'
        f"<soapenv:Body>{content}</soapenv:Body></soapenv:Envelope>"
    ).encode()


def fault(kind: str, code: str, message: str, *, faultcode: str = "soapenv:Server.userException") -> bytes:
    """Write a fault; without a kind its detail holds only the host's name."""
    detail = (
        f"<faults:{kind}><faults:code>{code}</faults:code><faults:message>{message}</faults:message></faults:{kind}>"
    )
    host = '<ns1:hostname xmlns:ns1="http://xml.apache.org/axis/">host</ns1:hostname>'
    return envelope(
        f"<soapenv:Fault><faultcode>{faultcode}</faultcode><faultstring>{message}</faultstring>"
        f"<detail>{detail if kind else ''}{host}</detail></soapenv:Fault>"
    )


def status(*, code: str = "", message: str = "", after_submit: bool = False, severity: str = "ERROR") -> str:
    """Write a status: a success where no code is given."""
    if not code:
        return '<core:status isSuccess="true"/>'
    after = "<core:afterSubmitFailed>true</core:afterSubmitFailed>" if after_submit else ""
    return (
        f'<core:status isSuccess="{"false" if severity == "ERROR" else "true"}"><core:statusDetail type="{severity}">'
        f"<core:code>{code}</core:code><core:message>{message}</core:message>{after}</core:statusDetail></core:status>"
    )


def write_response(said: str, *, internal_id: str = "", external_id: str = "", has_reference: bool = True) -> str:
    """Write one record's answer."""
    ids = (f' internalId="{internal_id}"' if internal_id else "") + (
        f' externalId="{external_id}"' if external_id else ""
    )
    reference = f'<msgs:baseRef{ids} type="timeBill" xsi:type="core:RecordRef"/>' if has_reference else ""
    return f"<msgs:writeResponse>{said}{reference}</msgs:writeResponse>"


def upsert_list_response(*responses: str, said: str = "") -> bytes:
    """Write the answer of an upsertList."""
    inside = f"<msgs:writeResponseList>{said or status()}{''.join(responses)}</msgs:writeResponseList>"
    return envelope(f"<msgs:upsertListResponse>{inside}</msgs:upsertListResponse>")


def server_time_response(moment: str = "2026-05-18T10:00:00.000-07:00") -> bytes:
    """Write the answer of a getServerTime."""
    inside = (
        f"<core:getServerTimeResult>{status()}<core:serverTime>{moment}</core:serverTime></core:getServerTimeResult>"
    )
    return envelope(f"<msgs:getServerTimeResponse>{inside}</msgs:getServerTimeResponse>")


def soap(body: bytes, http_status: int = 200, **headers: str) -> Response:
    """Wrap an envelope in a response."""
    return Response(status=http_status, headers={"content-type": "text/xml; charset=utf-8", **headers}, body=body)
