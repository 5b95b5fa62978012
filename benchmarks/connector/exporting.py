"""Export of approved time: frozen work list, claims on disk before anything leaves, lists over SOAP, every outcome kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice
from operator import attrgetter

from benchmarks.connector.houses import Tenant, founded, measure_run
from benchmarks.hours import Hours, draw_hours, people, projects_of_firm, services
from benchmarks.tasks import Measured, Task
from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.people import Door
from suitebridge.domain.values import Value
from suitebridge.ports.transactions import NewRecord

WORKFLOW = "export_time_entries"
_AT_ONCE = 5000


def measure(task: Task, switches: frozenset[Switch] = frozenset()) -> Measured:
    """Export every entry."""
    return measure_run(task, WORKFLOW, switches=switches)


def prepare(task: Task) -> None:
    """Fill the workspace: people, projects and services that carry their NetSuite ids, and approved timesheets with the entries."""
    with founded(task.directory) as tenant:
        fill(tenant, task)


def fill(tenant: Tenant, task: Task) -> None:
    """Fill a company's workspace."""
    own = {
        "employee": _add(tenant, "employee", [_person(one) for one in people()]),
        "project": _add(tenant, "project", [_named(one) for one in projects_of_firm()]),
        "service": _add(tenant, "service", [_named(one) for one in services()]),
    }
    ids = {
        "employee": dict(zip(people(), own["employee"], strict=True)),
        "project": dict(zip(projects_of_firm(), own["project"], strict=True)),
        "service": dict(zip(services(), own["service"], strict=True)),
    }
    drawn = draw_hours(task.size, task.seed)
    while entries := list(islice(drawn, _AT_ONCE)):
        weeks = [next(group) for _, group in groupby(entries, key=attrgetter("week"))]
        sheets = _add(tenant, "timesheet", [_sheet(one, ids["employee"]) for one in weeks])
        by_week = dict(zip((one.week for one in weeks), sheets, strict=True))
        _add(tenant, "time_entry", [_entry(one, by_week[one.week], ids) for one in entries])


def _add(tenant: Tenant, record_type: str, rows: Sequence[dict[str, Value]]) -> Sequence[str]:
    with tenant.store.transactions.begin() as unit:
        ids = unit.reserve_ids(len(rows))
        records = [NewRecord(type=record_type, id=i, fields=row) for i, row in zip(ids, rows, strict=True)]
        unit.create_records(records, stamp_for(tenant.user, Door.SETUP))
    return ids


def _person(netsuite_id: str) -> dict[str, Value]:
    return {"nickname": f"Person {netsuite_id}", "netsuite_id": netsuite_id, "active": True}


def _named(netsuite_id: str) -> dict[str, Value]:
    return {"name": f"Record {netsuite_id}", "netsuite_id": netsuite_id, "active": True}


def _sheet(entry: Hours, employees: dict[str, str]) -> dict[str, Value]:
    return {
        "name": f"Week {entry.week}",
        "employee": employees[entry.employee],
        "starts": entry.day,
        "status": "A",
    }


def _entry(entry: Hours, sheet: str, ids: dict[str, dict[str, str]]) -> dict[str, Value]:
    return {
        "timesheet": sheet,
        "employee": ids["employee"][entry.employee],
        "project": ids["project"][entry.project],
        "service": ids["service"][entry.item],
        "date": entry.day,
        "hours": entry.hours,
        "billable": entry.is_billable,
        "notes": entry.memo,
    }
