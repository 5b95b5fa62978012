"""A door on this machine's loopback that one browser comes back to after it was at NetSuite's page (RFC 8252 §7.3).

NetSuite sends browsers to https only, so the door shows a certificate that it made itself, and browsers ask whether to go on.
It knows nothing of what the address means, answers nobody else, and writes no log.
"""

from __future__ import annotations

import ssl
import tempfile
import threading
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer
from typing import Final
from urllib.parse import urlsplit

from suitebridge.domain.credentials import Secret

LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1"})
_READING_SECONDS: Final = 5.0
_PAGE: Final = (
    b'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>SuiteBridge</title>'
    b"<h1>Back at SuiteBridge</h1><p>You can close this page. The command goes on where you started it.</p></html>"
)
_FOUND: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n"
    b"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nReferrer-Policy: no-referrer\r\n"
    b"Cache-Control: no-store\r\nConnection: close\r\n\r\n%s"
) % (len(_PAGE), _PAGE)
_NOTHING: Final = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_LONGEST_LINE: Final = 8192
_MOST_HEADERS: Final = 200
_WORDS: Final = 3  # method, address, version


class _Listener(TCPServer):
    """Listens on the loopback; a visitor who speaks nonsense is nobody's trouble."""

    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever fails to speak TLS is not the browser that is waited for."""


def is_local(redirect_uri: str) -> bool:
    """Whether an address is one of this machine's that a door can stand at: https, its name, and a port."""
    parts = urlsplit(redirect_uri)
    return parts.scheme == "https" and parts.hostname in LOCAL_NAMES and bool(parts.port)


class LoopbackDoor:
    """Waits for one browser; implements `ports.consents.ReturnDoor`."""

    def __init__(self, redirect_uri: str, *, certificate: str, private_key: Secret, seconds: float) -> None:
        if not is_local(redirect_uri):
            raise ValueError(f"{redirect_uri} is no address of this machine with https and a port.")
        parts = urlsplit(redirect_uri)
        self._seconds = seconds
        self._origin = f"https://{parts.netloc}"
        self._came: list[str] = []
        self._server = _Listener(("127.0.0.1", parts.port or 0), _visit_of(parts.path or "/", self._came))
        self._server.timeout = 1.0
        self._context = _context(certificate, private_key)

    def wait(self) -> str:
        """Answer visitors until one comes to the address itself."""
        ended = threading.Event()
        timer = threading.Timer(self._seconds, ended.set)
        timer.daemon = True
        timer.start()
        self._server.socket = self._context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        try:
            while not self._came and not ended.is_set():
                self._server.handle_request()
        finally:
            timer.cancel()
            self._server.server_close()
        return f"{self._origin}{self._came[0]}" if self._came else ""


def _visit_of(path: str, came: list[str]) -> type[StreamRequestHandler]:
    class Visit(StreamRequestHandler):
        """One request of a browser; of what it sends only the first line matters."""

        timeout = _READING_SECONDS

        def handle(self) -> None:
            """Take the address, or say that there is nothing."""
            words = self.rfile.readline(_LONGEST_LINE).decode("ascii", "replace").split()
            if len(words) != _WORDS or words[0] != "GET":
                return
            is_meant = urlsplit(words[1]).path == path
            if is_meant:
                came.append(words[1])
            # The browser has sent everything before it is answered.
            for _ in range(_MOST_HEADERS):
                if not self.rfile.readline(_LONGEST_LINE).strip():
                    break
            self.wfile.write(_FOUND if is_meant else _NOTHING)

    return Visit


def _context(certificate: str, private_key: Secret) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with tempfile.TemporaryDirectory() as folder:  # of its owner only; OpenSSL reads keys from files
        chain = Path(folder) / "door.pem"
        chain.touch(mode=0o600)
        chain.write_text(f"{private_key.reveal()}\n{certificate}")
        context.load_cert_chain(chain)
    return context
