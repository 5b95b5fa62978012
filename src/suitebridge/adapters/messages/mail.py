"""Sends a message as e-mail: over TLS, with a certificate that is trusted, to a server that may be reached.

The message's id is the mail's too, so whoever gets one twice knows it again. What a server says is told by its code: its texts may hold addresses.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final, assert_never

from suitebridge.adapters.messages.reaching import WAIT_SECONDS, NotPublicError, connected
from suitebridge.domain.credentials import Secret
from suitebridge.domain.mail import MailSecurity, MailServer
from suitebridge.domain.notices import Message
from suitebridge.ports.notices import Answer

_READY: Final = 220
_OUR_NAME: Final = "suitebridge"
"""What we greet a server with: not this machine's name."""

_MOST_SUBJECT: Final = 200


class SmtpMailer:
    """Sends e-mail; implements `ports.mail.Mailer`. `local` are servers on this machine, as host:port, that may be spoken to; `authorities` are trusted besides the system's."""

    def __init__(self, *, local: Sequence[str] = (), authorities: Path | None = None) -> None:
        self._local = frozenset(local)
        self._authorities = authorities

    def objection(self, server: MailServer) -> str:
        """Say why nothing is sent through a server, as far as its text tells."""
        if server.security is MailSecurity.PLAIN and not self._is_local(server):
            return "Mail leaves over TLS: choose tls or starttls. Plain is for servers that “local_mail” in suitebridge.toml lists."
        return ""

    def send(self, server: MailServer, password: Secret | None, message: Message, *, to: str, at: datetime) -> Answer:
        """Send a message and tell what came of it."""
        said = self.objection(server)
        if said:
            return Answer(is_taken=False, said=said)
        host = server.host
        try:
            with self._conversation(server) as smtp:
                if server.user and password is not None:
                    smtp.login(server.user, password.reveal())
                smtp.send_message(_letter(server, message, to=to, at=at), from_addr=server.sender, to_addrs=[to])
        except NotPublicError:
            said = f"Nothing was sent: {host} leads to an address that is not of the public net."
        except ssl.SSLError as error:
            said = f"{host} has no certificate that is trusted: {error.reason}."
        except smtplib.SMTPAuthenticationError as error:
            said = f"{host} refused the sign-in (code {error.smtp_code}). Check the user and the password of the mail server."
        except smtplib.SMTPRecipientsRefused as error:
            codes = ", ".join(str(code) for code, _ in error.recipients.values())
            said = f"{host} refused the recipient's address (code {codes})."
        except smtplib.SMTPResponseException as error:
            said = f"{host} refused the message (code {error.smtp_code})."
        except smtplib.SMTPException as error:
            said = f"{host} does not speak as it has to: {type(error).__name__}."
        except (OSError, ValueError) as error:
            said = f"{host} was not reached: {type(error).__name__}."
        else:
            return Answer(is_taken=True, said=f"{host} took it.")
        return Answer(is_taken=False, said=said)

    @contextlib.contextmanager
    def _conversation(self, server: MailServer) -> Iterator[smtplib.SMTP]:
        """Greet the server, over TLS but where the server is one on this machine without."""
        with contextlib.ExitStack() as stack:
            opened = stack.enter_context(connected(server.host, server.port, is_local=self._is_local(server)))
            match server.security:
                case MailSecurity.TLS:
                    smtp = _greeted(self._over_tls(opened, server))
                case MailSecurity.STARTTLS:
                    smtp = _greeted(opened)
                    code, said = smtp.docmd("STARTTLS")
                    if code != _READY:
                        raise smtplib.SMTPResponseException(code, said)
                    # What the server said before the handshake counts no more: it could be anybody's.
                    smtp = _without_greeting(self._over_tls(opened, server))
                    smtp.ehlo()
                case MailSecurity.PLAIN:
                    smtp = _greeted(opened)
                case _:
                    assert_never(server.security)
            stack.callback(smtp.close)
            yield smtp
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()

    def _over_tls(self, opened: socket.socket, server: MailServer) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        if self._authorities is not None:
            context.load_verify_locations(cafile=self._authorities)
        return context.wrap_socket(opened, server_hostname=server.host)

    def _is_local(self, server: MailServer) -> bool:
        return f"{server.host}:{server.port}" in self._local


def _without_greeting(opened: socket.socket) -> smtplib.SMTP:
    smtp = smtplib.SMTP(local_hostname=_OUR_NAME, timeout=WAIT_SECONDS)
    # What is connected already is not looked up again.
    smtp.sock = opened
    return smtp


def _greeted(opened: socket.socket) -> smtplib.SMTP:
    smtp = _without_greeting(opened)
    code, said = smtp.getreply()
    if code != _READY:
        raise smtplib.SMTPResponseException(code, said)
    smtp.ehlo()
    return smtp


def _letter(server: MailServer, message: Message, *, to: str, at: datetime) -> EmailMessage:
    """Write the mail: the first line of the message is its subject."""
    letter = EmailMessage()
    letter["Subject"] = f"SuiteBridge: {message.body.partition(chr(10))[0]}"[:_MOST_SUBJECT]
    letter["From"] = server.sender
    letter["To"] = to
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{message.id}@suitebridge>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    return letter
