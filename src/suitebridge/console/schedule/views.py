"""Answers the form of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from zoneinfo import available_timezones

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.automating import list_schedules, remove_schedule, save_schedule
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.automate.views import state_of
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.schedule.page import Entry, entry_of, outlook_of, schedule_page
from suitebridge.console.showing import show
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door, User
from suitebridge.domain.schedules import DAY_WORDS, Overlap, Schedule, Weekly, read_timing
from suitebridge.runs.scheduling import next_owner

_NEXT_SHOWN = 5
_TICKS_SHOWN = 50


def add_schedule(visit: Visit) -> HttpResponse:
    """Show the empty form, or add the schedule it describes."""
    if visit.request.method != "POST":
        groups = visit.store.groups.all()
        empty = Schedule(
            name="",
            group=groups[0].name if groups else "",
            timing=Weekly(days=tuple(range(5)), times=()),
            zone=visit.store.company.zone,
        )
        return _show(visit, entry_of(empty), None)
    return _save(visit, None)


def edit_schedule(visit: Visit, schedule_name: str) -> HttpResponse:
    """Show the form of a schedule, store it, or remove the schedule."""
    found = list_schedules(visit.store, acting=visit.user)
    schedule = next((one for one in found if one.name == schedule_name), None)
    if schedule is None:
        raise Http404
    if visit.request.method != "POST":
        return _show(visit, entry_of(schedule), schedule)
    if visit.request.POST.get("act") != "remove":
        return _save(visit, schedule)
    stamp, version = stamp_for(visit.user, Door.CONSOLE), asked.whole_number(visit.request.POST.get("version"))
    try:
        remove_schedule(visit.store, schedule.name, version=version, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        notice = notice_of(error.problem)
        return _show(visit, entry_of(schedule), schedule, notice=notice, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("automate", query={"done": "schedule-removed"}))


def _save(visit: Visit, stored: Schedule | None) -> HttpResponse:
    entry, stamp = _typed(visit, stored), stamp_for(visit.user, Door.CONSOLE)
    if entry.cron.strip() and entry.times.strip():
        both = (("cron", "Write either weekdays and times, or a cron text."),)
        return _show(visit, entry, stored, problems=both, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        saved = save_schedule(visit.store, entry.schedule, crons=visit.house.crons, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        return _show(visit, entry, stored, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    if not isinstance(saved, Schedule):
        return _show(visit, entry, stored, problems=saved, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(links.address("automate", query={"done": "schedule-saved"}))


def _typed(visit: Visit, stored: Schedule | None) -> Entry:
    form = visit.request.POST
    days, times, cron = form.getlist("day"), form.get("times", ""), form.get("cron", "")
    schedule = Schedule(
        name=stored.name if stored is not None else form.get("name", "").strip(),
        group=form.get("group", ""),
        timing=read_timing(days, times, cron),
        zone=form.get("zone", "").strip(),
        overlap=next((one for one in Overlap if one.value == form.get("overlap")), Overlap.SKIP),
        is_enabled=form.get("enabled") == "yes",
        version=asked.whole_number(form.get("version")) if stored is not None else 0,
    )
    return Entry(schedule=schedule, days=frozenset(days) & frozenset(DAY_WORDS), times=times, cron=cron)


def _show(
    visit: Visit,
    entry: Entry,
    stored: Schedule | None,
    *,
    problems: Sequence[tuple[str, str]] = (),
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    outlook = None
    if stored is not None:
        owner = next_owner(visit.house.schedule_desk(visit.store), stored)
        state = state_of(visit, stored, most_slots=_NEXT_SHOWN, most_ticks=_TICKS_SHOWN)
        outlook = outlook_of(state, owner if isinstance(owner, User) else None)
    page = schedule_page(
        entry,
        groups=[group.name for group in visit.store.groups.all()],
        zones=sorted(available_timezones()),
        problems=problems,
        notice=notice,
        outlook=outlook,
    )
    return show(visit, "schedule/schedule.html", page, title=page.title, place="connector", status=status)
