"""The server that a company's notifications leave through as e-mail, and what is wrong with one or with an address.

It refuses to know how mail travels; whether a server may be spoken to is the sender's to say.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Final

MAIL_SCHEME: Final = "mailto:"
MOST_PASSWORD: Final = 500
_MOST_HOST, _MOST_SIGN_IN = 253, 200
_PORTS: Final = range(1, 65_536)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST: Final = re.compile(r"[A-Za-z0-9:._-]+")


class MailSecurity(enum.Enum):
    """How the way to a mail server is kept private. `PLAIN` is for a relay on this machine, which the settings file lists."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server: its host, port and security, the name to sign in with ("" without a sign-in), and the address that mail comes from.

    `version` counts the saves, 0 for one that is new.
    """

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str = ""
    version: int = 0


def as_address(typed: str) -> str:
    """Give the address of a recipient as it is stored: an e-mail address gets its scheme, any other stays as it was typed."""
    return MAIL_SCHEME + typed if _ADDRESS.fullmatch(typed) else typed


def mail_address(url: str) -> str:
    """Give the e-mail address of a recipient's address, "" for a webhook's."""
    return url.removeprefix(MAIL_SCHEME) if url.startswith(MAIL_SCHEME) else ""


def is_mail_address(text: str) -> bool:
    """Say whether a text is one e-mail address, without a name or a comment."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def server_objections(server: MailServer) -> tuple[tuple[str, str], ...]:
    """Give everything that is wrong with a mail server, as pairs of a field and a sentence."""
    found = []
    if len(server.host) > _MOST_HOST or not _HOST.fullmatch(server.host):
        found.append(("host", "Write the mail server's name, for example smtp.example.com."))
    if server.port not in _PORTS:
        found.append(("port", "A port lies between 1 and 65535: 465 for tls, 587 for starttls."))
    if not is_mail_address(server.sender):
        found.append(("sender", "Write the address that mail comes from, for example suitebridge@example.com."))
    if len(server.user) > _MOST_SIGN_IN or not server.user.isprintable():
        found.append(("user", f"The user's name has at most {_MOST_SIGN_IN} characters."))
    return tuple(found)
