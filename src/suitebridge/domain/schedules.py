"""Schedules: when which workflow group runs by itself, in whose zone, and what happens where the run before is still at work.

It refuses to know what time it is and who may keep schedules; whether a cron text means anything is said by whoever reads cron texts.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, TypeAlias, assert_never

from suitebridge.domain.groups import name_objections

MOST_SCHEDULES: Final = 100
MOST_TIMES: Final = 48
MOST_CRON: Final = 100
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_WORDS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """Times on weekdays, Monday being 0."""

    days: tuple[int, ...]
    times: tuple[time, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """The five fields of a cron text: minute, hour, day of the month, month, weekday."""

    text: str


Timing: TypeAlias = Weekly | Cron


class Overlap(enum.Enum):
    """What becomes of a time at which the run before has not ended (quality.md F71)."""

    SKIP = "skip"
    QUEUE = "queue one"


OVERLAP_SENTENCES: Mapping[Overlap, str] = {
    Overlap.SKIP: "Skip: the next time counts again.",
    Overlap.QUEUE: "Queue one: a run waits for its turn; while one waits, further times are skipped.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule as it is stored; a name is unique in its company, whatever its case. `version` counts the saves, 0 for one that is new.

    The configurer is who saved it last: in that person's name it runs where no integration user is chosen. Times until `since` are dealt with.
    """

    name: str
    group: str
    timing: Timing
    zone: str
    overlap: Overlap = Overlap.SKIP
    is_enabled: bool = True
    configurer_id: str = ""
    configurer_name: str = ""
    since: datetime | None = None
    version: int = 0


class TickKind(enum.Enum):
    """What became of a time that was due; the value is stored."""

    STARTED = "started"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A time that was due, and what became of it; a schedule has one for each local day and label.

    `run_id` is the run that it started, or that could not start; of a skipped one the run that was still at work. `missed` counts the times
    before it that nobody was there for.
    """

    day: date
    label: str
    at: datetime
    kind: TickKind
    noted_at: datetime
    run_id: str = ""
    run_number: int = 0
    missed: int = 0
    said: str = ""
    problem_code: str = ""
    problem_facts: Mapping[str, str] = field(default_factory=dict)


def objections(schedule: Schedule, *, groups: Sequence[str], has_zone: bool, cron: str) -> tuple[tuple[str, str], ...]:
    """Give everything that is wrong with a schedule, as pairs of a field and a sentence; `cron` is what is wrong with a cron text."""
    found = [("name", said) for said in name_objections(schedule.name, "schedule")]
    if schedule.group not in groups:
        said = f"There is no workflow group named {schedule.group}." if schedule.group else "Choose a workflow group."
        found.append(("group", said))
    if not has_zone:
        found.append(("zone", f"“{schedule.zone}” is no time zone. Write its IANA name, for example Europe/Berlin."))
    match schedule.timing:
        case Weekly(days=days, times=times):
            if not days or not set(days) <= set(range(len(DAYS))):
                found.append(("days", "Choose at least one weekday."))
            if not times or len(times) > MOST_TIMES:
                found.append(("times", f"Write between one and {MOST_TIMES} times, for example 06:00, 18:30."))
        case Cron():
            if cron:
                found.append(("cron", cron))
        case _:
            assert_never(schedule.timing)
    return tuple(found)


def read_times(text: str) -> tuple[time, ...]:
    """Read times of a day, "06:00, 18:30"; none where one of them is no time."""
    found: list[time] = []
    for word in text.replace(",", " ").split():
        hour, colon, minute = word.partition(":")
        is_time = colon and all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in (hour, minute))
        if not is_time or int(hour) > 23 or int(minute) > 59 or len(minute) != 2:
            return ()
        found.append(time(int(hour), int(minute)))
    return tuple(sorted(set(found)))


def read_timing(days: Sequence[str], times: str, cron: str) -> Timing:
    """Read when something is due: a cron text where there is one, else weekdays by their words and times of a day."""
    if cron.strip():
        return Cron(text=" ".join(cron.split()))
    known = {word: number for number, word in enumerate(DAY_WORDS)}
    numbers = {known.get(day.strip().casefold()[:3], -1) for day in days}
    return Weekly(days=tuple(sorted(numbers)), times=read_times(times))


def times_text(times: Sequence[time]) -> str:
    """Write times of a day as they are read."""
    return ", ".join(f"{one:%H:%M}" for one in times)


def tell_tick(tick: Tick) -> str:
    """Tell what became of a time: "08:00 skipped: Run 12 of 07:00 still active"."""
    said = f": {tick.said}" if tick.said else f": run {tick.run_number}" if tick.run_number else ""
    missed = f", {tick.missed} missed before it" if tick.missed else ""
    return f"{tick.label} {tick.kind.value}{missed}{said}"


def tell_timing(timing: Timing) -> str:
    """Tell when something is due: "Monday to Friday at 06:00, 18:30"."""
    match timing:
        case Cron(text=text):
            return f"cron {text}"
        case Weekly(days=days, times=times):
            return f"{_tell_days(sorted(set(days)))} at {times_text(times)}"
        case _:
            assert_never(timing)


def spell_timing(timing: Timing) -> Mapping[str, str | Sequence[str]]:
    """Write a timing in the parts that people enter: days, times, cron; what does not apply is empty."""
    match timing:
        case Cron(text=text):
            return {"days": [], "times": [], "cron": text}
        case Weekly(days=days, times=times):
            return {"days": [DAY_WORDS[day] for day in days], "times": [f"{one:%H:%M}" for one in times], "cron": ""}
        case _:
            assert_never(timing)


def _tell_days(days: Sequence[int]) -> str:
    if len(days) == len(DAYS):
        return "Every day"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)
