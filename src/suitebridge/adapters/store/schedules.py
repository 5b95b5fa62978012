"""The schedules of a company, and what became of each time that was due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final, assert_never

import msgspec

from suitebridge.adapters.store.databases import Cell, Row
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.runs import StoredRuns
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.adapters.store.versions import meant
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.groups import key_of
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.schedules import Cron, Overlap, Schedule, Tick, TickKind, Timing, Weekly, tell_timing
from suitebridge.ports.clock import Clock
from suitebridge.ports.runs import NewRun, Run, Told, tell_nothing

_TABLE: Final = "store_schedule"
_READ: Final = (
    "r.name, g.name, r.timing, r.zone, r.overlap, r.is_enabled, r.configurer_id, r.configurer_name, r.since, r.version"
)
_GROUP: Final = "JOIN store_workflowgroup g ON g.company_id = r.company_id AND g.key = r.group_key"
_COLUMNS: Final = (
    "key",
    "name",
    "group_key",
    "timing",
    "zone",
    "overlap",
    "is_enabled",
    "configurer_id",
    "configurer_name",
    "since",
    "version",
)
_UPSERT: Final = "ON CONFLICT (company_id, key) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS[2:]
)
_TICK: Final = (
    "day",
    "label",
    "at",
    "kind",
    "noted_at",
    "run_id",
    "missed",
    "said",
    "problem_code",
    "problem_facts",
)
_RUN: Final = "LEFT JOIN store_run u ON u.company_id = r.company_id AND u.id = r.run_id AND r.run_id <> ''"


class StoredSchedules:
    """The schedules of one company; implements `ports.schedules.Schedules`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def all(self) -> Sequence[Schedule]:
        """List the schedules by name."""
        return [_schedule(row) for row in self._scope.select(_TABLE, _READ, joins=_GROUP, tail="ORDER BY r.key")]

    def get(self, name: str) -> Schedule | None:
        """Find a schedule by its name, whatever its case."""
        rows = self._scope.select(_TABLE, _READ, joins=_GROUP, where="r.key = %s", parameters=(key_of(name),))
        return _schedule(rows[0]) if rows else None

    def save(self, schedule: Schedule, *, stamp: Stamp) -> Schedule:
        """Store a schedule of the version that it was read with."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(schedule.name, schedule.version)
            parameters = (key_of(schedule.group),)
            groups = self._scope.select("store_workflowgroup", "r.name", where="r.key = %s", parameters=parameters)
            if not groups:
                raise without_group(schedule)
            saved = replace(
                schedule,
                name=was.name if was is not None else schedule.name,
                group=str(groups[0][0]),
                configurer_id=stamp.author_id,
                configurer_name=stamp.author_name,
                since=ledger.now,
                version=schedule.version + 1,
            )
            self._scope.insert(_TABLE, _COLUMNS, [_row(saved, ledger.at)], conflict=_UPSERT)
            ledger.append([told(EventName.SCHEDULE_SAVED, was, saved)], stamp)
        return saved

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        """Remove a schedule of this version with its ticks."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(name, version)
            if was is None:
                raise moved(name)
            self._scope.delete("store_tick", where="schedule_key = %s", parameters=(key_of(name),))
            self._scope.delete(_TABLE, where="key = %s", parameters=(key_of(name),))
            ledger.append([told(EventName.SCHEDULE_REMOVED, was, None)], stamp)

    def note(self, name: str, tick: Tick) -> bool:
        """Store what became of a time, once for each local day and label."""
        with company_transaction(self._scope, self._clock.now()):
            return self._note(name, tick)

    def start(
        self, name: str, tick: Tick, run: NewRun, *, tell: Callable[[Run], Sequence[Told]] = tell_nothing
    ) -> Run | None:
        """Store a tick and the run that it starts in one transaction."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            if not self._note(name, replace(tick, run_id=run.id)):
                return None
            return StoredRuns(self._scope, self._clock).insert(ledger, run, tell)

    def ticks(self, name: str, *, limit: int) -> Sequence[Tick]:
        """List what became of the newest times."""
        rows = self._scope.select(
            "store_tick",
            f"{', '.join(f'r.{column}' for column in _TICK)}, COALESCE(u.number, 0)",
            joins=_RUN,
            where="r.schedule_key = %s",
            parameters=(key_of(name),),
            tail=f"ORDER BY r.at DESC, r.label DESC LIMIT {int(limit)}",
        )
        return [_tick(row) for row in rows]

    def _note(self, name: str, tick: Tick) -> bool:
        """Store a tick while the company's row is held: of two workers the second finds the schedule moved on."""
        key = key_of(name)
        at = instant_text(tick.at)
        found = self._scope.set(
            _TABLE, "since = %s", where="key = %s AND is_enabled AND since < %s", parameters=(at, key, at)
        )
        known = self._scope.select(
            "store_tick",
            "r.label",
            where="r.schedule_key = %s AND r.day = %s AND r.label = %s",
            parameters=(key, tick.day.isoformat(), tick.label),
        )
        if not found or known:
            return False
        row: Row = (
            key,
            tick.day.isoformat(),
            tick.label,
            at,
            tick.kind.value,
            instant_text(tick.noted_at),
            tick.run_id,
            tick.missed,
            tick.said,
            tick.problem_code,
            msgspec.json.encode(dict(tick.problem_facts)).decode(),
        )
        self._scope.insert("store_tick", ("schedule_key", *_TICK), [row])
        return True

    def _meant(self, name: str, version: int) -> Schedule | None:
        return meant(self.get(name), version, moved(name))


def told(event: EventName, was: Schedule | None, schedule: Schedule | None) -> Event:
    """Tell what an act changed about a schedule."""
    name = next(one.name for one in (schedule, was) if one is not None)
    before, after = (_values(one) for one in (was, schedule))
    changes = tuple(
        Change(field=field, before=before.get(field), after=after.get(field))
        for field in (after or before)
        if before.get(field) != after.get(field)
    )
    return Event(name=event, subject_type="schedule", subject_id=name, subject=name, changes=changes)


def _values(schedule: Schedule | None) -> dict[str, str]:
    if schedule is None:
        return {}
    return {
        "group": schedule.group,
        "timing": tell_timing(schedule.timing),
        "zone": schedule.zone,
        "overlap": schedule.overlap.value,
        "enabled": "true" if schedule.is_enabled else "false",
        "configurer": schedule.configurer_name,
    }


def moved(name: str) -> RecordRefusedError:
    """Say that a schedule is of another version than the one that is meant."""
    return RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": f"The schedule {name}"}))


def without_group(schedule: Schedule) -> RecordRefusedError:
    """Say that the group of a schedule is gone."""
    facts = {"what": f"The schedule {schedule.name}", "said": f"There is no workflow group named {schedule.group}."}
    return RecordRefusedError(Problem(code="SB-AUTO-001", facts=facts))


def _row(schedule: Schedule, at: str) -> Row:
    return (
        key_of(schedule.name),
        schedule.name,
        key_of(schedule.group),
        _timing_text(schedule.timing),
        schedule.zone,
        schedule.overlap.value,
        schedule.is_enabled,
        schedule.configurer_id,
        schedule.configurer_name,
        at,
        schedule.version,
    )


def _schedule(row: tuple[Cell, ...]) -> Schedule:
    name, group, timing, zone, overlap, is_enabled, configurer_id, configurer_name, since, version = row
    return Schedule(
        name=str(name),
        group=str(group),
        timing=_timing(str(timing)),
        zone=str(zone),
        overlap=Overlap(overlap),
        is_enabled=bool(is_enabled),
        configurer_id=str(configurer_id),
        configurer_name=str(configurer_name),
        since=moment(since),
        version=integer(version),
    )


class _TimingDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a timing stands in its column."""

    cron: str = ""
    days: tuple[int, ...] = ()
    times: tuple[str, ...] = ()


def _timing_text(timing: Timing) -> str:
    match timing:
        case Cron(text=text):
            document = _TimingDocument(cron=text)
        case Weekly(days=days, times=times):
            document = _TimingDocument(days=days, times=tuple(f"{one:%H:%M}" for one in times))
        case _:
            assert_never(timing)
    return msgspec.json.encode(document).decode()


def _timing(text: str) -> Timing:
    document = msgspec.json.decode(text, type=_TimingDocument)
    if document.cron:
        return Cron(text=document.cron)
    return Weekly(days=document.days, times=tuple(time.fromisoformat(one) for one in document.times))


def _tick(row: tuple[Cell, ...]) -> Tick:
    cells = dict(zip((*_TICK, "number"), row, strict=True))
    return Tick(
        day=date.fromisoformat(str(cells["day"])),
        label=str(cells["label"]),
        at=moment(cells["at"]),
        kind=TickKind(cells["kind"]),
        noted_at=moment(cells["noted_at"]),
        run_id=str(cells["run_id"]),
        run_number=integer(cells["number"]),
        missed=integer(cells["missed"]),
        said=str(cells["said"]),
        problem_code=str(cells["problem_code"]),
        problem_facts=msgspec.json.decode(str(cells["problem_facts"]), type=dict[str, str]),
    )
