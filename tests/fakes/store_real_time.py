"""The real-time settings of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.real_time import FIELD, NEVER_BY_ITSELF, moved, saved_errand, told_exports, told_key
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Stamp
from suitebridge.ports.connections import SecretMark
from suitebridge.ports.real_time import RealTime

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryRealTime:
    """Settings as they are."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self) -> RealTime:
        return self._store.state.real_time

    def save_exports(self, exports: frozenset[str], stamp: Stamp, *, version: int) -> None:
        was = self.get()
        if version != was.version:
            raise moved()
        with self._store.begin() as unit:
            after = replace(was, exports=exports, configured_by=stamp.author_id, version=version + 1)
            self._store.state.real_time = after
            unit.append_event(told_exports(was.exports, exports), stamp)

    def save_key(self, key: Secret | None, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            at = self._store.clock.now()
            mark = SecretMark(field=FIELD, fingerprint="in memory", set_by=stamp.author_name, set_at=at)
            was = self.get()
            after = replace(was, key=None if key is None else mark, configured_by=stamp.author_id)
            self._store.state.real_time, self._store.state.push_key = after, key
            unit.append_event(told_key(is_there=key is not None), stamp)

    def key(self) -> Secret | None:
        return self._store.state.push_key

    def leave_errands(self, saved: Sequence[tuple[str, str]], stamp: Stamp) -> None:
        """Put what was saved into the inbox."""
        chosen = [one for one in saved if one[0] in self.get().exports]
        if chosen and stamp.door not in NEVER_BY_ITSELF and self._store.account:
            now = self._store.clock.now()
            self._store.inbox.add([saved_errand(self._store.account, one, stamp, now) for one in chosen])
