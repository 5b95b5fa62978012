"""A webhook gets a signed message that it can check, and nothing is sent to where nothing may be sent (quality.md S32)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from suitebridge.adapters.messages.webhooks import WebhookSender
from suitebridge.domain.credentials import Secret
from suitebridge.domain.notices import Message, NoticeKind
from suitebridge.ports.notices import Answer

KEY = Secret("whsec_" + base64.b64encode(b"forty letters").decode())
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
MESSAGE = Message(id="msg_1", recipient="Ops", kind=NoticeKind.TEST, body='{"a": "ü"}', made_at=AT)

Arrived = tuple[str, dict[str, str], bytes]
"""The path, the headers in lower case, the body."""


@contextmanager
def sink(status: int = 204, *, before_answer: Callable[[], None] = lambda: None) -> Iterator[tuple[str, list[Arrived]]]:
    """Listen on this machine; give the origin, and what arrives."""
    arrived: list[Arrived] = []

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            arrived.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            before_answer()
            self.send_response(status)
            self.send_header("location", "http://127.0.0.1:1/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Sink) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", arrived
        finally:
            server.shutdown()
            thread.join()


def send(url: str, *local: str) -> Answer:
    return WebhookSender(local=local).send(url, MESSAGE, key=KEY, at=AT)


def test_a_receiver_can_check_what_it_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with sink() as (origin, arrived):
        answer = send(f"{origin}/hook?x=1", origin)
    assert answer == Answer(is_taken=True, said="127.0.0.1 took it (status 204).")
    ((path, headers, body),) = arrived
    assert (path, body) == ("/hook?x=1", MESSAGE.body.encode())
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_1", str(int(AT.timestamp())))
    content = f"msg_1.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"forty letters", content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_any_other_answer_is_told_and_a_redirect_is_not_followed(status: int) -> None:
    with sink(status) as (origin, arrived):
        answer = send(origin, origin)
    assert not answer.is_taken
    assert f"status {status}" in answer.said
    assert len(arrived) == 1


def test_who_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        origin = f"http://127.0.0.1:{server.getsockname()[1]}"
    assert send(origin, origin) == Answer(is_taken=False, said="127.0.0.1 was not reached: ConnectionRefusedError.")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "fe80::1%eth0",
        "fd00::1",
    ],
)
def test_a_name_that_leads_inside_is_not_written_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    answer = send("https://hooks.example.com/")
    assert not answer.is_taken
    assert "not of the public net" in answer.said


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [("8.8.8.8", 443), ("127.0.0.1", 443)]
    opened: list[object] = []

    def connect(address: object, **_: object) -> socket.socket:
        opened.append(address)
        raise OSError("not in tests")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", answers.pop(0))])
    monkeypatch.setattr(socket, "create_connection", connect)
    assert not send("https://hooks.example.com/").is_taken
    assert opened == [("8.8.8.8", 443)]


@pytest.mark.parametrize("url", ["http://hooks.example.com/", "http://127.0.0.1:9001/", "ftp://example.com/"])
def test_only_https_and_what_the_settings_list(url: str) -> None:
    assert send(url, "http://127.0.0.1:9000").said == "Notifications go to https addresses only."


@pytest.mark.parametrize(
    "url", ["", "hooks", "https://", "https://[::1", "https://a:b/", "https://a@b/", "https://a/#b"]
)
def test_what_is_no_address_is_said(url: str) -> None:
    assert send(url).said == "A webhook's address has the form https://hooks.example.com/suitebridge."
