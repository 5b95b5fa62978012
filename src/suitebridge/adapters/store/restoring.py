"""What a company minds after a backup was put back: NetSuite may know records, and people ids, of the time that is lost (quality.md F76)."""

from __future__ import annotations

from typing import Final

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Stamp
from suitebridge.ports.clock import Clock

GAP: Final = 1_000_000
"""No company gives so many record ids between two backups: the next one lies above every id that was given in the lost time."""

_WHO: Final = Stamp(author_id="", author_name="Whoever put the backup back", door=Door.COMMAND_LINE)


def mark_restored(scope: CompanyScope, clock: Clock, *, reason: str) -> None:
    """Let new ids lie above those of the lost time, remember below which id records may be in NetSuite already, end every session, and say so."""
    event = Event(name=EventName.BACKUP_RESTORED, subject_type="company", subject_id=scope.company_id, subject=reason)
    with company_transaction(scope, clock.now()) as ledger:
        before = ledger.leave_gap(GAP)
        scope.database.execute("UPDATE store_company SET restored_below = %s WHERE id = %s", (before, scope.company_id))
        scope.delete("store_usersession", where="1 = 1", parameters=())
        ledger.append([event], _WHO)
