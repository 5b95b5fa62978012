"""What the Automate page shows: schedules with their next and their last time, and the workflow groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.marks import SCHEDULE_MARKS, TICK_MARKS, Mark
from suitebridge.domain.errors import Problem
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.schedules import Schedule, Tick, tell_tick, tell_timing
from suitebridge.domain.slots import Slot
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One workflow group with the titles of its workflows, in order."""

    name: str
    href: str
    workflows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """A time that is to come, in the schedule's zone and in UTC."""

    local: str
    utc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickLine:
    """A time that was due; `run_href` leads to the run that it is about, "" where there is none."""

    day: str
    told: str
    mark: Mark
    run_href: str
    run_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One schedule; `refusal` says why its next run would be refused."""

    name: str
    href: str
    group: str
    timing: str
    zone: str
    mark: Mark
    next: SlotLine | None
    last: TickLine | None
    refusal: str
    stand_in: str
    configurer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleState:
    """A schedule as it stands: its next times, its newest ticks, and why its next run would be refused.

    `stand_in` is who would own it in the place of its configurer, who cannot any more (quality.md D09).
    """

    schedule: Schedule
    slots: Sequence[Slot]
    ticks: Sequence[Tick]
    refusal: Problem | None
    stand_in: str
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatePage:
    """What runs by itself."""

    tabs: tuple[Tab, ...]
    add_schedule_href: str
    add_group_href: str
    schedules: tuple[ScheduleLine, ...]
    groups: tuple[GroupLine, ...]
    done: str


def automate_page(
    schedules: Sequence[ScheduleState],
    groups: Sequence[WorkflowGroup],
    *,
    workflows: Mapping[str, Workflow],
    is_administrator: bool,
    done: str = "",
) -> AutomatePage:
    """Write the page."""
    return AutomatePage(
        tabs=tabs("automate", is_administrator=is_administrator),
        add_schedule_href=links.address("schedule-add"),
        add_group_href=links.address("workflow-group-add"),
        schedules=tuple(_line(state) for state in schedules),
        groups=tuple(
            GroupLine(
                name=group.name,
                href=links.address("workflow-group", group_name=group.name),
                workflows=tuple(workflows[name].title if name in workflows else name for name in group.workflows),
            )
            for group in groups
        ),
        done=done,
    )


def slot_line(slot: Slot, zone: tzinfo) -> SlotLine:
    """Write a time that is to come."""
    return SlotLine(
        local=f"{slot.at.astimezone(zone):%a %Y-%m-%d %H:%M %Z}", utc=f"{slot.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    )


def tick_line(tick: Tick) -> TickLine:
    """Write a time that was due."""
    return TickLine(
        day=tick.day.isoformat(),
        told=tell_tick(tick),
        mark=TICK_MARKS[tick.kind],
        run_href=links.run(tick.run_number) if tick.run_number else "",
        run_text=f"run {tick.run_number}",
    )


def _line(state: ScheduleState) -> ScheduleLine:
    schedule = state.schedule
    return ScheduleLine(
        name=schedule.name,
        href=links.address("schedule", schedule_name=schedule.name),
        group=schedule.group,
        timing=tell_timing(schedule.timing),
        zone=schedule.zone,
        mark=SCHEDULE_MARKS[schedule.is_enabled],
        next=slot_line(state.slots[0], state.zone) if state.slots else None,
        last=tick_line(state.ticks[0]) if state.ticks else None,
        refusal=state.refusal.title if state.refusal is not None else "",
        stand_in=state.stand_in,
        configurer=schedule.configurer_name,
    )
