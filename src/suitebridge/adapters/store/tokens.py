"""API tokens: shown once by whoever made them, found again by their hash, dead with their user (quality.md S14)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.people import user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Stamp, User
from suitebridge.ports.clock import Clock
from suitebridge.ports.tokens import TokenCard

ID_LENGTH: Final = 16
"""How much of a token's hash names it."""


class StoredTokens:
    """The API tokens of one company's users; implements `ports.tokens.ApiTokens`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def issue(
        self, user: User, *, label: str, token: Secret, expires_at: datetime, stamp: Stamp | None = None
    ) -> TokenCard:
        """Store the hash of a fresh token for a user, told in the trail where there is a stamp."""
        now, digest = self._clock.now(), _digest(token)
        with company_transaction(self._scope, now) as ledger:
            row = (digest, int(user.id), label, ledger.at, instant_text(expires_at))
            self._scope.insert("store_apitoken", ("digest", "number", "label", "issued_at", "expires_at"), [row])
            if stamp is not None:
                ledger.append([_event(EventName.TOKEN_ISSUED, user, label)], stamp)
        return TokenCard(id=digest[:ID_LENGTH], label=label, issued_at=now, expires_at=expires_at)

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

    def of_user(self, user: User, *, at: datetime) -> Sequence[TokenCard]:
        """List a user's unexpired tokens, oldest first."""
        rows = self._scope.select(
            "store_apitoken",
            "r.digest, r.label, r.issued_at, r.expires_at",
            where="r.number = %s AND r.expires_at > %s",
            parameters=(int(user.id), instant_text(at)),
            tail="ORDER BY r.issued_at, r.digest",
        )
        return [
            TokenCard(
                id=str(digest)[:ID_LENGTH], label=str(label), issued_at=moment(issued), expires_at=moment(expires)
            )
            for digest, label, issued, expires in rows
        ]

    def revoke(self, token: Secret) -> None:
        """End a token at once."""
        with company_transaction(self._scope, self._clock.now()):
            self._scope.delete("store_apitoken", where="digest = %s", parameters=(_digest(token),))

    def withdraw(self, user: User, token_id: str, *, stamp: Stamp) -> bool:
        """End one of a user's tokens at once, told in the trail; say whether there was one of that id."""
        where = "number = %s AND substr(digest, 1, %s) = %s"
        parameters = (int(user.id), ID_LENGTH, token_id)
        with company_transaction(self._scope, self._clock.now()) as ledger:
            labels = self._scope.select("store_apitoken", "r.label", where=where, parameters=parameters)
            self._scope.delete("store_apitoken", where=where, parameters=parameters)
            ledger.append([_event(EventName.TOKEN_WITHDRAWN, user, str(label)) for (label,) in labels], stamp)
        return bool(labels)


def _event(name: EventName, user: User, label: str) -> Event:
    return Event(name=name, subject_type="user", subject_id=user.id, subject=f"“{label}”")


def _digest(token: Secret) -> str:
    return hashlib.sha256(token.reveal().encode()).hexdigest()
