"""What clients of other languages need of the line, byte by byte: PHP's SoapClient, Savon, .NET and Axis ask in these ways.

Those clients are not to be had here; each way of sending is one that at least one of them has.
"""

from __future__ import annotations

import gzip
import http.client
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

PATH = "/services/NetSuitePort_2025_2"
WSDL, SOAP, XSD = (
    "{http://schemas.xmlsoap.org/wsdl/}",
    "{http://schemas.xmlsoap.org/wsdl/soap/}",
    "{http://www.w3.org/2001/XMLSchema}",
)
Sent = tuple[bytes, bytes]  # headers, body


def plain(body: bytes) -> Sent:
    return b"Content-Length: %d\r\n" % len(body), body


def chunked(body: bytes) -> Sent:
    pieces = [body[start : start + 100] for start in range(0, len(body), 100)]
    return b"Transfer-Encoding: chunked\r\n", b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (*pieces, b""))


def packed(body: bytes) -> Sent:
    small = gzip.compress(body)
    return b"Content-Encoding: gzip\r\nAccept-Encoding: gzip, deflate\r\nContent-Length: %d\r\n" % len(small), small


def expecting(body: bytes) -> Sent:
    return b"Expect: 100-continue\r\nContent-Length: %d\r\n" % len(body), body


def exchange(
    client: Any, sent: Sent, *, version: bytes = b"1.1", action: bytes = b'SOAPAction: "getServerTime"'
) -> bytes:
    """Send one request on a connection of its own and return everything that comes back until it is closed."""
    headers, body = sent
    head = b"POST %s HTTP/%s\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: text/xml; charset=utf-8\r\n%s" % (
        PATH.encode(), version, headers
    )  # fmt: skip
    with socket.create_connection(("127.0.0.1", client.port), timeout=20) as line:
        line.sendall(head + (action + b"\r\n" if action else b"") + b"\r\n" + body)
        return b"".join(iter(lambda: line.recv(65536), b""))


def request(client: Any) -> bytes:
    content: bytes = client.envelope("<msgs:getServerTime/>", client.passport())
    return content


@pytest.mark.parametrize("form", [plain, chunked, packed, expecting])
def test_bodies_arrive_in_every_form(client: Any, form: Callable[[bytes], Sent]) -> None:
    answer = exchange(client, form(request(client)))
    assert b"HTTP/1.1 200 OK" in answer
    assert b"getServerTimeResult" in answer


@pytest.mark.parametrize(
    "action", [b"SOAPAction: getServerTime", b'SOAPAction: ""', b'soapaction: "urn:getServerTime"']
)
def test_clients_of_http_1_0_and_their_ways_to_write_the_action(client: Any, action: bytes) -> None:
    answer = exchange(client, plain(request(client)), version=b"1.0", action=action)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200")
    assert b"chunked" not in head.lower()
    assert etree.fromstring(body) is not None


def test_a_request_without_the_action_is_refused(client: Any) -> None:
    answer = exchange(client, plain(request(client)), action=b"")
    assert b" 500 " in answer.splitlines()[0]
    assert b"Client.NoSOAPAction" in answer
    assert b"no SOAPAction header!" in answer


def test_the_wsdl_is_one_port_of_documents_whose_imports_are_all_served(client: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)

    def read(address: str) -> Any:
        connection.request("GET", urlsplit(address).path)
        response = connection.getresponse()
        assert (response.status, response.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
        return etree.fromstring(response.read())

    wsdl = read("/wsdl/v2025_2_0/netsuite.wsdl")
    assert len(list(wsdl.iter(f"{WSDL}port"))) == 1
    assert {one.get("style") for one in wsdl.iter(f"{SOAP}binding")} == {"document"}
    assert {one.get("use") for one in wsdl.iter(f"{SOAP}body")} == {"literal"}
    actions = [
        one.find(f"{SOAP}operation").get("soapAction")
        for one in wsdl.find(f"{WSDL}binding").findall(f"{WSDL}operation")
    ]
    assert len(actions) == 42
    assert all(actions)
    todo, seen = [wsdl], set()
    while todo:
        for one in todo.pop().iter(f"{XSD}import"):
            if one.get("schemaLocation") not in seen:
                seen.add(one.get("schemaLocation"))
                imported = read(one.get("schemaLocation"))
                assert imported.get("targetNamespace") == one.get("namespace")
                todo.append(imported)
    connection.close()
    assert len(seen) > 20
