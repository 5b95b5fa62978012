"""Whatever comes instead of an answer is read or refused, and never anything else: no parser breaks, and none guesses (quality.md F06, S33, S34)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from suitebridge.wire import oauth2
from suitebridge.wire.rest import catalog, certificates, discovery, documents, jobs, problems, suiteql, system
from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.soap import (
    attach,
    get_currency_rate,
    get_customization_id,
    get_deleted,
    get_list,
    get_select_value,
    get_server_time,
    governance,
    write_lists,
)
from suitebridge.wire.soap.envelopes import open_answer
from suitebridge.wire.soap.faults import read_fault
from suitebridge.wire.xml import DEPTH_LIMIT, UnreadableXmlError

JSON_READERS: Mapping[str, Callable[[bytes], object]] = {
    "governance": system.read_governance,
    "hosts": discovery.read_urls,
    "jobs": jobs.read_tasks,
    "list of certificates": certificates.read_list,
    "certificate": certificates.read_one,
    "names": catalog.read_names,
    "properties": catalog.read_properties,
    "records": documents.read_documents,
    "rows": suiteql.read_page,
    "token": oauth2.read_token,
}
XML_READERS: Mapping[str, Callable[[etree._Element], object]] = {
    "attach": attach.read_answer,
    "currency rates": get_currency_rate.read_answer,
    "customizations": get_customization_id.read_answer,
    "deleted": get_deleted.read_answer,
    "fault": read_fault,
    "governance of the account": governance.read_account,
    "governance of the integration": governance.read_integration,
    "records": get_list.read_answer,
    "select values": get_select_value.read_answer,
    "time": get_server_time.read_answer,
    "written": lambda element: write_lists.read_answer("upsertList", element),
}

_PLAIN = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=8)
_KEYS = st.sampled_from(
    ["items", "access_token", "expires_in", "certificate_id", "entity_role_id", "o:errorDetails", "detail", "count", "links",
     "hasMore", "accountConcurrencyLimit", "restDomain", "completed", "id", "properties", "components", ""]
)  # fmt: skip
DOCUMENTS = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12
)

HOSTILE_JSON = {
    "nothing": b"",
    "not a number": b'{"items": NaN}',
    "infinity": b'{"items": [Infinity]}',
    "a key twice": b'{"items": [], "items": [{"a": 1}]}',
    "a key twice below": b'{"items": [{"id": "1", "id": "2"}], "hasMore": false}',
    "a lone surrogate": b'{"access_token": "\\ud800", "items": []}',
    "no UTF-8": b'{"items": ["\xff\xfe"]}',
    "cut off": b'{"items": [{"id": "1"',
    "two documents": b'{"items": []}{"items": []}',
    "too deep": b"[" * 100_000,
    "deep and whole": b'{"items":' * 5_000 + b"1" + b"}" * 5_000,
    "a huge number": b'{"items": [' + b"9" * 5_000 + b"]}",
    "a page": b"<!DOCTYPE html><html><body>Maintenance</body></html>",
}


@pytest.mark.parametrize("reader", JSON_READERS)
@pytest.mark.parametrize("hostile", HOSTILE_JSON)
def test_hostile_json_is_refused(reader: str, hostile: str) -> None:
    with pytest.raises(UnreadableJsonError):
        JSON_READERS[reader](HOSTILE_JSON[hostile])


@pytest.mark.parametrize("reader", JSON_READERS)
@given(document=DOCUMENTS)
def test_any_json_is_read_or_refused(reader: str, document: object) -> None:
    _read_or_refuse(JSON_READERS[reader], json.dumps(document).encode())


@given(body=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_as_json(body: bytes) -> None:
    for reader in JSON_READERS.values():
        _read_or_refuse(reader, body)
    problems.read_problem(body)


def _read_or_refuse(reader: Callable[[bytes], object], body: bytes) -> None:
    try:
        reader(body)
    except UnreadableJsonError:
        return


HOSTILE_XML = {
    "nothing": b"",
    "a page": b"<!DOCTYPE html><html><body>Maintenance</body></html>",
    "an entity": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "laughs": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    "a file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "an entity nobody declared": b"<x>&nobody;</x>",
    "UTF-16": "<?xml version='1.0' encoding='UTF-16'?><x/>".encode("utf-16"),
    "EBCDIC": b"<?xml version='1.0' encoding='cp037'?><x/>",
    "cut off": b"<x><y>",
    "two roots": b"<x/><y/>",
    "too deep": b"<x>" * (DEPTH_LIMIT + 2) + b"</x>" * (DEPTH_LIMIT + 2),
    "another namespace": b'<soapenv:Envelope xmlns:soapenv="http://www.w3.org/2003/05/soap-envelope"><soapenv:Body><x/></soapenv:Body></soapenv:Envelope>',
    "no body": b'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"/>',
    "an empty body": b'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body/></soapenv:Envelope>',
    "no UTF-8": b"<x>\xff\xfe</x>",
    "a surrogate": b"<x>&#xD800;</x>",
}


@pytest.mark.parametrize("hostile", HOSTILE_XML)
def test_hostile_xml_is_refused(hostile: str) -> None:
    with pytest.raises(UnreadableXmlError):
        open_answer(HOSTILE_XML[hostile])


_NAMES = st.sampled_from(["status", "writeResponseList", "writeResponse", "readResponseList", "readResponse", "baseRef", "searchResult", "record", "getServerTimeResult", "serverTime", "code", "message", "detail", "Fault", "faultcode"])  # fmt: skip
_SPACES = st.sampled_from(
    [
        "",
        "urn:core_2025_2.platform.webservices.netsuite.com",
        "urn:messages_2025_2.platform.webservices.netsuite.com",
        "urn:evil",
    ]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    """Draw an element with NetSuite's names in whatever places."""
    space, name = draw(_SPACES), draw(_NAMES)
    element = etree.Element(f"{{{space}}}{name}" if space else name)
    for attribute in draw(
        st.lists(st.sampled_from(["isSuccess", "internalId", "externalId", "type"]), unique=True, max_size=3)
    ):
        element.set(attribute, draw(st.sampled_from(["true", "false", "", "1", "ERROR", "x"])))
    if depth:
        element.extend(draw(st.lists(elements(depth - 1), max_size=3)))
    if not len(element):
        element.text = draw(
            st.sampled_from(["", "2026-01-01T00:00:00.000-08:00", "12", "-1", "words", "NaN", "9" * 40])
        )
    return element


@pytest.mark.parametrize("reader", XML_READERS)
@given(element=elements())
def test_any_element_is_read_or_refused(reader: str, element: etree._Element) -> None:
    try:
        XML_READERS[reader](element)
    except UnreadableXmlError:
        return
