"""The trail of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from suitebridge.adapters.store.chain import Entry, changes_from, changes_text, genesis, link
from suitebridge.adapters.store.ledger import VERSION
from suitebridge.adapters.store.texts import instant_text
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.ports.trail import EVERY_ENTRY, TrailEntry, TrailFilter, TrailVerdict

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


def append_entry(store: MemoryStore, event: Event, stamp: Stamp) -> None:
    """Add one entry to the chain."""
    trail = store.state.trail
    entry = Entry(
        len(trail) + 1,
        instant_text(store.clock.now()),
        event.name.value,
        event.subject_type,
        event.subject_id,
        event.subject,
        stamp.author_id,
        stamp.author_name,
        stamp.door.value,
        stamp.run_id,
        changes_text(event.changes),
        store.address,
        VERSION,
    )
    trail.append((entry, link(trail[-1][1] if trail else genesis(store.company.id), entry)))


class MemoryTrail:
    """Reading the trail."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def of_record(self, record_type: str, record_id: str, *, limit: int = 100) -> Sequence[TrailEntry]:
        own = [
            shown for shown in self._newest_first() if (shown.record_type, shown.record_id) == (record_type, record_id)
        ]
        return own[:limit]

    def newest(
        self, *, limit: int, before_sequence: int = 0, run_id: str = "", among: TrailFilter = EVERY_ENTRY
    ) -> Sequence[TrailEntry]:
        chosen = [
            shown
            for shown in self._newest_first()
            if (not before_sequence or shown.sequence < before_sequence) and run_id in ("", shown.run_id)
            if _is_among(shown, among)
        ]
        return chosen[:limit]

    def verify(self) -> TrailVerdict:
        previous = genesis(self._store.company.id)
        for entry, stored in self._store.state.trail:
            previous = link(previous, entry)
            if previous != stored:
                return TrailVerdict(
                    checked=entry.sequence - 1, first_broken=entry.sequence, said="The hash does not fit."
                )
        return TrailVerdict(checked=len(self._store.state.trail))

    def _newest_first(self) -> list[TrailEntry]:
        return [
            TrailEntry(
                **{**entry._asdict(), "at": datetime.fromisoformat(entry.at), "changes": changes_from(entry.changes)},
                hash=stored,
            )
            for entry, stored in reversed(self._store.state.trail)
        ]


def _is_among(shown: TrailEntry, among: TrailFilter) -> bool:
    if shown.record_type in among.hidden_types:
        return False
    if among.record_types and shown.record_type not in among.record_types:
        return False
    return (
        among.author_id in ("", shown.author_id)
        and among.record_type in ("", shown.record_type)
        and among.door in ("", shown.door)
        and (among.since is None or shown.at >= among.since)
        and (among.until is None or shown.at < among.until)
    )
