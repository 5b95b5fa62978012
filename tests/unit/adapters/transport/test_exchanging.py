"""The transport over real loopback sockets: an answer, certainty that nothing left, or doubt (quality.md F01-F12)."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from suitebridge.adapters.transport import (
    Governor,
    HaltedError,
    NotSent,
    NotSentCause,
    Pace,
    Transport,
    TransportLimits,
    Uncertain,
    Verdict,
    WithdrawnError,
)
from suitebridge.wire.http import Request, Response
from tests.localhost_tls import localhost_certificate
from tests.unit.adapters.transport.conftest import Server, Speech, answer

Serve = Callable[[Speech], Server]
Open = Callable[..., Transport]


def post(url: str) -> Callable[[], Request]:
    return lambda: Request(method="POST", url=url, body=b"body")


def says(data: bytes) -> Speech:
    return lambda connection, _: connection.sendall(data)


def test_an_answer_comes_back_whole(serve: Serve, open_transport: Open) -> None:
    server = serve(says(answer(b"hello", headers="X-Thing: a\r\n")))
    (response,) = open_transport(server.origin).exchange([post(server.origin + "/path")])
    assert isinstance(response, Response)
    assert (response.status, response.body, response.headers["x-thing"]) == (200, b"hello", "a")
    assert b"User-Agent: SuiteBridge/test" in server.requests[0]
    assert server.requests[0].endswith(b"\r\n\r\nbody")


def test_every_attempt_is_made_anew(serve: Serve, open_transport: Open) -> None:
    server = serve(
        lambda connection, request: connection.sendall(
            answer(b"", status="429 Busy" if b"/1 " in request else "200 OK")
        )
    )
    made: list[int] = []

    def make() -> Request:
        made.append(len(made) + 1)
        return Request(method="POST", url=f"{server.origin}/{made[-1]}", body=b"x")

    async def at_once(_: float) -> None: ...

    (response,) = open_transport(server.origin).exchange(
        [make],
        Governor(sleep=at_once),
        lambda one: Verdict.THROTTLED if isinstance(one, Response) and one.status == 429 else Verdict.SETTLED,
    )
    assert isinstance(response, Response)
    assert response.status == 200
    assert made == [1, 2]


def test_a_request_for_which_it_is_too_late_does_not_leave(serve: Serve, open_transport: Open) -> None:
    def halted() -> Request:
        raise HaltedError("asked to stop")

    server = serve(says(answer(b"first")))
    first, second = open_transport(server.origin).exchange([post(server.origin), halted])
    assert isinstance(first, Response)
    assert second == NotSent(cause=NotSentCause.HALTED, reason="asked to stop")


@pytest.mark.fault("F01")
def test_refused_connection_sent_nothing(open_transport: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        origin = f"http://127.0.0.1:{closed.getsockname()[1]}"
    (unsent,) = open_transport(origin).exchange([post(origin)])
    assert isinstance(unsent, NotSent)
    assert unsent.cause is NotSentCause.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "http://1234567.suitetalk.api.netsuite.com/",
        "https://1234567.suitetalk.api.netsuite.com.evil.example/",
        "https://1234567.suitetalk.api.netsuite.com:8443/",
        "https://evil.example/",
        "http://127.0.0.1:9/",
        "https://netsuite.com@evil.example/",
        "ftp://1234567.suitetalk.api.netsuite.com/",
    ],
)
def test_no_byte_goes_to_an_address_that_is_neither_netsuite_nor_a_simulator(url: str, open_transport: Open) -> None:
    (unsent,) = open_transport("http://127.0.0.1:1").exchange([post(url)])
    assert isinstance(unsent, NotSent)
    assert unsent.cause is NotSentCause.FORBIDDEN


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for localhost."""
    return localhost_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def tls_port(certificate: Path) -> Iterator[tuple[int, list[bytes]]]:
    """Serve TLS with that certificate; collect what clients say after the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                    heard.append(secure.recv(65536))
                    secure.sendall(answer(b"secret"))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1]), heard
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


@pytest.mark.fault("F02")
@pytest.mark.parametrize(("host", "is_trusted"), [("localhost", False), ("127.0.0.1", True), ("localhost", True)])
def test_a_certificate_must_be_trusted_and_name_the_host(
    host: str, is_trusted: bool, certificate: Path, tls_port: tuple[int, list[bytes]]
) -> None:
    port, heard = tls_port
    origin = f"https://{host}:{port}"
    trust = ssl.create_default_context(cafile=str(certificate) if is_trusted else None)
    transport = Transport(user_agent="SuiteBridge/test", plain_origins=[origin], trust=trust)
    try:
        (came,) = transport.exchange([post(origin)])
    finally:
        transport.close()
    if is_trusted and host == "localhost":
        assert isinstance(came, Response)
        return
    assert isinstance(came, NotSent)
    assert came.cause is NotSentCause.TLS
    assert "certificate" in came.reason
    assert heard in ([], [b""])


BROKEN_ANSWERS = {
    "closed at once": b"",
    "cut in the head": b"HTTP/1.1 200 OK\r\nConte",
    "cut in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    "cut in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no HTTP": b"220 mail.example ESMTP\r\n",
    "cut in the packed body": answer(gzip.compress(b"x" * 1000)[:-9], headers="Content-Encoding: gzip\r\n"),
    "packed as something else": answer(b"???", headers="Content-Encoding: br\r\n"),
    "not packed at all": answer(b"plain", headers="Content-Encoding: gzip\r\n"),
    "huge": answer(b"x" * 200_000),
    "a bomb": answer(gzip.compress(b"\0" * 10_000_000), headers="Content-Encoding: gzip\r\n"),
}


@pytest.mark.fault("F05")
@pytest.mark.parametrize("name", BROKEN_ANSWERS)
def test_a_broken_answer_leaves_doubt(name: str, serve: Serve, open_transport: Open) -> None:
    server = serve(says(BROKEN_ANSWERS[name]))
    transport = open_transport(server.origin, limits=TransportLimits(body_bytes=100_000))
    (doubt,) = transport.exchange([post(server.origin)])
    assert isinstance(doubt, Uncertain)
    assert doubt.reason


@pytest.mark.fault("F28")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_signed_request_is_never_sent_twice(method: str, serve: Serve, open_transport: Open) -> None:
    def speech(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        connection.recv(65536)  # the second request comes by the same connection, which then breaks

    server = serve(speech)
    transport = open_transport(server.origin)
    requests = [lambda: Request(method=method, url=server.origin) for _ in range(2)]
    first, second = transport.exchange(requests)
    assert isinstance(first, Response)
    assert isinstance(second, Uncertain)
    assert len(server.requests) == 1, "nothing came by another connection"


def test_a_packed_answer_is_unpacked(serve: Serve, open_transport: Open) -> None:
    server = serve(says(answer(gzip.compress(b"hello"), headers="Content-Encoding: gzip\r\n")))
    (response,) = open_transport(server.origin).exchange([post(server.origin)])
    assert isinstance(response, Response)
    assert response.body == b"hello"


@pytest.mark.fault("F09")
def test_the_total_deadline_ends_a_slow_drip(serve: Serve, open_transport: Open) -> None:
    over = threading.Event()

    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
        over.wait(10)

    server = serve(drip)
    (doubt,) = open_transport(server.origin, limits=TransportLimits(total_seconds=0.2)).exchange([post(server.origin)])
    over.set()
    assert doubt == Uncertain(reason="no complete answer within 0.2 seconds")


@pytest.mark.parametrize("limit", [None, Governor()])
def test_an_answer_that_does_not_come_at_once_is_not_waited_for_once_whoever_asked_hurries(
    limit: Governor | None, serve: Serve, open_transport: Open
) -> None:
    halted, over = threading.Event(), threading.Event()

    def think(connection: socket.socket, _: bytes) -> None:
        """Somebody presses the button while the request is out."""
        halted.set()
        over.wait(10)

    server = serve(think)
    transport = open_transport(server.origin, limits=TransportLimits(hurried_seconds=0.05))
    (doubt,) = transport.exchange([post(server.origin)], limit, is_hurried=halted.is_set)
    over.set()
    assert doubt == Uncertain(reason="it did not come at once, and the run was asked to stop")


@pytest.mark.fault("F10")
def test_a_redirect_is_not_followed(serve: Serve, open_transport: Open, caplog: pytest.LogCaptureFixture) -> None:
    server = serve(says(answer(b"", status="302 Found", headers="Location: http://127.0.0.1:9/\r\n")))
    (response,) = open_transport(server.origin).exchange([post(server.origin)])
    assert isinstance(response, Response)
    assert response.status == 302
    (line,) = [one for one in caplog.records if one.name == "suitebridge.security"]
    assert (line.levelname, getattr(line, "kind", "")) == ("WARNING", "redirect:refused")


def test_proxies_of_the_environment_are_ignored(
    serve: Serve, open_transport: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(says(answer(b"direct")))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    (response,) = open_transport(server.origin).exchange([post(server.origin)])
    assert isinstance(response, Response)


def test_after_a_halt_nothing_more_leaves(serve: Serve, open_transport: Open) -> None:
    server = serve(says(answer(b"no", status="401 Unauthorized")))
    answers = open_transport(server.origin).exchange([post(server.origin)] * 5, judge=lambda _: Verdict.HALT)
    assert isinstance(answers[0], Response)
    assert all(isinstance(one, NotSent) and one.cause is NotSentCause.HELD_BACK for one in answers[1:])
    assert len(server.requests) == 1


def test_a_request_that_its_maker_takes_back_does_not_leave(serve: Serve, open_transport: Open) -> None:
    server = serve(says(answer(b"yes")))

    def withdrawn() -> Request:
        raise WithdrawnError("taken back")

    for limit in (None, Governor()):
        (came,) = open_transport(server.origin).exchange([withdrawn], limit)
        assert came == NotSent(cause=NotSentCause.WITHDRAWN, reason="taken back")
    assert not server.requests


@pytest.mark.fault("F01")
def test_a_dead_host_costs_its_budget_once(open_transport: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        origin = f"http://127.0.0.1:{closed.getsockname()[1]}"
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    governor = Governor(Pace(ceiling=1, unreached_budget_seconds=5), clock=lambda: sum(waited), sleep=wait)
    answers = open_transport(origin).exchange([post(origin)] * 50, governor, lambda _: Verdict.UNREACHED)
    assert [one.cause for one in answers if isinstance(one, NotSent)] == [
        NotSentCause.UNREACHABLE,
        *[NotSentCause.HELD_BACK] * 49,
    ]
    assert sum(waited) <= 5


def test_answers_come_in_the_order_of_requests(serve: Serve, open_transport: Open) -> None:
    server = serve(lambda connection, request: connection.sendall(answer(request.split(b" ")[1])))
    answers = open_transport(server.origin).exchange([post(f"{server.origin}/{n}") for n in range(20)], Governor())
    assert [one.body for one in answers if isinstance(one, Response)] == [f"/{n}".encode() for n in range(20)]


def test_a_closed_transport_opens_anew(serve: Serve, open_transport: Open) -> None:
    server = serve(says(answer(b"again")))
    transport = open_transport(server.origin)
    for _ in range(2):
        (response,) = transport.exchange([post(server.origin)])
        assert isinstance(response, Response)
        transport.close()
    assert transport.exchange([]) == []
