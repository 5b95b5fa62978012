"""What the use cases need of API tokens: shown once, stored hashed, scoped, expiring (quality.md S14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.scopes import EVERY_SCOPE, Scope

USE_NOTED_EVERY = timedelta(minutes=1)
"""How often the use of a token is written down at most: each request would be a write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCard:
    """A token as its owner may see it again; `id` names it and opens nothing. `last_used_at` is at most a minute behind."""

    id: str
    label: str
    issued_at: datetime
    expires_at: datetime
    scopes: frozenset[Scope] = EVERY_SCOPE
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenUse:
    """Somebody comes with a token: the active user who owns it, and the token."""

    user: User
    card: TokenCard


class ApiTokens(Protocol):
    """The API tokens of one company's users."""

    def issue(
        self,
        user: User,
        *,
        label: str,
        token: Secret,
        expires_at: datetime,
        scopes: frozenset[Scope] = EVERY_SCOPE,
        stamp: Stamp | None = None,
    ) -> TokenCard:
        """Store the hash of a fresh token for a user, told in the trail where there is a stamp (signing in is told elsewhere)."""
        ...

    def use(self, token: Secret, *, at: datetime) -> TokenUse | None:
        """Give the active user whose unexpired token this is, and write its use down, at most once in `USE_NOTED_EVERY`."""
        ...

    def held(self, *, at: datetime) -> Mapping[str, Sequence[TokenCard]]:
        """Give every unexpired token of the company by the record id of its owner, oldest first."""
        ...

    def of_user(self, user: User, *, at: datetime) -> Sequence[TokenCard]:
        """List a user's unexpired tokens, oldest first."""
        ...

    def revoke(self, token: Secret) -> None:
        """End a token at once."""
        ...

    def withdraw(self, user: User, token_id: str, *, stamp: Stamp) -> bool:
        """End one of a user's tokens at once, told in the trail; say whether there was one of that id."""
        ...
