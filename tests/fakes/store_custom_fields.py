"""The custom fields of the store in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.custom_fields import overtaken
from suitebridge.domain.custom_fields import TypeFields
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryCustomFields:
    """Lists by system and record type."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def load(self) -> tuple[TypeFields, ...]:
        return tuple(self._store.state.field_lists[key] for key in sorted(self._store.state.field_lists))

    def save(self, wanted: TypeFields, *, stamp: Stamp, told: Event | None) -> TypeFields:
        key = (wanted.system.value, wanted.record_type)
        known = self._store.state.field_lists.get(key)
        if (known.version if known is not None else 0) != wanted.version:
            raise overtaken(wanted)
        saved = replace(wanted, version=wanted.version + 1, at=self._store.clock.now())
        with self._store.begin() as unit:
            self._store.state.field_lists[key] = saved
            if told is not None:
                unit.append_event(told, stamp)
        return saved
