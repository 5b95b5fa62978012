"""What the use cases need to keep a company's NetSuite connection: credentials with sealed secrets, and the integration user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import TokenCredentials
from suitebridge.domain.people import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretMark:
    """What may be shown of a stored secret: a fingerprint, who set it and when."""

    field: str
    fingerprint: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A company's connection without its secrets."""

    account_id: str
    application_id: str
    consumer_key: str
    token_id: str
    secrets: tuple[SecretMark, ...]
    integration_user_id: str


class Connections(Protocol):
    """The one NetSuite connection of one company. Secrets are sealed before they are stored, bound to company, connection, field and host."""

    def get(self) -> Connection | None:
        """Show the connection without secrets."""
        ...

    def save(self, credentials: TokenCredentials, stamp: Stamp) -> None:
        """Store credentials and the trail's entry in one transaction."""
        ...

    def credentials(self) -> TokenCredentials | None:
        """Open the stored credentials for signing. Raise `RunStoppedError` SB-KEY-001 if they cannot be opened."""
        ...
