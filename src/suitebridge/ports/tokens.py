"""What the use cases need of API tokens: shown once, stored hashed, expiring (quality.md S14)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import User


class ApiTokens(Protocol):
    """The API tokens of one company's users."""

    def issue(self, user: User, *, label: str, token: Secret, expires_at: datetime) -> None:
        """Store the hash of a fresh token for a user."""
        ...

    def owner(self, token: Secret, *, at: datetime) -> User | None:
        """Give the active user whose unexpired token this is."""
        ...

    def revoke(self, token: Secret) -> None:
        """End a token at once."""
        ...
