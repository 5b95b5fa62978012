"""Schedules: which workflow group runs by itself, when, and what became of each time that was due."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration import automating
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, etag, number_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.domain.people import User
from suitebridge.domain.schedules import (
    DAY_WORDS,
    Overlap,
    Schedule,
    Tick,
    read_timing,
    spell_timing,
    tell_timing,
)
from suitebridge.runs.scheduling import next_owner, next_slots

NEXT_SHOWN = 5
TICKS_SHOWN = 20


class SlotShown(BaseModel):
    """A time that is to come."""

    at: datetime = Field(description="The moment in UTC.")
    local: str = Field(description="The time in the schedule's zone.")


class TickShown(BaseModel):
    """A time that was due, and what became of it."""

    day: str
    label: str = Field(description="The time on the wall, in the schedule's zone.")
    at: datetime
    outcome: str = Field(description="started, skipped or refused.")
    run: int | None = Field(
        description="The run that it started or that could not start; of a skipped one the run still active."
    )
    missed: int = Field(description="How many times before it nobody was there for.")
    said: str
    problem_code: str


class ScheduleDocument(BaseModel):
    """A schedule; the two last fields say whose run the next one would be, or why it would be refused."""

    name: str
    group: str
    days: list[str]
    times: list[str]
    cron: str
    timing: str = Field(description="When, in words.")
    zone: str
    overlap: str
    is_enabled: bool
    configured_by: str = Field(description="Who saved it last.")
    next: list[SlotShown]
    next_owner: str | None
    refusal: str | None


class ScheduleDetail(ScheduleDocument):
    """A schedule with what became of its newest times."""

    ticks: list[TickShown]


class ScheduleList(BaseModel):
    """The schedules of the company, by name."""

    items: list[ScheduleDocument]


class ScheduleInput(Input):
    """A schedule as a whole: either weekdays and times, or a cron text."""

    group: str = Field(max_length=60, description="The workflow group that it runs.")
    days: list[str] = Field(default_factory=list, max_length=7, description=f"Of {', '.join(DAY_WORDS)}.")
    times: list[str] = Field(default_factory=list, max_length=48, description="For example 06:00 and 18:30.")
    cron: str = Field("", max_length=100, description="Minute, hour, day of the month, month, weekday.")
    zone: str = Field(max_length=60, description="The IANA name of the zone in which the times are meant.")
    overlap: str = Field(Overlap.SKIP.value, max_length=20, description="skip, or queue one.")
    is_enabled: bool = True


def show_schedules(request: HttpRequest) -> ScheduleList:
    """List the schedules of the company."""
    caller = caller_of(request)
    found = automating.list_schedules(caller.store, acting=caller.user)
    return ScheduleList(items=[ScheduleDocument.model_validate(_document(caller, one)) for one in found])


def show_schedule(request: HttpRequest, response: HttpResponse, schedule: str) -> ScheduleDetail:
    """Show one schedule with what became of its newest times; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    automating.list_schedules(caller.store, acting=caller.user)
    found = caller.store.schedules.get(schedule)
    if found is None:
        raise LookupError(f"There is no schedule {schedule} in the company.")
    response["ETag"] = etag(found.version)
    return _detail(caller, found)


def put_schedule(request: HttpRequest, response: HttpResponse, schedule: str, entry: ScheduleInput) -> ScheduleDetail:
    """Replace a schedule; If-Match “*” also adds one of this name. Whoever saves it is its configurer from then on."""
    caller = caller_of(request)
    problems = _unreadable(entry)
    if problems:
        raise _refused(schedule, problems)
    meant = Schedule(
        name=schedule,
        group=entry.group,
        timing=read_timing(entry.days, " ".join(entry.times), entry.cron),
        zone=entry.zone,
        overlap=Overlap(entry.overlap),
        is_enabled=entry.is_enabled,
        version=_version(request, caller, schedule),
    )
    house = caller.house
    saved = automating.save_schedule(caller.store, meant, crons=house.crons, acting=caller.user, stamp=caller.stamp)
    if not isinstance(saved, Schedule):
        raise _refused(schedule, saved)
    response["ETag"] = etag(saved.version)
    return _detail(caller, saved)


def delete_schedule(request: HttpRequest, schedule: str) -> Status[None]:
    """Remove a schedule; runs that it started stay."""
    caller = caller_of(request)
    version = _version(request, caller, schedule)
    automating.remove_schedule(caller.store, schedule, version=version, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def _unreadable(entry: ScheduleInput) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if entry.cron.strip() and (entry.days or entry.times):
        found.append(("cron", "Write either weekdays and times, or a cron text."))
    if entry.overlap not in {one.value for one in Overlap}:
        found.append(("overlap", f"It is one of {', '.join(one.value for one in Overlap)}."))
    return tuple(found)


def _refused(schedule: str, problems: tuple[tuple[str, str], ...]) -> EntryRefusedError:
    errors = tuple(FieldProblem(field=field, said=said) for field, said in problems)
    return EntryRefusedError(automating.schedule_refused(schedule, problems).problem, errors)


def _version(request: HttpRequest, caller: Caller, schedule: str) -> int:
    found = caller.store.schedules.get(schedule)
    return number_meant(request, present=found.version if found else 0, what=f"The schedule {schedule}")


def _detail(caller: Caller, schedule: Schedule) -> ScheduleDetail:
    ticks = caller.store.schedules.ticks(schedule.name, limit=TICKS_SHOWN)
    return ScheduleDetail.model_validate({**_document(caller, schedule), "ticks": [_tick(tick) for tick in ticks]})


def _document(caller: Caller, schedule: Schedule) -> dict[str, object]:
    desk = caller.house.schedule_desk(caller.store)
    zone, owner = automating.zone_of(schedule), next_owner(desk, schedule)
    slots = next_slots(desk, schedule, most=NEXT_SHOWN) if schedule.is_enabled and zone is not None else ()
    return {
        "name": schedule.name,
        "group": schedule.group,
        **spell_timing(schedule.timing),
        "timing": tell_timing(schedule.timing),
        "zone": schedule.zone,
        "overlap": schedule.overlap.value,
        "is_enabled": schedule.is_enabled,
        "configured_by": schedule.configurer_name,
        "next": [{"at": slot.at, "local": slot.at.astimezone(zone).isoformat(timespec="minutes")} for slot in slots],
        "next_owner": owner.name if isinstance(owner, User) else None,
        "refusal": None if isinstance(owner, User) else f"{owner.title}. {owner.cause}",
    }


def _tick(tick: Tick) -> dict[str, object]:
    return {
        "day": tick.day.isoformat(),
        "label": tick.label,
        "at": tick.at,
        "outcome": tick.kind.value,
        "run": tick.run_number or None,
        "missed": tick.missed,
        "said": tick.said,
        "problem_code": tick.problem_code,
    }
