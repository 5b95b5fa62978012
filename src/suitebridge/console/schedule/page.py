"""What the form of a schedule shows: what runs when, the next five times, whose run it would be, and what became of the newest times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from suitebridge.console import links, wording
from suitebridge.console.automate.page import ScheduleState, SlotLine, TickLine, slot_line, tick_line
from suitebridge.console.choices import Choice
from suitebridge.console.forms import Field, by_field
from suitebridge.console.notices import Complaint, Notice
from suitebridge.console.wording import Span
from suitebridge.domain.people import User
from suitebridge.domain.schedules import (
    DAY_WORDS,
    DAYS,
    OVERLAP_SENTENCES,
    Cron,
    Overlap,
    Schedule,
    Weekly,
    times_text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in the form: a schedule, and the texts as they were typed."""

    schedule: Schedule
    days: frozenset[str]
    times: str
    cron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a stored schedule will do: its next times, and whose run the next one would be or why it would be refused."""

    slots: tuple[SlotLine, ...]
    owner: str
    refusal: str
    remedy: tuple[Span, ...]
    ticks: tuple[TickLine, ...]
    configurer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage:
    """The form. The name of a schedule that is there stays; `outlook` is None for one that is still to be added."""

    title: str
    here_href: str
    list_href: str
    is_new: bool
    version: int
    name: Field
    group: Field
    days: tuple[Choice, ...]
    days_problem: str
    times: Field
    cron: Field
    zone: Field
    zones: tuple[str, ...]
    overlaps: tuple[Choice, ...]
    is_enabled: bool
    problems: tuple[Complaint, ...]
    notice: Notice | None
    outlook: Outlook | None


def entry_of(schedule: Schedule) -> Entry:
    """Give what the form of a schedule holds before anything is typed."""
    match schedule.timing:
        case Cron(text=text):
            return Entry(schedule=schedule, days=frozenset(), times="", cron=text)
        case Weekly(days=days, times=times):
            words = frozenset(DAY_WORDS[day] for day in days if 0 <= day < len(DAY_WORDS))
            return Entry(schedule=schedule, days=words, times=times_text(times), cron="")
        case _:
            assert_never(schedule.timing)


def schedule_page(
    entry: Entry,
    *,
    groups: Sequence[str],
    zones: Sequence[str],
    problems: Sequence[tuple[str, str]] = (),
    notice: Notice | None = None,
    outlook: Outlook | None = None,
) -> SchedulePage:
    """Write the form; `problems` are pairs of a field and what is wrong with it."""
    schedule, is_new = entry.schedule, outlook is None
    said = by_field(problems)
    here = links.address("schedule-add") if is_new else links.address("schedule", schedule_name=schedule.name)
    return SchedulePage(
        title="Add a schedule" if is_new else schedule.name,
        here_href=here,
        list_href=links.address("automate"),
        is_new=is_new,
        version=schedule.version,
        name=Field(name="name", label="Name", value=schedule.name, problem=said.get("name", "")),
        group=Field(
            name="group",
            label="Workflow group",
            value=schedule.group,
            options=tuple(groups),
            problem=said.get("group", ""),
        ),
        days=_days(entry),
        days_problem=said.get("days", ""),
        **_typed(entry, said),
        zones=tuple(zones),
        overlaps=tuple(
            Choice(value=one.value, text=OVERLAP_SENTENCES[one], is_chosen=one is schedule.overlap) for one in Overlap
        ),
        is_enabled=schedule.is_enabled,
        problems=tuple(Complaint(field=field, said=told) for field, told in said.items()),
        notice=notice,
        outlook=outlook,
    )


def outlook_of(state: ScheduleState, owner: User | None) -> Outlook:
    """Write what a stored schedule will do."""
    refusal = state.refusal
    return Outlook(
        slots=tuple(slot_line(slot, state.zone) for slot in state.slots),
        owner=owner.name if owner is not None else "",
        refusal=f"{refusal.title}. {refusal.cause}" if refusal is not None else "",
        remedy=wording.spans(refusal.remedy) if refusal is not None else (),
        ticks=tuple(tick_line(tick) for tick in state.ticks),
        configurer=state.schedule.configurer_name,
    )


def _days(entry: Entry) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=word, text=text, is_chosen=word in entry.days) for word, text in zip(DAY_WORDS, DAYS, strict=True)
    )


def _typed(entry: Entry, said: Mapping[str, str]) -> dict[str, Field]:
    return {
        "times": Field(
            name="times",
            label="Times",
            value=entry.times,
            hint="One or several, for example 06:00, 18:30.",
            problem=said.get("times", ""),
        ),
        "cron": Field(
            name="cron",
            label="Cron text",
            value=entry.cron,
            hint="Instead of weekdays and times: minute, hour, day of the month, month, weekday, for example 0 7-19 * * mon-fri.",
            problem=said.get("cron", ""),
        ),
        "zone": Field(
            name="zone",
            label="Time zone",
            value=entry.schedule.zone,
            hint="The zone in which the times are meant, for example Europe/Berlin.",
            problem=said.get("zone", ""),
        ),
    }
