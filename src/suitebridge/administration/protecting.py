"""Which workflows are protected, by what, and the way out (quality.md U22): what runs by itself is not changed under it.

A workflow is protected while a schedule that is on runs a group with it, and an export while records of its type are exported when they are
saved (netsuite-connector.md §6.2).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from suitebridge.administration.automating import save_schedule, schedule_refused
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.groups import key_of
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.records import Direction
from suitebridge.domain.schedules import Schedule
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.crons import Crons


class ProtectedBy(enum.Enum):
    """What protects a workflow."""

    SCHEDULE = "schedule"
    REAL_TIME = "real-time export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """One thing that protects a workflow: a schedule by its name, with the group that it runs, or the record type that is exported in real time."""

    by: ProtectedBy
    name: str
    group: str = ""


def protections(store: CompanyStore, workflows: Mapping[str, Workflow]) -> Mapping[str, tuple[Protection, ...]]:
    """Give what protects each workflow; one that nothing protects is not there."""
    groups = {key_of(one.name): one for one in store.groups.all()}
    found: dict[str, list[Protection]] = {}
    for schedule in store.schedules.all():
        group = groups.get(key_of(schedule.group))
        if schedule.is_enabled and group is not None:
            for name in group.workflows:
                one = Protection(by=ProtectedBy.SCHEDULE, name=schedule.name, group=group.name)
                found.setdefault(name, []).append(one)
    exported = store.real_time.get().exports
    for name, workflow in workflows.items():
        if workflow.is_active and workflow.direction is Direction.EXPORT and workflow.source_type in exported:
            one = Protection(by=ProtectedBy.REAL_TIME, name=workflow.source_type)
            found.setdefault(name, []).append(one)
    return {name: tuple(held) for name, held in found.items()}


def told(protected_by: Sequence[Protection]) -> str:
    """Say in words what protects a workflow."""
    return ", ".join(
        f"the schedule {one.name}"
        if one.by is ProtectedBy.SCHEDULE
        else f"the export of each saved {one.name.replace('_', ' ')}"
        for one in protected_by
    )


def pause_schedule(store: CompanyStore, name: str, *, crons: Crons, acting: User, stamp: Stamp) -> Schedule:
    """Switch a schedule off, so that what it runs can be changed; on again on the Automate page. One that is off stays off.

    Raise `RecordRefusedError` SB-AUTO-002 where there is none, `RunStoppedError` SB-AUTH-001.
    """
    schedule = store.schedules.get(name)
    if schedule is None:
        raise RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": f"The schedule {name}"}))
    if not schedule.is_enabled:
        return schedule
    saved = save_schedule(store, replace(schedule, is_enabled=False), crons=crons, acting=acting, stamp=stamp)
    if not isinstance(saved, Schedule):
        raise schedule_refused(name, saved)
    return saved
