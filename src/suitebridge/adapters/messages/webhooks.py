"""Sends a message to a webhook: signed as Standard Webhooks wants it, only to addresses of the public net, without redirects or proxies.

Addresses on this machine are written to only where the settings file lists them (quality.md S32).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import http.client
import ssl
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

from suitebridge.adapters.messages.reaching import WAIT_SECONDS, NotPublicError, connected
from suitebridge.domain.credentials import Secret
from suitebridge.domain.notices import Message
from suitebridge.ports.notices import Answer

_TAKEN: Final = range(200, 300)
_PREFIX: Final = "whsec_"


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
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with contextlib.ExitStack() as stack:
            opened = stack.enter_context(connected(host, port, is_local=_origin(parts) in self._local))
            if is_secure:
                context = ssl.create_default_context()
                opened = stack.enter_context(context.wrap_socket(opened, server_hostname=host))
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


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"
