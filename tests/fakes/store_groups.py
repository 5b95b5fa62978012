"""The workflow groups of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.groups import in_use, moved, told
from suitebridge.domain.events import EventName
from suitebridge.domain.groups import WorkflowGroup, key_of
from suitebridge.domain.people import Stamp

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryGroups:
    """Groups by the key of their name."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def all(self) -> Sequence[WorkflowGroup]:
        return [group for _, group in sorted(self._store.state.groups.items())]

    def get(self, name: str) -> WorkflowGroup | None:
        return self._store.state.groups.get(key_of(name))

    def save(self, group: WorkflowGroup, *, stamp: Stamp) -> WorkflowGroup:
        with self._store.begin() as unit:
            was = self._meant(group.name, group.version)
            saved = replace(group, name=was.name if was else group.name, version=group.version + 1)
            self._store.state.groups[key_of(group.name)] = saved
            unit.append_event(told(EventName.GROUP_SAVED, was, saved), stamp)
        return saved

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            was = self._meant(name, version)
            if was is None:
                raise moved(name)
            users = [one.name for one in self._store.schedules.all() if key_of(one.group) == key_of(name)]
            if users:
                raise in_use(was.name, users)
            del self._store.state.groups[key_of(name)]
            unit.append_event(told(EventName.GROUP_REMOVED, was, None), stamp)

    def _meant(self, name: str, version: int) -> WorkflowGroup | None:
        was = self.get(name)
        if version != (was.version if was else 0):
            raise moved(name)
        return was
