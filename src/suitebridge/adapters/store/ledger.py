"""The company's row while a transaction holds it: the head of the audit chain and the next record id.

Taking the row is the lock under which everything of a company is written, so that chain and ids have no gap and no clash.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from typing import Final, NamedTuple

from suitebridge.adapters.store.chain import Entry, changes_text, link
from suitebridge.adapters.store.databases import Database, Row
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer
from suitebridge.domain.events import EVERYDAY, Event, sentence
from suitebridge.domain.people import Stamp

VERSION: Final = version("suitebridge")
"""By which version of SuiteBridge this process writes; part of every entry."""

_LOG: Final = logging.getLogger("suitebridge.security")
_COLUMNS: Final = (
    "sequence",
    "at",
    "event",
    "record_type",
    "record_id",
    "record_title",
    "author_id",
    "author_name",
    "door",
    "run_id",
    "changes",
    "address",
    "version",
    "hash",
)


class Told(NamedTuple):
    """What an entry tells of one event, in its stored form."""

    event: str
    record_type: str
    record_id: str
    record_title: str
    changes: str


class Ledger:
    """Appends to the trail and hands out ids within one transaction."""

    def __init__(self, scope: CompanyScope, *, sequence: int, last_hash: str, next_record: int, now: datetime) -> None:
        self._scope = scope
        self._sequence = sequence
        self._hash = last_hash
        self._next_record = next_record
        self._is_moved = False
        self._announced: list[dict[str, str]] = []
        self.now = now
        self.at = instant_text(now)

    def reserve(self, count: int) -> Sequence[str]:
        """Take fresh record ids."""
        first = self._next_record
        self._next_record += count
        self._is_moved = True
        return [str(number) for number in range(first, self._next_record)]

    def leave_gap(self, size: int) -> int:
        """Pass over so many record ids; give the first one that had not been given yet."""
        first = self._next_record
        self._next_record = first + size
        self._is_moved = True
        return first

    def append(self, events: Sequence[Event], stamp: Stamp) -> None:
        """Add one entry for each event."""
        for event in events:
            changes = changes_text(event.changes)
            told = Told(event.name.value, event.subject_type, event.subject_id, event.subject, changes)
            self.append_told([told], stamp)
            if event.name not in EVERYDAY:
                self._announced.append(self._line(event, stamp))

    def append_told(self, told: Sequence[Told], stamp: Stamp) -> None:
        """Add one entry for each event that is in its stored form already: the hot path of record writes."""
        rows: list[Row] = []
        sequence, last_hash, at = self._sequence, self._hash, self.at
        who = (stamp.author_id, stamp.author_name, stamp.door.value, stamp.run_id)
        origin = (self._scope.address, VERSION)
        for part in told:
            sequence += 1
            event, record_type, record_id, record_title, changes = part
            entry = Entry(sequence, at, event, record_type, record_id, record_title, *who, changes, *origin)
            last_hash = link(last_hash, entry)
            rows.append((*entry, last_hash))
        self._sequence, self._hash = sequence, last_hash
        self._scope.insert("store_trail", _COLUMNS, rows)
        self._is_moved = self._is_moved or bool(rows)

    def announce(self) -> None:
        """Write what concerns security into the log, from where it leaves the machine; the hash finds the entry again."""
        for line in self._announced:
            _LOG.info(line.pop("told"), extra=line)

    def _line(self, event: Event, stamp: Stamp) -> dict[str, str]:
        door, name = stamp.door.value, event.name.value
        return {
            "told": sentence(name, author=stamp.author_name, subject=event.subject, door=door),
            # Not with its colon: what follows “token:” is struck out of a log.
            "kind": name.replace(":", " "),
            "company": self._scope.company_id,
            "actor": stamp.author_name,
            "subject": event.subject,
            "door": door,
            "address": self._scope.address,
            "sequence": str(self._sequence),
            "hash": self._hash,
        }

    def close(self) -> None:
        """Store the head and the counter, as the last statement of the transaction."""
        if self._is_moved:
            self._scope.database.execute(
                "UPDATE store_company SET audit_sequence = %s, audit_hash = %s, next_record = %s WHERE id = %s",
                (self._sequence, self._hash, self._next_record, self._scope.company_id),
            )


@contextmanager
def company_transaction(scope: CompanyScope, now: datetime) -> Iterator[Ledger]:
    """Open a transaction that holds the company's row; lock clashes are waited for and retried here, before the block begins."""
    with scope.database.transaction(lambda database: _take(database, scope, now)) as ledger:
        yield ledger
        ledger.close()
    # After the commit: what is undone is not announced.
    ledger.announce()


def _take(database: Database, scope: CompanyScope, now: datetime) -> Ledger:
    # SQLite's BEGIN IMMEDIATE has taken the whole file already.
    lock = "" if database.is_sqlite else " FOR NO KEY UPDATE"
    statement = f"SELECT audit_sequence, audit_hash, next_record FROM store_company WHERE id = %s{lock}"  # noqa: S608
    rows = database.fetch(statement, (scope.company_id,))
    if not rows:
        raise LookupError(f"There is no company “{scope.company_id}”.")
    sequence, last_hash, next_record = rows[0]
    return Ledger(
        scope, sequence=integer(sequence), last_hash=str(last_hash), next_record=integer(next_record), now=now
    )
