"""What the use cases need to keep a company's mail server with its sealed password, and to send through it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.mail import MailServer
from suitebridge.domain.notices import Message
from suitebridge.domain.people import Stamp
from suitebridge.ports.notices import Answer


class MailSettings(Protocol):
    """The mail server of one company. The password is sealed before it is stored; every change is told in the trail in the same transaction."""

    def get(self) -> MailServer | None:
        """Show the server, None where there is none."""
        ...

    def password(self) -> Secret | None:
        """Open the password, None where there is none. Raise `RunStoppedError` SB-KEY-001 if it cannot be opened."""
        ...

    def save(self, server: MailServer, *, password: Secret | None, stamp: Stamp) -> MailServer:
        """Store the server of the version that it was read with; a password takes the place of an earlier one, and one without a user loses it.

        Raise `RecordRefusedError` SB-AUTO-002 where it is of another version.
        """
        ...

    def remove(self, *, version: int, stamp: Stamp) -> None:
        """Remove the server of this version with its password. Raise `RecordRefusedError` SB-AUTO-002 as saving does."""
        ...


class Mailer(Protocol):
    """Sends one message as e-mail."""

    def objection(self, server: MailServer) -> str:
        """Say why nothing is sent through a server, as far as its text tells, "" where something is."""
        ...

    def send(self, server: MailServer, password: Secret | None, message: Message, *, to: str, at: datetime) -> Answer:
        """Send a message; never raise for what the net or the other side does."""
        ...
