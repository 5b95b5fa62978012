"""API tokens: shown once to whoever made them, found again by their hash, dead with their user (quality.md S14)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.people import user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp, User, as_of
from suitebridge.domain.scopes import EVERY_SCOPE, Scope, names_of
from suitebridge.ports.clock import Clock
from suitebridge.ports.tokens import USE_NOTED_EVERY, TokenCard, TokenUse

ID_LENGTH: Final = 16
"""How much of a token's hash names it."""

_COLUMNS: Final = ("digest", "number", "label", "issued_at", "expires_at", "scopes")
_READ: Final = "r.digest, r.label, r.issued_at, r.expires_at, r.scopes, r.last_used_at"


class StoredTokens:
    """The API tokens of one company's users; implements `ports.tokens.ApiTokens`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def issue(  # the values of one row, each named
        self,
        user: User,
        *,
        label: str,
        token: Secret,
        expires_at: datetime,
        scopes: frozenset[Scope] = EVERY_SCOPE,
        stamp: Stamp | None = None,
    ) -> TokenCard:
        """Store the hash of a fresh token for a user, told in the trail where there is a stamp."""
        now, digest = self._clock.now(), _digest(token)
        with company_transaction(self._scope, now) as ledger:
            row = (digest, int(user.id), label, ledger.at, instant_text(expires_at), _scopes_text(scopes))
            self._scope.insert("store_apitoken", _COLUMNS, [row])
            if stamp is not None:
                carried = Change(field="scopes", before=None, after=", ".join(names_of(scopes)))
                ledger.append([_event(EventName.TOKEN_ISSUED, user, label, carried)], stamp)
        return TokenCard(id=digest[:ID_LENGTH], label=label, issued_at=now, expires_at=expires_at, scopes=scopes)

    def use(self, token: Secret, *, at: datetime) -> TokenUse | None:
        """Give the active user whose unexpired token this is, and write its use down now and then."""
        rows = self._scope.select(
            "store_apitoken",
            f"r.number, {_READ}",
            where="r.digest = %s AND r.expires_at > %s",
            parameters=(_digest(token), instant_text(at)),
        )
        user = user_by_number(self._scope, integer(rows[0][0])) if rows else None
        if user is None or not as_of(user, at).may_sign_in:
            return None
        card = _card(rows[0][1:])
        if card.last_used_at is None or at - card.last_used_at >= USE_NOTED_EVERY:
            self._note_use(_digest(token), at)
            card = replace(card, last_used_at=at)
        return TokenUse(user=user, card=card)

    def _note_use(self, digest: str, at: datetime) -> None:
        with company_transaction(self._scope, self._clock.now()):
            self._scope.set(
                "store_apitoken", "last_used_at = %s", where="digest = %s", parameters=(instant_text(at), digest)
            )

    def held(self, *, at: datetime) -> Mapping[str, Sequence[TokenCard]]:
        """Give every unexpired token by the record id of its owner, oldest first."""
        rows = self._scope.select(
            "store_apitoken",
            f"r.number, {_READ}",
            where="r.expires_at > %s",
            parameters=(instant_text(at),),
            tail="ORDER BY r.issued_at, r.digest",
        )
        found: dict[str, list[TokenCard]] = {}
        for number, *card in rows:
            found.setdefault(str(number), []).append(_card(tuple(card)))
        return found

    def of_user(self, user: User, *, at: datetime) -> Sequence[TokenCard]:
        """List a user's unexpired tokens, oldest first."""
        rows = self._scope.select(
            "store_apitoken",
            _READ,
            where="r.number = %s AND r.expires_at > %s",
            parameters=(int(user.id), instant_text(at)),
            tail="ORDER BY r.issued_at, r.digest",
        )
        return [_card(row) for row in rows]

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


def _event(name: EventName, user: User, label: str, *changes: Change) -> Event:
    return Event(name=name, subject_type="user", subject_id=user.id, subject=f"“{label}”", changes=changes)


def _card(row: tuple[Cell, ...]) -> TokenCard:
    digest, label, issued, expires, scopes, last_used = row
    return TokenCard(
        id=str(digest)[:ID_LENGTH],
        label=str(label),
        issued_at=moment(issued),
        expires_at=moment(expires),
        scopes=_scopes(str(scopes)),
        last_used_at=moment(last_used) if last_used is not None else None,
    )


def _scopes(text: str) -> frozenset[Scope]:
    """Read scopes back; one that this version does not know opens nothing."""
    known = {scope.value: scope for scope in Scope}
    return frozenset(known[name] for name in msgspec.json.decode(text, type=list[str]) if name in known)


def _scopes_text(scopes: frozenset[Scope]) -> str:
    return msgspec.json.encode(names_of(scopes)).decode()


def _digest(token: Secret) -> str:
    return hashlib.sha256(token.reveal().encode()).hexdigest()
