"""The schedules of the store in memory, and their ticks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.schedules import moved, told, without_group
from suitebridge.domain.events import EventName
from suitebridge.domain.groups import key_of
from suitebridge.domain.people import Stamp
from suitebridge.domain.schedules import Schedule, Tick
from suitebridge.ports.runs import NewRun, Run, Told, tell_nothing
from tests.fakes.store_runs import MemoryRuns

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemorySchedules:
    """Schedules by the key of their name, ticks by schedule, day and label."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def all(self) -> Sequence[Schedule]:
        return [one for _, one in sorted(self._store.state.schedules.items())]

    def get(self, name: str) -> Schedule | None:
        return self._store.state.schedules.get(key_of(name))

    def save(self, schedule: Schedule, *, stamp: Stamp) -> Schedule:
        with self._store.begin() as unit:
            was, group = self._meant(schedule.name, schedule.version), self._store.groups.get(schedule.group)
            if group is None:
                raise without_group(schedule)
            saved = replace(
                schedule,
                name=was.name if was else schedule.name,
                group=group.name,
                configurer_id=stamp.author_id,
                configurer_name=stamp.author_name,
                since=self._store.clock.now(),
                version=schedule.version + 1,
            )
            self._store.state.schedules[key_of(saved.name)] = saved
            unit.append_event(told(EventName.SCHEDULE_SAVED, was, saved), stamp)
        return saved

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            was = self._meant(name, version)
            if was is None:
                raise moved(name)
            state, key = self._store.state, key_of(name)
            del state.schedules[key]
            state.ticks = {place: tick for place, tick in state.ticks.items() if place[0] != key}
            unit.append_event(told(EventName.SCHEDULE_REMOVED, was, None), stamp)

    def note(self, name: str, tick: Tick) -> bool:
        state, key = self._store.state, key_of(name)
        schedule, place = state.schedules.get(key), (key, tick.day.isoformat(), tick.label)
        if schedule is None or not schedule.is_enabled or schedule.since is None or schedule.since >= tick.at:
            return False
        if place in state.ticks:
            return False
        state.schedules[key] = replace(schedule, since=tick.at)
        state.ticks[place] = tick
        return True

    def start(
        self, name: str, tick: Tick, run: NewRun, *, tell: Callable[[Run], Sequence[Told]] = tell_nothing
    ) -> Run | None:
        if not self.note(name, replace(tick, run_id=run.id)):
            return None
        return MemoryRuns(self._store).add(run, tell=tell)

    def ticks(self, name: str, *, limit: int) -> Sequence[Tick]:
        found = [tick for place, tick in self._store.state.ticks.items() if place[0] == key_of(name)]
        numbers = {run.id: run.number for run in self._store.state.runs}
        newest = sorted(found, key=lambda tick: (tick.at, tick.label), reverse=True)[:limit]
        return [replace(tick, run_number=numbers.get(tick.run_id, 0)) for tick in newest]

    def _meant(self, name: str, version: int) -> Schedule | None:
        was = self.get(name)
        if version != (was.version if was else 0):
            raise moved(name)
        return was
