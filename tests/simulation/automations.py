"""What happens in a history without anybody starting a run: schedules, single records, pushes, exports on save, and workers that stand still."""

from __future__ import annotations

import random
from datetime import time

from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import Door
from suitebridge.domain.schedules import Overlap, Schedule, Weekly
from suitebridge.runs.pushing import SavedRecord, receive_push
from suitebridge.runs.receiving import RecordRequest, ask_for_record, ways_of
from tests.fakes.standard import STANDARD as CATALOG
from tests.simulation.workers import take_over
from tests.simulation.world import World

GROUP, SCHEDULE = "Day", "Daily"
EXPORTED = ("time_entry", "expense_report", "invoice")
PUSHED = ("customer", "employee", "job")
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
_EVERY_DAY = tuple(range(7))


def set_schedule(world: World, chance: random.Random) -> None:
    """Let somebody choose what runs when, or change it."""
    groups, schedules = world.store.groups, world.store.schedules
    known = groups.get(GROUP)
    chosen = tuple(name for name in CATALOG if chance.random() < 0.5) or ("import_customers",)
    version = known.version if known is not None else 0
    groups.save(WorkflowGroup(name=GROUP, workflows=chosen, version=version), stamp=world.stamp)
    earlier = schedules.get(SCHEDULE)
    hours = sorted(chance.sample(range(24), k=chance.randrange(1, 6)))
    schedule = Schedule(
        name=SCHEDULE,
        group=GROUP,
        timing=Weekly(days=_EVERY_DAY, times=tuple(time(hour, chance.choice([0, 30])) for hour in hours)),
        zone=chance.choice(_ZONES),
        overlap=chance.choice(list(Overlap)),
        is_enabled=chance.random() < 0.8,
        version=earlier.version if earlier is not None else 0,
    )
    schedules.save(schedule, stamp=world.stamp)


def ask_for_one(world: World, chance: random.Random) -> None:
    """Let somebody press the button on the page of a record."""
    known = [(kind, str(number)) for kind, number in world.store.state.records if ways_of(CATALOG, kind)]
    if not known:
        return
    record_type, record_id = chance.choice(known)
    request = RecordRequest(
        record_type=record_type, record_id=record_id, direction=chance.choice(ways_of(CATALOG, record_type))
    )
    try:
        ask_for_record(world.store, CATALOG, request, user=world.user, door=Door.CONSOLE, clock=world.clock)
    except RecordRefusedError:
        return
    if chance.random() < 0.5:
        world.work()


def push(world: World, chance: random.Random) -> None:
    """Let NetSuite say that records were saved: late, twice, and some that are not there."""
    kind = chance.choice(PUSHED)
    ids = [one.id for one in world.stored(kind)]
    said = [*chance.choices(ids, k=chance.randrange(1, 4)), str(chance.randrange(10**6))]
    saved = [SavedRecord(record_type=kind, record_id=one) for one in dict.fromkeys(said)]
    for _ in range(chance.randrange(1, 3)):
        receive_push(world.store, CATALOG, saved, clock=world.clock)
    if chance.random() < 0.5:
        world.work()


def choose_exports_on_save(world: World, chance: random.Random) -> None:
    """Let somebody choose what is exported when it is saved."""
    chosen = frozenset(kind for kind in EXPORTED if chance.random() < 0.5)
    world.store.real_time.save_exports(chosen, world.stamp, version=world.store.real_time.get().version)


def delete_in_workspace(world: World, chance: random.Random) -> None:
    """Let a record be gone in the workspace, whether NetSuite has it or not."""
    found = [key for key in world.store.state.records if key[0] in EXPORTED]
    if found:
        gone = chance.choice(found)
        del world.store.state.records[gone]


def stand_still(world: World, chance: random.Random) -> None:
    """Let the next worker stand still at some moment, so long that another one takes its work over."""
    world.fuse.meanwhile[len(world.fuse.passed) + chance.randrange(1, 80)] = lambda: take_over(world)
