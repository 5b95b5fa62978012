"""What comes again and again, in the trail once in a while: being refused, or reading, again costs a look and no entry."""

from __future__ import annotations

import hashlib
from typing import Final

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock
from suitebridge.ports.notes import LONGEST, every

_UPSERT: Final = "ON CONFLICT (company_id, digest) DO UPDATE SET at = excluded.at"


class StoredNotes:
    """What was noted lately in one company; implements `ports.notes.Notes`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def note(self, event: Event, *, stamp: Stamp, takes_as_long: bool = False) -> bool:
        """Add an entry to the trail, unless the same one was added lately."""
        now, key = self._clock.now(), digest(event, stamp)
        since = instant_text(now - every(event))
        if not takes_as_long and self._is_noted(key, since):
            return False
        with company_transaction(self._scope, now) as ledger:
            # Somebody else may have noted it while the company's row was waited for.
            if self._is_noted(key, since):
                self._scope.set("store_refusal", "at = at", where="digest = %s", parameters=(key,))
                return False
            self._scope.delete("store_refusal", where="at <= %s", parameters=(instant_text(now - LONGEST),))
            self._scope.insert("store_refusal", ("digest", "at"), [(key, ledger.at)], conflict=_UPSERT)
            ledger.append([event], stamp)
        return True

    def _is_noted(self, key: str, since: str) -> bool:
        where = "r.digest = %s AND r.at > %s"
        return bool(self._scope.select("store_refusal", "r.digest", where=where, parameters=(key, since)))


def digest(event: Event, stamp: Stamp) -> str:
    """Name what is noted: the event, its author, door and subject."""
    parts = (event.name.value, stamp.author_id, stamp.door.value, event.subject_id, event.subject)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
