"""Schedules: who may see, save and remove them, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from suitebridge.administration.permitting import require
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.groups import key_of
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.schedules import MOST_CRON, MOST_SCHEDULES, Cron, Schedule, objections
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.crons import Crons

_NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS


def list_schedules(store: CompanyStore, *, acting: User) -> Sequence[Schedule]:
    """List the schedules. Raise `RunStoppedError` SB-AUTH-001 for who may not edit integration settings."""
    require(acting, _NEEDS, "see the schedules")
    return store.schedules.all()


def save_schedule(
    store: CompanyStore, schedule: Schedule, *, crons: Crons, acting: User, stamp: Stamp
) -> Schedule | tuple[tuple[str, str], ...]:
    """Store a schedule of the version that it was read with (0 adds it), or give what is wrong with it by field and store nothing.

    Whoever saves it is its configurer from now on. Raise `RecordRefusedError` SB-AUTO-001 and SB-AUTO-002, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, _NEEDS, "change a schedule")
    groups = {key_of(one.name): one.name for one in store.groups.all()}
    meant = replace(schedule, group=groups.get(key_of(schedule.group), schedule.group))
    problems = objections(
        meant,
        groups=tuple(groups.values()),
        has_zone=schedule.zone in available_timezones(),
        cron=_cron_objection(schedule, crons),
    )
    if not schedule.version and len(store.schedules.all()) >= MOST_SCHEDULES:
        problems = (*problems, ("name", f"A company has at most {MOST_SCHEDULES} schedules."))
    return problems or store.schedules.save(meant, stamp=stamp)


def remove_schedule(store: CompanyStore, name: str, *, version: int, acting: User, stamp: Stamp) -> None:
    """Remove a schedule of this version. Raise `RecordRefusedError` SB-AUTO-002, `RunStoppedError` SB-AUTH-001."""
    require(acting, _NEEDS, "remove a schedule")
    store.schedules.remove(name, version=version, stamp=stamp)


def schedule_refused(name: str, problems: Sequence[tuple[str, str]]) -> RecordRefusedError:
    """Say that a schedule was not saved, with everything that is wrong with it; each problem is a field and a sentence."""
    facts = {"what": f"The schedule {name}", "said": " ".join(said for _, said in problems)}
    return RecordRefusedError(Problem(code="SB-AUTO-001", facts=facts))


def zone_of(schedule: Schedule) -> ZoneInfo | None:
    """Give the zone of a schedule, None where this machine does not know it."""
    return ZoneInfo(schedule.zone) if schedule.zone in available_timezones() else None


def _cron_objection(schedule: Schedule, crons: Crons) -> str:
    if not isinstance(schedule.timing, Cron):
        return ""
    if len(schedule.timing.text) > MOST_CRON:
        return f"A cron text has at most {MOST_CRON} characters."
    try:
        crons.read(schedule.timing.text)
    except ValueError as error:
        return str(error)
    return ""
