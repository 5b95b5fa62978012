"""Reading the audit trail and walking its chain. It is written by `ledger` alone."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Final

from suitebridge.adapters.store.chain import Entry, changes_from, genesis, link
from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.people import Door
from suitebridge.ports.trail import EVERY_ENTRY, TrailEntry, TrailFilter, TrailVerdict

VERIFY_ROWS: Final = 2000
"""How many entries the walk holds in memory at a time."""

RARE: Final = 2000
"""Entries of a record type that are looked up and sorted; the newest of a type with more are soon met on the way back along the trail."""

_READ: Final = (
    "r.sequence, r.at, r.event, r.record_type, r.record_id, r.record_title, r.author_id, r.author_name, r.door, "
    "r.run_id, r.changes, r.address, r.version, r.hash"
)


class _Lead(enum.Enum):
    """What finds the entries of a filter: an index that starts with it, or the trail's own order; the rest is compared."""

    RUN = "run"
    TYPE = "record type"
    AUTHOR = "author"
    DOOR = "door"
    TRAIL = "trail"


class StoredTrail:
    """The audit trail of one company; implements `ports.trail.Trail`."""

    def __init__(self, scope: CompanyScope) -> None:
        self._scope = scope

    def of_record(self, record_type: str, record_id: str, *, limit: int = 100) -> Sequence[TrailEntry]:
        """Give a record's entries, newest first."""
        return self._entries("r.record_type = %s AND r.record_id = %s", (record_type, record_id), limit)

    def newest(
        self, *, limit: int, before_sequence: int = 0, run_id: str = "", among: TrailFilter = EVERY_ENTRY
    ) -> Sequence[TrailEntry]:
        """Give the company's entries, newest first, of one run or narrowed down."""
        types = (*among.record_types, *((among.record_type,) if among.record_type else ()))
        lead = self._lead(among, types, run_id)
        where, parameters = _narrowed(among, lead)
        # With its sign the column is no index's order: the few entries that were found are sorted, instead of all being walked.
        order = "+r.sequence" if lead is _Lead.TYPE else "r.sequence"
        if before_sequence:
            where.append(f"{order} < %s")
            parameters.append(before_sequence)
        if run_id:
            # Word for word the condition of the index, which is kept for entries of runs only.
            where.append("r.run_id = %s AND NOT (r.run_id = '')")
            parameters.append(run_id)
        if types:
            condition, values = self._scope.among_texts(_column("record_type", leads=lead is _Lead.TYPE), types)
            where.append(condition)
            parameters.append(values)
        if among.hidden_types:
            condition, values = self._scope.among_texts(_column("record_type", leads=False), among.hidden_types)
            where.append(f"NOT ({condition})")
            parameters.append(values)
        return self._entries(" AND ".join(where), parameters, limit, order=order)

    def _lead(self, among: TrailFilter, types: tuple[str, ...], run_id: str) -> _Lead:
        """Choose what finds the entries. Whatever is common is met soon on the way back along the trail, and needs no index of its own."""
        if run_id:
            return _Lead.RUN
        if types and self._are_rare(types):
            return _Lead.TYPE
        if among.author_id:
            return _Lead.AUTHOR
        return _Lead.DOOR if among.door not in ("", Door.INTEGRATION.value) else _Lead.TRAIL

    def _are_rare(self, types: Sequence[str]) -> bool:
        condition, values = self._scope.among_texts("r.record_type", types)
        return (
            len(self._scope.select("store_trail", "1", where=condition, parameters=(values,), tail=f"LIMIT {RARE + 1}"))
            <= RARE
        )

    def verify(self) -> TrailVerdict:
        """Walk the chain from its first entry, compare every hash, and compare its end with the company's row (I9)."""
        expected, previous = 1, genesis(self._scope.company_id)
        ((last, last_hash),) = self._head()
        while rows := self._chunk(expected, integer(last)):
            for row in rows:
                entry, stored_hash = _entry(row)
                if entry.sequence != expected:
                    return _broken(expected, f"Entry {expected} is missing; the next one is {entry.sequence}.")
                previous = link(previous, entry)
                if previous != stored_hash:
                    return _broken(expected, f"Entry {expected} is not what was written: its hash does not fit.")
                expected += 1
        if expected - 1 != last:
            return _broken(expected, f"Entry {expected} is missing; the company's last entry is {last}.")
        if previous != last_hash:
            return _broken(expected - 1, f"Entry {expected - 1} is not the one the company's row ends with.")
        return TrailVerdict(checked=expected - 1)

    def _head(self) -> list[tuple[Cell, ...]]:
        return self._scope.database.fetch(
            "SELECT audit_sequence, audit_hash FROM store_company WHERE id = %s", (self._scope.company_id,)
        )

    def _chunk(self, first: int, last: int) -> list[tuple[Cell, ...]]:
        return self._scope.select(
            "store_trail",
            _READ,
            where="r.sequence >= %s AND r.sequence <= %s",
            parameters=(first, last),
            tail=f"ORDER BY r.sequence LIMIT {VERIFY_ROWS}",
        )

    def _entries(
        self, where: str, parameters: Sequence[Parameter], limit: int, *, order: str = "r.sequence"
    ) -> Sequence[TrailEntry]:
        rows = self._scope.select(
            "store_trail",
            _READ,
            where=where,
            parameters=parameters,
            tail=f"ORDER BY {order} DESC LIMIT {int(limit)}",
        )
        return [_shown(row) for row in rows]


def _narrowed(among: TrailFilter, lead: _Lead) -> tuple[list[str], list[Parameter]]:
    """Write the conditions of a filter; a period goes along the primary key."""
    door = f"{_column('door', leads=lead is _Lead.DOOR)} = %s"
    if lead is _Lead.DOOR:
        # Word for word the condition of the index: what runs write, which is most, is not in it.
        door = f"{door} AND NOT (r.door = '{Door.INTEGRATION.value}')"
    asked: tuple[tuple[str, Parameter], ...] = (
        (f"{_column('author_id', leads=lead is _Lead.AUTHOR)} = %s", among.author_id),
        (door, among.door),
        ("r.at >= %s", instant_text(among.since) if among.since else ""),
        ("r.at < %s", instant_text(among.until) if among.until else ""),
    )
    wanted = [(condition, value) for condition, value in asked if value]
    return ["1 = 1", *(condition for condition, _ in wanted)], [value for _, value in wanted]


def _column(name: str, *, leads: bool) -> str:
    """Name a column so that only the one that leads is looked for in an index: neither database has to guess which."""
    return f"r.{name}" if leads else f"r.{name} || ''"


def _broken(sequence: int, said: str) -> TrailVerdict:
    return TrailVerdict(checked=sequence - 1, first_broken=sequence, said=said)


def _entry(row: tuple[Cell, ...]) -> tuple[Entry, str]:
    sequence, at, *texts, entry_hash = row
    return Entry(integer(sequence), instant_text(moment(at)), *map(str, texts)), str(entry_hash)


def _shown(row: tuple[Cell, ...]) -> TrailEntry:
    entry, entry_hash = _entry(row)
    return TrailEntry(
        sequence=entry.sequence,
        at=moment(row[1]),
        event=entry.event,
        record_type=entry.record_type,
        record_id=entry.record_id,
        record_title=entry.record_title,
        author_id=entry.author_id,
        author_name=entry.author_name,
        door=entry.door,
        run_id=entry.run_id,
        changes=changes_from(entry.changes),
        address=entry.address,
        version=entry.version,
        hash=entry_hash,
    )
