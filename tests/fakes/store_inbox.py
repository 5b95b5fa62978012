"""The inbox of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Direction
from suitebridge.ports.inbox import KEPT_FOR, Errand, ErrandsTakenError, NewErrand

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryInbox:
    """Errands as they are."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def add(self, errands: Sequence[NewErrand]) -> Sequence[str]:
        state, ids = self._store.state, []
        past = self._store.clock.now() - KEPT_FOR
        state.errands = {key: one for key, one in state.errands.items() if one.is_waiting or one.asked.asked_at >= past}
        for new in errands:
            waiting = next((one for one in self._all() if one.is_waiting and _place(one.asked) == _place(new)), None)
            if waiting is None:
                state.next_errand += 1
                state.errands[state.next_errand] = Errand(id=str(state.next_errand), asked=new)
                ids.append(str(state.next_errand))
            else:
                version = max(waiting.asked.version, new.version)
                asked = replace(waiting.asked, version=version, account_id=new.account_id)
                state.errands[int(waiting.id)] = replace(waiting, asked=asked)
                ids.append(waiting.id)
        return ids

    def take(self, ids: Sequence[str], run_id: str) -> None:
        kept = self._store.state.errands
        if not all(one in {waiting.id for waiting in self.waiting(limit=len(kept))} for one in ids):
            raise ErrandsTakenError
        for one in ids:
            kept[int(one)] = replace(kept[int(one)], run_id=run_id)

    def get(self, errand_id: str) -> Errand | None:
        return next((one for one in self._all() if one.id == errand_id), None)

    def waiting(self, *, limit: int) -> Sequence[Errand]:
        return [one for one in self._all() if one.is_waiting][:limit]

    def newest(self, *, limit: int, before_id: str = "") -> Sequence[Errand]:
        return [one for one in reversed(self._all()) if not before_id or int(one.id) < int(before_id)][:limit]

    def of_record(self, direction: Direction, record_type: str, record_id: str, *, limit: int) -> Sequence[Errand]:
        wanted = (direction, record_type, record_id)
        return [one for one in reversed(self._all()) if _place(one.asked) == wanted][:limit]

    def refuse(self, ids: Sequence[str], problem: Problem) -> None:
        kept = self._store.state.errands
        for one in self._all():
            if one.id in ids and one.is_waiting:
                kept[int(one.id)] = replace(one, problem_code=problem.code, problem_facts=dict(problem.facts))

    def _all(self) -> list[Errand]:
        return list(self._store.state.errands.values())


def _place(asked: NewErrand) -> tuple[Direction, str, str]:
    return asked.direction, asked.record_type, asked.record_id
