"""Answers the Automate page."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.administration.automating import list_schedules
from suitebridge.administration.designating import integration_user
from suitebridge.administration.grouping import list_groups
from suitebridge.console.access import Visit
from suitebridge.console.automate.page import ScheduleState, automate_page
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import Permission, User
from suitebridge.domain.schedules import Schedule
from suitebridge.runs.scheduling import next_owner, next_slots

_DONE = {
    "group-saved": "The workflow group was saved.",
    "group-removed": "The workflow group was removed.",
    "schedule-saved": "The schedule was saved. You are its configurer now.",
    "schedule-removed": "The schedule was removed.",
}


def show_automation(visit: Visit) -> HttpResponse:
    """Show what runs by itself."""
    schedules = list_schedules(visit.store, acting=visit.user)
    page = automate_page(
        [state_of(visit, schedule, most_slots=1, most_ticks=1) for schedule in schedules],
        list_groups(visit.store, acting=visit.user),
        workflows=visit.workflows,
        is_administrator=visit.may(Permission.ADMINISTER),
        done=_DONE.get(visit.request.GET.get("done", ""), ""),
    )
    return show(visit, "automate/automate.html", page, title="Automate", place="connector")


def state_of(visit: Visit, schedule: Schedule, *, most_slots: int, most_ticks: int) -> ScheduleState:
    """Give a schedule as it stands."""
    desk = visit.house.schedule_desk(visit.store)
    owner, chosen = next_owner(desk, schedule), integration_user(visit.store)
    is_stand_in = isinstance(owner, User) and chosen is None and owner.id != schedule.configurer_id
    return ScheduleState(
        schedule=schedule,
        slots=next_slots(desk, schedule, most=most_slots) if schedule.is_enabled else (),
        ticks=visit.store.schedules.ticks(schedule.name, limit=most_ticks),
        refusal=owner if isinstance(owner, Problem) else None,
        stand_in=owner.name if isinstance(owner, User) and is_stand_in else "",
        zone=zone_of(schedule.zone),
    )
