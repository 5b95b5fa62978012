"""Refused attempts in the trail, each kind at most once a minute: being refused again and again costs a look and no entry."""

from __future__ import annotations

import hashlib
from typing import Final

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock
from suitebridge.ports.refusals import NOTE_EVERY

_UPSERT: Final = "ON CONFLICT (company_id, digest) DO UPDATE SET at = excluded.at"


class StoredRefusals:
    """The refused attempts of one company; implements `ports.refusals.Refusals`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def note(self, event: Event, *, stamp: Stamp, takes_as_long: bool = False) -> bool:
        """Add an entry to the trail, unless the same one was added within a minute."""
        now, key = self._clock.now(), digest(event, stamp)
        since = instant_text(now - NOTE_EVERY)
        if not takes_as_long and self._is_noted(key, since):
            return False
        with company_transaction(self._scope, now) as ledger:
            # Somebody else may have noted it while the company's row was waited for.
            if self._is_noted(key, since):
                self._scope.set("store_refusal", "at = at", where="digest = %s", parameters=(key,))
                return False
            self._scope.delete("store_refusal", where="at <= %s", parameters=(since,))
            self._scope.insert("store_refusal", ("digest", "at"), [(key, ledger.at)], conflict=_UPSERT)
            ledger.append([event], stamp)
        return True

    def _is_noted(self, key: str, since: str) -> bool:
        where = "r.digest = %s AND r.at > %s"
        return bool(self._scope.select("store_refusal", "r.digest", where=where, parameters=(key, since)))


def digest(event: Event, stamp: Stamp) -> str:
    """Name what is refused: the event, its author, door and subject."""
    parts = (event.name.value, stamp.author_id, stamp.door.value, event.subject_id, event.subject)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
