"""Sends a message to a webhook: signed as Standard Webhooks wants it, only to addresses of the public net, without redirects or proxies.

The name is looked up once, every address it has is checked, and the connection goes to one that was checked: a name that answers otherwise the
second time leads nowhere else (quality.md S32). Addresses on this machine are written to only where the settings file lists them.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

from suitebridge.domain.credentials import Secret
from suitebridge.domain.notices import Message
from suitebridge.ports.notices import Answer

WAIT_SECONDS: Final = 5.0
"""How long each step of a connection may take."""

WHOLE_SECONDS: Final = 15.0
"""How long one attempt may take in all, however slowly the other side drips."""

_TAKEN: Final = range(200, 300)
_PREFIX: Final = "whsec_"


class NotPublicError(Exception):
    """A name leads to an address that is not of the public net."""


class WebhookSender:
    """Sends to webhooks; implements `ports.notices.Sender`. `local` are origins on this machine that may be written to."""

    def __init__(self, *, local: Sequence[str] = ()) -> None:
        self._local = frozenset(local)

    def objection(self, url: str) -> str:
        """Say why nothing is sent to an address, as far as its text tells."""
        try:
            parts = urlsplit(url)
            is_address = bool(parts.hostname) and parts.port != 0 and not parts.username and not parts.fragment
        except ValueError:
            is_address = False
        if not is_address:
            return "A webhook's address has the form https://hooks.example.com/suitebridge."
        if _origin(parts) in self._local:
            return ""
        if parts.scheme != "https":
            return "Notifications go to https addresses only."
        return ""

    def send(self, url: str, message: Message, *, key: Secret, at: datetime) -> Answer:
        """Send a message and tell what came of it; the answer's body is not looked at."""
        said = self.objection(url)
        if said:
            return Answer(is_taken=False, said=said)
        parts = urlsplit(url)
        try:
            status = self._post(parts, message, signed(message, key, at))
        except NotPublicError:
            said = f"Nothing was sent: {parts.hostname} leads to an address that is not of the public net."
            return Answer(is_taken=False, said=said)
        except ssl.SSLError as error:
            return Answer(is_taken=False, said=f"{parts.hostname} has no certificate that is trusted: {error.reason}.")
        except (OSError, http.client.HTTPException) as error:
            return Answer(is_taken=False, said=f"{parts.hostname} was not reached: {type(error).__name__}.")
        if status in _TAKEN:
            return Answer(is_taken=True, said=f"{parts.hostname} took it (status {status}).")
        redirect = " Redirects are not followed." if status in range(300, 400) else ""
        return Answer(is_taken=False, said=f"{parts.hostname} answered with status {status}.{redirect}")

    def _post(self, parts: SplitResult, message: Message, headers: dict[str, str]) -> int:
        host = parts.hostname or ""
        is_secure = parts.scheme == "https"
        port = parts.port or (443 if is_secure else 80)
        address = _checked(host, port, is_local=_origin(parts) in self._local)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with contextlib.ExitStack() as stack:
            opened = stack.enter_context(socket.create_connection((address, port), timeout=WAIT_SECONDS))
            if is_secure:
                # The handshake comes later, when the clock of the whole attempt runs.
                opened = stack.enter_context(
                    ssl.create_default_context().wrap_socket(
                        opened, server_hostname=host, do_handshake_on_connect=False
                    )
                )
            stack.enter_context(_ended_in_time(opened))
            if isinstance(opened, ssl.SSLSocket):
                opened.do_handshake()
            connection = http.client.HTTPConnection(host, port, timeout=WAIT_SECONDS)
            # What is connected already is neither looked up again nor led through a proxy.
            connection.sock = opened
            stack.callback(connection.close)
            connection.request("POST", path, body=message.body.encode(), headers=headers)
            return connection.getresponse().status


def signed(message: Message, key: Secret, at: datetime) -> dict[str, str]:
    """Write the headers of Standard Webhooks: id, time, and HMAC-SHA256 over both and the body."""
    stamp = str(int(at.timestamp()))
    content = f"{message.id}.{stamp}.{message.body}".encode()
    secret = base64.b64decode(key.reveal().removeprefix(_PREFIX))
    signature = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "user-agent": "SuiteBridge",
        "webhook-id": message.id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


def _checked(host: str, port: int, *, is_local: bool) -> str:
    """Look a name up and give an address of it, after all of them were checked."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found:
        raise OSError(f"{host} has no address.")
    if not all(_may_be_reached(address, is_local=is_local) for address in found):
        raise NotPublicError(host)
    return found[0]


def _may_be_reached(text: str, *, is_local: bool) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return not address.is_loopback and _may_be_reached(str(inner), is_local=is_local)
        if address in _TRANSLATED:
            return False
    if is_local:
        return address.is_loopback
    return address.is_global and not address.is_multicast


_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of NAT64: what is behind them is an IPv4 address that was not looked at."""


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


@contextlib.contextmanager
def _ended_in_time(opened: socket.socket) -> Iterator[None]:
    """Shut a connection that takes too long as a whole."""

    def end() -> None:
        with contextlib.suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE_SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
