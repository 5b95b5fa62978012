"""The door on this machine that a browser comes back to."""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor

import pytest

from suitebridge.adapters.secrets.certificates import X509Certificates
from suitebridge.adapters.transport.returning import LoopbackDoor, is_local
from suitebridge.domain.certificates import KeyKind
from suitebridge.domain.credentials import Secret
from tests.unit.adapters.netsuite.lines import Clock


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def door(port: int, seconds: float = 20) -> LoopbackDoor:
    pair = X509Certificates(Clock()).create(KeyKind.P256, name="localhost", days=1)
    address = f"https://localhost:{port}/netsuite"
    return LoopbackDoor(address, certificate=pair.certificate, private_key=pair.private_key, seconds=seconds)


def visit(port: int, path: str) -> tuple[int, str]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_only_the_address_itself_is_taken(caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    opened = door(port)
    with caplog.at_level(logging.DEBUG), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(opened.wait)
        with socket.create_connection(("127.0.0.1", port), timeout=20) as stranger:
            stranger.sendall(b"no TLS at all\r\n\r\n")
        assert visit(port, "/favicon.ico") == (404, "")
        status, page = visit(port, "/netsuite?code=c0de&state=s")
        assert waiting.result(20) == f"https://localhost:{port}/netsuite?code=c0de&state=s"
    assert (status, "You can close this page" in page, "c0de" in page) == (200, True, False)
    assert "c0de" not in caplog.text


def test_a_door_that_nobody_comes_to_closes() -> None:
    assert door(free_port(), seconds=0.01).wait() == ""


@pytest.mark.parametrize(
    "address", ["http://localhost:8443/x", "https://localhost/x", "https://client.example:8443/", "custom://back"]
)
def test_other_addresses_get_no_door(address: str) -> None:
    assert not is_local(address)
    with pytest.raises(ValueError, match="no address of this machine"):
        LoopbackDoor(address, certificate="", private_key=Secret(""), seconds=1)
