"""Schedules and their ticks: versions, groups in use, and one tick for each local day and label, decided in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import Stamp
from suitebridge.domain.schedules import Overlap, Schedule, Tick, TickKind, read_timing
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import NewRun, RunState
from tests.contract.stories import MOMENT

GROUP = WorkflowGroup(name="Day", workflows=("import_customers",))
DAILY = Schedule(name="Daily", group="day", timing=read_timing(["mon", "fri"], "06:00 18:30", ""), zone="Europe/Berlin")
# The stores' clocks stand in March 2026: these moments lie ahead of whatever was saved there.
LATER = MOMENT + timedelta(days=365)
TICK = Tick(day=LATER.date(), label="06:00", at=LATER, kind=TickKind.STARTED, noted_at=LATER, missed=2)


def new_run(run_id: str, refusal: Problem | None = None) -> NewRun:
    return NewRun(
        id=run_id,
        account_id="TSTDRV100",
        workflows=GROUP.workflows,
        owner_id="1",
        owner_name="Ada",
        started_by="schedule Daily",
        is_full=False,
        asked_at=LATER,
        mapping_versions={},
        refusal=refusal,
    )


@pytest.fixture
def scheduled(store: CompanyStore, stamp: Stamp) -> CompanyStore:
    store.groups.save(GROUP, stamp=stamp)
    store.schedules.save(DAILY, stamp=stamp)
    return store


def test_a_schedule_comes_back_as_it_was_saved_and_tells_each_change(scheduled: CompanyStore, stamp: Stamp) -> None:
    saved = scheduled.schedules.get("DAILY")
    assert saved is not None
    assert saved.since is not None
    assert saved == replace(
        DAILY, group="Day", configurer_id="1", configurer_name="Ada Lovelace", since=saved.since, version=1
    )
    cron = replace(saved, timing=read_timing([], "", "0 6 * * *"), overlap=Overlap.QUEUE, is_enabled=False)
    again = scheduled.schedules.save(cron, stamp=stamp)
    assert scheduled.schedules.all() == [again]
    (entry,) = scheduled.trail.newest(limit=1)
    assert (entry.event, entry.record_type) == ("schedule:saved", "schedule")
    assert {(step.field, step.before, step.after) for step in entry.changes} == {
        ("timing", "Monday, Friday at 06:00, 18:30", "cron 0 6 * * *"),
        ("overlap", "skip", "queue one"),
        ("enabled", "true", "false"),
    }
    for late in (replace(saved, name="daily", version=0), replace(saved, version=1)):
        with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
            scheduled.schedules.save(late, stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-AUTO-001"):
        scheduled.schedules.save(replace(DAILY, name="Other", group="Nothing"), stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-AUTO-003"):
        scheduled.groups.remove("Day", version=1, stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
        scheduled.schedules.remove("Daily", version=1, stamp=stamp)
    scheduled.schedules.remove("Daily", version=2, stamp=stamp)
    scheduled.groups.remove("Day", version=1, stamp=stamp)
    assert scheduled.schedules.all() == []


def test_a_time_is_dealt_with_once(scheduled: CompanyStore) -> None:
    run = scheduled.schedules.start("daily", TICK, new_run("r1"))
    assert run is not None
    assert (run.number, run.state) == (1, RunState.QUEUED)
    assert scheduled.schedules.start("Daily", TICK, new_run("r2")) is None
    assert not scheduled.schedules.note("Daily", TICK)
    assert not scheduled.schedules.note(
        "Daily", replace(TICK, at=LATER + timedelta(hours=1))
    )  # the day and label count
    assert not scheduled.schedules.note("Nothing", TICK)
    assert scheduled.runs.get("r2") is None
    evening = replace(TICK, label="18:30", at=LATER + timedelta(hours=12), kind=TickKind.SKIPPED, run_id="r1", said="x")
    assert scheduled.schedules.note("Daily", evening)
    assert not scheduled.schedules.note("Daily", replace(TICK, label="07:00", at=LATER + timedelta(hours=1)))  # gone by
    newest = scheduled.schedules.ticks("Daily", limit=9)
    assert list(newest) == [replace(evening, run_number=1), replace(TICK, run_id="r1", run_number=1)]


def test_a_refused_time_is_a_run_that_failed_at_once(scheduled: CompanyStore) -> None:
    problem = Problem(code="SB-OWN-001", facts={"said": "Nobody is there."})
    tick = replace(TICK, kind=TickKind.REFUSED, problem_code=problem.code, problem_facts=problem.facts)
    run = scheduled.schedules.start("Daily", tick, new_run("r1", refusal=problem))
    assert run is not None
    assert (run.state, run.problem_code, run.problem_facts, run.ended_at) == (
        RunState.FAILED,
        "SB-OWN-001",
        {"said": "Nobody is there."},
        LATER,
    )
    assert scheduled.runs.unfinished() == []
    assert scheduled.schedules.ticks("Daily", limit=1)[0].problem_facts == problem.facts


def test_a_schedule_that_is_off_or_gone_has_no_ticks(scheduled: CompanyStore, stamp: Stamp) -> None:
    stored = scheduled.schedules.get("Daily")
    assert stored is not None
    scheduled.schedules.note("Daily", TICK)
    scheduled.schedules.save(replace(stored, is_enabled=False), stamp=stamp)
    assert not scheduled.schedules.note("Daily", replace(TICK, label="later", at=LATER + timedelta(days=1)))
    scheduled.schedules.remove("Daily", version=2, stamp=stamp)
    assert scheduled.schedules.ticks("Daily", limit=9) == []
