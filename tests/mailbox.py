"""A mail server on this machine that keeps what it is given: enough of SMTP (RFC 5321, 3207, 4954) for one message a connection."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from suitebridge.domain.mail import MailSecurity


@dataclass(slots=True, kw_only=True)
class Mailbox:
    """What arrived, and who signed in; `answers` replaces the answer to a command by another line."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    over_tls: list[bool] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


@contextmanager
def mailbox(security: MailSecurity, certificate: Path | None = None) -> Iterator[Mailbox]:
    """Listen until the block ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate is not None:
        context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        box = Mailbox(port=int(listening.getsockname()[1]))

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection, suppress(OSError):
                        connection.settimeout(10)
                        if security is MailSecurity.TLS:
                            with context.wrap_socket(connection, server_side=True) as secure:
                                _talk(box, secure, context)
                        else:
                            _talk(box, connection, context)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _talk(box: Mailbox, connection: socket.socket, context: ssl.SSLContext, *, greets: bool = True) -> None:
    lines = connection.makefile("rb")
    if greets:
        connection.sendall(b"220 localhost ESMTP\r\n")
    for line in lines:
        word = line.split()[0].decode().upper()
        said = box.answers.get(word, "250 ok")
        if word == "EHLO":
            said = "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN"
        elif word == "STARTTLS":
            connection.sendall(b"220 go on\r\n")
            with context.wrap_socket(connection, server_side=True) as secure:
                _talk(box, secure, context, greets=False)
            return
        elif word == "AUTH":
            box.signed_in.append(base64.b64decode(line.split()[2]).decode())
            said = box.answers.get(word, "235 welcome")
        elif word == "DATA" and word not in box.answers:
            connection.sendall(b"354 go on\r\n")
            data = b"".join(iter(lines.readline, b".\r\n"))
            box.over_tls.append(isinstance(connection, ssl.SSLSocket))
            letter = message_from_bytes(data, policy=default)
            assert isinstance(letter, EmailMessage)
            box.letters.append(letter)
        connection.sendall(f"{said}\r\n".encode())
        if word == "QUIT":
            return
