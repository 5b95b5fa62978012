"""A loopback server whose answers each test writes, byte by byte where need be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from suitebridge.adapters.transport import Transport, TransportLimits

Speech = Callable[[socket.socket, bytes], None]


@dataclass(slots=True)
class Server:
    """Accepts connections one by one, reads a request, and lets `speech` answer it."""

    listening: socket.socket
    speech: Speech
    requests: list[bytes] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            request = _read_request(connection)
            self.requests.append(request)
            self.speech(connection, request)


def _read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < sum(lengths):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    """Write a whole answer that closes its connection."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
    return head.encode() + body


@pytest.fixture
def serve() -> Iterator[Callable[[Speech], Server]]:
    servers: list[Server] = []

    def start(speech: Speech) -> Server:
        server = Server(listening=socket.create_server(("127.0.0.1", 0)), speech=speech)
        servers.append(server)
        threading.Thread(target=server.run, daemon=True).start()
        return server

    yield start
    for server in servers:
        server.listening.shutdown(socket.SHUT_RDWR)
        server.listening.close()


@pytest.fixture
def open_transport() -> Iterator[Callable[..., Transport]]:
    transports: list[Transport] = []

    def start(*origins: str, limits: TransportLimits | None = None) -> Transport:
        transport = Transport(user_agent="SuiteBridge/test", plain_origins=origins, limits=limits)
        transports.append(transport)
        return transport

    yield start
    for transport in transports:
        transport.close()
