"""The configuration of the store in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.configurations import judged, refuse_meanwhile
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.ports.configurations import Approval, Draft, NewVersion, StoredConfiguration

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryConfigurations:
    """Versions by their number."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def load(self) -> StoredConfiguration:
        return self._newest(Approval.APPROVED) or StoredConfiguration()

    def at(self, version: int) -> StoredConfiguration | None:
        return self._store.state.configurations.get(version) if version else StoredConfiguration()

    def newest(self, *, limit: int, before: int = 0) -> Sequence[StoredConfiguration]:
        numbers = sorted(self._store.state.configurations, reverse=True)
        chosen = [number for number in numbers if not before or number < before][:limit]
        return [self._store.state.configurations[number] for number in chosen]

    def save(self, new: NewVersion, *, stamp: Stamp, tell: Callable[[int], Event]) -> int:
        refuse_meanwhile(new, self.load(), self._newest(Approval.PROPOSED))
        version = len(self._store.state.configurations) + 1
        with self._store.begin() as unit:
            self._store.state.configurations[version] = StoredConfiguration(
                version=version,
                configuration=new.configuration,
                author_id=stamp.author_id,
                author=stamp.author_name,
                at=self._store.clock.now(),
                based_on=new.based_on,
                approval=new.approval,
                is_managed=new.is_managed,
                note=new.note,
            )
            unit.append_event(tell(version), stamp)
        return version

    def judge(self, version: int, *, is_approved: bool, stamp: Stamp, told: Event) -> None:
        found = self._store.state.configurations.get(version)
        if found is None or found.approval is not Approval.PROPOSED:
            raise judged(version)
        approval = Approval.APPROVED if is_approved else Approval.REFUSED
        with self._store.begin() as unit:
            self._store.state.configurations[version] = replace(found, approval=approval, judge=stamp.author_name)
            unit.append_event(told, stamp)

    def load_draft(self, user_id: str) -> Draft | None:
        return self._store.state.drafts.get(user_id)

    def keep_draft(self, user_id: str, draft: Draft) -> None:
        self._store.state.drafts[user_id] = draft

    def drop_draft(self, user_id: str) -> None:
        self._store.state.drafts.pop(user_id, None)

    def _newest(self, approval: Approval) -> StoredConfiguration | None:
        found = [one for one in self._store.state.configurations.values() if one.approval is approval]
        return max(found, key=lambda one: one.version, default=None)
