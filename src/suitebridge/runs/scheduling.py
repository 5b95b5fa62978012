"""Fires what is due: a time of a schedule becomes a run, or a word about why not, once for each local day and label.

It refuses to know who calls it how often: the engine's dispatcher does, and whoever comes second finds the time dealt with.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.owning import Automatic
from suitebridge.domain.people import Door, Stamp, User
from suitebridge.domain.schedules import Cron, Overlap, Schedule, Tick, TickKind, Weekly
from suitebridge.domain.slots import Slot, Walls, due, slots_after, walls_of_week
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.crons import Crons
from suitebridge.ports.runs import NewRun, Run, RunState, Told
from suitebridge.runs.starting import RunRequest, Terms, agree_terms, chosen_workflows

_LOG = logging.getLogger(__name__)
_ID_LENGTH = 20
_NEWEST = 200
"""So many ticks are looked at for runs of a schedule that have not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDesk:
    """What firing and previewing schedules needs, whatever the schedule."""

    store: CompanyStore
    workflows: Mapping[str, Workflow]
    crons: Crons
    clock: Clock
    chance: Chance


def fire_due(desk: ScheduleDesk) -> Sequence[Tick]:
    """Deal with every time that is due; give what became of each. A schedule that cannot be read stops none of the others."""
    ticks: list[Tick] = []
    for schedule in desk.store.schedules.all():
        try:
            tick = _fire(desk, schedule) if schedule.is_enabled else None
        except ValueError as error:
            _LOG.warning("The schedule %s cannot be read: %s", schedule.name, error)
            continue
        if tick is not None:
            ticks.append(tick)
    return ticks


def next_slots(desk: ScheduleDesk, schedule: Schedule, *, most: int) -> tuple[Slot, ...]:
    """Preview the next times of a schedule, as they will be fired. Raise `ValueError` where its cron text or zone means nothing."""
    return slots_after(_walls(schedule, desk.crons), _zone(schedule), desk.clock.now(), most=most)


def next_owner(desk: ScheduleDesk, schedule: Schedule) -> User | Problem:
    """Say who would own a run of the schedule that began now, or why it would be refused."""
    try:
        return _terms(desk, schedule, _names(desk, schedule)).owner
    except RunStoppedError as error:
        return error.problem


def _fire(desk: ScheduleDesk, schedule: Schedule) -> Tick | None:
    now = desk.clock.now()
    found = due(_walls(schedule, desk.crons), _zone(schedule), since=schedule.since or now, now=now)
    if found is None:
        return None
    slot = found.slot
    tick = Tick(day=slot.day, label=slot.label, at=slot.at, kind=TickKind.STARTED, noted_at=now, missed=found.missed)
    blocking = _blocking(desk.store, schedule)
    if blocking is not None:
        run, before = blocking
        said = f"Run {run.number} of {before.label} still active"
        tick = replace(tick, kind=TickKind.SKIPPED, run_id=run.id, said=said)
        return tick if desk.store.schedules.note(schedule.name, tick) else None
    return _start_run(desk, schedule, tick)


def _start_run(desk: ScheduleDesk, schedule: Schedule, tick: Tick) -> Tick | None:
    store = desk.store
    try:
        names = _names(desk, schedule)
        terms = _terms(desk, schedule, names)
    except RunStoppedError as error:
        problem = error.problem
        refused = replace(
            tick, kind=TickKind.REFUSED, problem_code=problem.code, problem_facts=problem.facts, said=problem.title
        )
        return _refuse(desk, schedule, refused, problem)
    run = NewRun(
        id=desk.chance.token(_ID_LENGTH),
        account_id=terms.account_id,
        workflows=names,
        owner_id=terms.owner.id,
        owner_name=terms.owner.name,
        started_by=f"schedule {schedule.name}",
        is_full=False,
        asked_at=tick.noted_at,
        mapping_versions={name: fingerprint_workflow(desk.workflows[name]) for name in names},
    )

    def tell(stored: Run) -> Sequence[Told]:
        subject = f"run {stored.number} of the workflow group {schedule.group}"
        return _told(stored, subject, schedule, terms.owner)

    return tick if store.schedules.start(schedule.name, tick, run, tell=tell) is not None else None


def _refuse(desk: ScheduleDesk, schedule: Schedule, tick: Tick, problem: Problem) -> Tick | None:
    """Let a time that nothing could start at be seen where runs are seen: as a run that failed at once."""
    store, connection, group = desk.store, desk.store.connections.get(), desk.store.groups.get(schedule.group)
    if connection is None or not connection.account_id or group is None:
        # A run belongs to an account; without one the schedule's page says it.
        return tick if store.schedules.note(schedule.name, tick) else None
    configurer = store.people.by_record(schedule.configurer_id)
    run = NewRun(
        id=desk.chance.token(_ID_LENGTH),
        account_id=connection.account_id,
        workflows=group.workflows,
        owner_id="",
        owner_name="nobody",
        started_by=f"schedule {schedule.name}",
        is_full=False,
        asked_at=tick.noted_at,
        mapping_versions={},
        refusal=problem,
    )

    def tell(stored: Run) -> Sequence[Told]:
        return _told(stored, f"run {stored.number}, which was refused", schedule, configurer)

    return tick if store.schedules.start(schedule.name, tick, run, tell=tell) is not None else None


def _told(run: Run, subject: str, schedule: Schedule, author: User | None) -> Sequence[Told]:
    name = author.name if author is not None else schedule.configurer_name
    event = Event(name=EventName.RUN_ASKED, subject_type="run", subject_id=run.id, subject=subject)
    author_id = author.id if author is not None else schedule.configurer_id
    return (Told(event=event, stamp=Stamp(author_id=author_id, author_name=name, door=Door.SCHEDULE, run_id=run.id)),)


def _blocking(store: CompanyStore, schedule: Schedule) -> tuple[Run, Tick] | None:
    """Give the run that keeps this time from starting another, by the schedule's rule (quality.md F71)."""
    active = {run.id: run for run in store.runs.unfinished()}
    started = [tick for tick in store.schedules.ticks(schedule.name, limit=_NEWEST) if tick.kind is TickKind.STARTED]
    mine = [(active[tick.run_id], tick) for tick in started if tick.run_id in active]
    match schedule.overlap:
        case Overlap.SKIP:
            return mine[0] if mine else None
        case Overlap.QUEUE:
            waiting = [(run, tick) for run, tick in mine if run.state is RunState.QUEUED]
            return waiting[0] if waiting else None
        case _:
            assert_never(schedule.overlap)


def _names(desk: ScheduleDesk, schedule: Schedule) -> tuple[str, ...]:
    return chosen_workflows(desk.store, desk.workflows, RunRequest(group=schedule.group))


def _terms(desk: ScheduleDesk, schedule: Schedule, names: Sequence[str]) -> Terms:
    configurer = desk.store.people.by_record(schedule.configurer_id)
    return agree_terms(desk.store, [desk.workflows[name] for name in names], Automatic(configurer=configurer))


def _walls(schedule: Schedule, crons: Crons) -> Walls:
    match schedule.timing:
        case Weekly(days=days, times=times):
            return walls_of_week(frozenset(days), times)
        case Cron(text=text):
            return crons.read(text)
        case _:
            assert_never(schedule.timing)


def _zone(schedule: Schedule) -> ZoneInfo:
    try:
        return ZoneInfo(schedule.zone)
    except ZoneInfoNotFoundError as error:
        raise ValueError(f"This machine does not know the zone {schedule.zone}.") from error
