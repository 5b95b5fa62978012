"""SOAP 1.1 envelopes: a signed passport around an operation, and an answer opened up to its operation's element.

The operation is rendered once and framed anew for every attempt, because only the passport changes. What an operation means
is for the files beside this one.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from lxml import etree

from suitebridge.wire import xml
from suitebridge.wire.http import Request
from suitebridge.wire.oauth1 import ALGORITHM, Passport
from suitebridge.wire.soap import names
from suitebridge.wire.xml import UnreadableXmlError

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<soapenv:Envelope xmlns:soapenv="{names.ENVELOPE}" xmlns:platformMsgs="{names.MESSAGES}" xmlns:platformCore="{names.CORE}">'
    "<soapenv:Header><platformMsgs:tokenPassport>"
)
_SIGNED = b"</platformMsgs:tokenPassport>"
_READ_ONLY = b"<platformMsgs:preferences><platformMsgs:ignoreReadOnlyFields>true</platformMsgs:ignoreReadOnlyFields></platformMsgs:preferences>"
_MIDDLE = b"</soapenv:Header><soapenv:Body>"
_TAIL = b"</soapenv:Body></soapenv:Envelope>"
_OURS = f"_{names.VERSION}.".encode()
_VERSIONS = re.compile(rb"(urn:(?:types\.)?[a-z]+)_[0-9]{4}_[12]\.(?=[a-z.]*webservices\.netsuite\.com[\"'])")
_BODY = f"{{{names.ENVELOPE}}}Body"
_ENVELOPE = f"{{{names.ENVELOPE}}}Envelope"


def request(
    *, url: str, operation: str, content: bytes, passport: Passport, has_read_only_fields: bool = False
) -> Request:
    """Frame an operation's rendered element as a signed request to `url`.

    A record that NetSuite gave `has_read_only_fields`: it is asked to pass over them (netsuite-api.md §4.12).
    """
    preferences = _READ_ONLY if has_read_only_fields else b""
    return Request(
        method="POST",
        url=url,
        headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{operation}"', "Accept": "text/xml"},
        body=_HEAD.encode() + _passport(passport) + _SIGNED + preferences + _MIDDLE + content + _TAIL,
    )


def open_answer(body: bytes) -> etree._Element:
    """Give the one element inside an answer's Body (a response or a Fault), or raise `UnreadableXmlError`."""
    root = xml.parse(_in_our_version(body))
    if root.tag != _ENVELOPE:
        raise UnreadableXmlError(f"the XML is no SOAP envelope but <{etree.QName(root).localname}>")
    inside = root.find(_BODY)
    if inside is None or len(inside) != 1:
        raise UnreadableXmlError("the SOAP envelope has no Body with one element")
    return inside[0]


def _in_our_version(body: bytes) -> bytes:
    """Read an answer of another end point as one of ours: between versions the elements that are read here are the same (netsuite-api.md §4.1).

    NetSuite answers in the version it was asked in; recorded answers and gateways that route by `NS_VER` need not.
    """
    if _OURS in body:
        return body
    return _VERSIONS.sub(lambda found: found[1] + _OURS, body)


def _passport(passport: Passport) -> bytes:
    values = (
        ("account", passport.account),
        ("consumerKey", passport.consumer_key),
        ("token", passport.token),
        ("nonce", passport.nonce),
        ("timestamp", str(passport.timestamp)),
    )
    parts = [f"<platformCore:{name}>{escape(xml.legal_text(value))}</platformCore:{name}>" for name, value in values]
    parts.append(f'<platformCore:signature algorithm="{ALGORITHM}">{passport.signature}</platformCore:signature>')
    return "".join(parts).encode()
