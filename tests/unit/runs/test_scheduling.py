"""What becomes of times that are due: runs, skipped and refused ones, once each, under a clock that the tests set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from suitebridge.adapters.engine.crons import EngineCrons
from suitebridge.catalog import CATALOG
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import ADMINISTRATOR, INTEGRATION_DESIGNER, Door, Stamp, User
from suitebridge.domain.schedules import Overlap, Schedule, Tick, TickKind, read_timing
from suitebridge.ports.people import PersonChange
from suitebridge.ports.runs import RunState
from suitebridge.runs.scheduling import ScheduleDesk, fire_due, next_owner, next_slots
from tests.fakes.runs import Firm

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
HOURS = "07:00 08:00 09:00 10:00"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SetClock:
    """Stands still until a test sets it."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment


class Office:
    """A firm with one schedule of four times a day."""

    def __init__(self, overlap: Overlap = Overlap.SKIP, *, times: str = HOURS, cron: str = "") -> None:
        self.firm, self.clock = Firm(), SetClock()
        self.firm.store.clock = self.clock
        self.firm.store.groups.save(WorkflowGroup(name="Day", workflows=("import_services",)), stamp=self.firm.stamp)
        timing = read_timing(() if cron else DAYS, times, cron)
        schedule = Schedule(name="Daily", group="Day", timing=timing, zone="Europe/Berlin", overlap=overlap)
        self.schedule = self.firm.store.schedules.save(schedule, stamp=self.firm.stamp)
        self.desk = ScheduleDesk(
            store=self.firm.store, workflows=CATALOG, crons=EngineCrons(), clock=self.clock, chance=self.firm.chance
        )

    def at(self, hour: int, minute: int = 0, *, day: int = 2) -> Sequence[Tick]:
        """Fire what is due at a time in Berlin."""
        self.clock.moment = datetime(2026, 3, day, hour - 1, minute, tzinfo=UTC)
        return fire_due(self.desk)

    def told(self) -> list[str]:
        """Give what the page says of the ticks, oldest first."""
        return [f"{tick.label} {tick.kind.value} {tick.said}".strip() for tick in reversed(self.ticks())]

    def ticks(self) -> Sequence[Tick]:
        return self.firm.store.schedules.ticks("Daily", limit=99)

    def end_run(self) -> None:
        """Carry the oldest run out that has not ended."""
        self.firm.carry_out(self.firm.store.runs.unfinished()[0])

    def save(self, *, user: User | None = None, **changes: object) -> Schedule:
        stored = self.firm.store.schedules.get("Daily")
        assert stored is not None
        by = user or self.firm.user
        stamp = Stamp(author_id=by.id, author_name=by.name, door=Door.CONSOLE)
        return self.firm.store.schedules.save(replace(stored, **changes), stamp=stamp)  # type: ignore[arg-type]

    def add_user(self, name: str, *, is_administrator: bool) -> User:
        role = ADMINISTRATOR if is_administrator else INTEGRATION_DESIGNER
        return self.firm.store.people.add(
            user_id=name, first=name, last="", email="", role=role, password=Secret("long enough"), stamp=None
        )


def test_a_time_becomes_one_run_however_often_it_is_looked_at() -> None:
    office = Office()
    assert office.at(6, 59) == []
    (tick,) = office.at(7)
    assert (tick.kind, tick.label, tick.day.isoformat(), tick.missed) == (TickKind.STARTED, "07:00", "2026-03-02", 0)
    assert [*office.at(7), *office.at(7, 30), *office.at(6)] == []  # a clock that goes back fires nothing twice
    run = office.firm.store.runs.get("last")
    assert run is not None
    assert (run.started_by, run.owner_id, run.workflows) == (
        "schedule Daily",
        office.firm.user.id,
        ("import_services",),
    )
    (entry,) = office.firm.store.trail.newest(limit=1)
    assert (entry.record_title, entry.door, entry.author_name) == (
        "run 1 of the workflow group Day",
        "schedule",
        run.owner_name,
    )
    office.end_run()
    assert office.at(8)[0].kind is TickKind.STARTED
    assert len(office.firm.store.runs.newest(limit=9)) == 2


@pytest.mark.fault("F71")
def test_f71_an_overlap_is_skipped_and_shown() -> None:
    office = Office()
    office.at(7)
    office.at(8)
    office.at(9)
    office.end_run()
    office.at(10)
    assert office.told() == [
        "07:00 started",
        "08:00 skipped Run 1 of 07:00 still active",
        "09:00 skipped Run 1 of 07:00 still active",
        "10:00 started",
    ]
    assert [tick.run_number for tick in office.ticks()] == [2, 1, 1, 1]


@pytest.mark.fault("F71")
def test_f71_one_run_is_queued_and_no_second_one() -> None:
    office = Office(Overlap.QUEUE)
    office.at(7)
    office.firm.store.runs.enter(office.ticks()[0].run_id, RunState.RUNNING, at=START)
    assert [office.at(8)[0].kind, office.at(9)[0].kind] == [TickKind.STARTED, TickKind.SKIPPED]
    assert office.told()[-1] == "09:00 skipped Run 2 of 08:00 still active"
    office.end_run()
    office.end_run()
    assert office.at(10)[0].kind is TickKind.STARTED


@pytest.mark.fault("F73")
def test_f73_three_days_of_downtime_are_caught_up_with_once() -> None:
    office = Office()
    (tick,) = office.at(9, 30, day=5)
    assert (tick.label, tick.day.day, tick.missed) == ("09:00", 5, 14)
    assert len(office.firm.store.runs.newest(limit=99)) == 1
    assert office.at(9, 40, day=5) == []


def test_what_passed_before_it_was_saved_or_while_it_was_off_counts_for_nothing() -> None:
    office = Office()
    office.clock.moment = START + timedelta(hours=7)  # 08:00 in Berlin
    office.save(is_enabled=False)
    assert office.at(9) == []
    office.save(is_enabled=True)
    assert office.at(9, 59) == []
    assert [tick.label for tick in office.at(10)] == ["10:00"]


def test_the_configurer_owns_the_run_and_another_administrator_after() -> None:
    office = Office()
    grace = office.add_user("grace", is_administrator=True)
    office.save(user=grace)
    owner = next_owner(office.desk, office.save(user=grace))
    assert isinstance(owner, User)
    assert owner.id == grace.id
    office.firm.store.people.change(grace.id, PersonChange(is_active=False), version="", stamp=office.firm.stamp)
    office.at(7)
    run = office.firm.store.runs.get("last")
    assert run is not None
    assert run.owner_id == office.firm.user.id
    # Whoever configured it without being an administrator never owns a run of it (ADR 0008).
    dora = office.add_user("dora", is_administrator=False)
    owner = next_owner(office.desk, office.save(user=dora))
    assert isinstance(owner, User)
    assert owner.id == office.firm.user.id


def test_without_a_possible_owner_the_time_is_a_refused_run() -> None:
    office = Office()
    store = office.firm.store
    kept = store.state.connection
    assert kept is not None
    # No door lets the integration user go: a restored backup could.
    store.state.connection = replace(kept, shown=replace(kept.shown, integration_user_id="999"))
    refusal = next_owner(office.desk, office.schedule)
    assert isinstance(refusal, Problem)
    assert refusal.code == "SB-OWN-001"
    (tick,) = office.at(7)
    assert (tick.kind, tick.problem_code) == (TickKind.REFUSED, "SB-OWN-001")
    run = store.runs.get("last")
    assert run is not None
    assert (run.state, run.problem_code, run.started_by) == (RunState.FAILED, "SB-OWN-001", "schedule Daily")
    assert store.runs.unfinished() == []
    assert office.ticks()[0].run_number == run.number


def test_without_a_connection_the_schedule_says_it() -> None:
    office = Office()
    store = office.firm.store
    store.state.connection = None
    (tick,) = office.at(7)
    assert (tick.kind, tick.problem_code) == (TickKind.REFUSED, "NS-AUTH-002")
    assert store.runs.newest(limit=1) == []


def test_a_schedule_that_cannot_be_read_stops_no_other() -> None:
    office = Office()
    broken = Schedule(name="Broken", group="Day", timing=read_timing((), "", "x"), zone="Nowhere/Land")
    office.firm.store.schedules.save(broken, stamp=office.firm.stamp)
    assert [tick.label for tick in office.at(7)] == ["07:00"]


def test_the_preview_is_what_is_fired() -> None:
    office = Office(times="", cron="30 2 * * *")
    office.clock.moment = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
    ahead = next_slots(office.desk, office.schedule, most=5)
    fired = []
    for slot in ahead:
        office.clock.moment = slot.at
        fired += [tick.at for tick in fire_due(office.desk)]
        office.end_run()
    assert fired[1:] == [slot.at for slot in ahead][1:]
