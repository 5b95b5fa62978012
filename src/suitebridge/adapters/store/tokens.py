"""API tokens: shown once by whoever made them, found again by their hash, dead with their user (quality.md S14)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.people import user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import User
from suitebridge.ports.clock import Clock


class StoredTokens:
    """The API tokens of one company's users; implements `ports.tokens.ApiTokens`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def issue(self, user: User, *, label: str, token: Secret, expires_at: datetime) -> None:
        """Store the hash of a fresh token for a user."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            row = (_digest(token), int(user.id), label, ledger.at, instant_text(expires_at))
            self._scope.insert("store_apitoken", ("digest", "number", "label", "issued_at", "expires_at"), [row])

    def owner(self, token: Secret, *, at: datetime) -> User | None:
        """Give the active user whose unexpired token this is."""
        rows = self._scope.select(
            "store_apitoken",
            "r.number",
            where="r.digest = %s AND r.expires_at > %s",
            parameters=(_digest(token), instant_text(at)),
        )
        user = user_by_number(self._scope, integer(rows[0][0])) if rows else None
        return user if user is not None and user.is_active else None

    def revoke(self, token: Secret) -> None:
        """End a token at once."""
        with company_transaction(self._scope, self._clock.now()):
            self._scope.delete("store_apitoken", where="digest = %s", parameters=(_digest(token),))


def _digest(token: Secret) -> str:
    return hashlib.sha256(token.reveal().encode()).hexdigest()
