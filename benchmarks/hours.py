"""The firm of the export case: people, projects and services that both sides know, and the time that goes over."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.tables import write_ground, write_table

_PEOPLE, _CUSTOMERS, _PROJECTS, _SERVICES = 60, 20, 80, 12
_FIRST = {"employee": 101, "customer": 301, "job": 501, "item": 701}
_MONDAY = date(2025, 1, 6)
_DAYS = 5
_NOTES = ("Prepared steering committee", "Workshop — Zürich", "", "Reviewed design", "Data migration, second trial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """One time entry, with NetSuite's ids. `week` numbers its timesheet among all."""

    number: int
    week: int
    employee: str
    project: str
    item: str
    day: date
    hours: Decimal
    is_billable: bool
    memo: str


def draw_hours(size: int, seed: int) -> Iterator[Hours]:
    """Draw time entries: five days to a timesheet, one after another."""
    draw = random.Random(seed)
    employees, projects, items = people(), projects_of_firm(), services()
    for number in range(size):
        week = number // _DAYS
        monday = _MONDAY + timedelta(weeks=week // _PEOPLE % 60)
        yield Hours(
            number=number,
            week=week,
            employee=employees[week % _PEOPLE],
            project=draw.choice(projects),
            item=draw.choice(items),
            day=monday + timedelta(days=number % _DAYS),
            hours=Decimal(draw.randrange(1, 33)) / 4,
            is_billable=draw.random() < 0.8,
            memo=draw.choice(_NOTES),
        )


def people() -> list[str]:
    """Give the employees' NetSuite ids."""
    return _ids("employee", _PEOPLE)


def projects_of_firm() -> list[str]:
    """Give the projects' NetSuite ids."""
    return _ids("job", _PROJECTS)


def services() -> list[str]:
    """Give the service items' NetSuite ids."""
    return _ids("item", _SERVICES)


def write_firm(folder: Path, size: int, seed: int) -> None:
    """Write the account's tables; the same firm whatever the number of entries."""
    write_ground(folder)
    write_table(
        folder,
        "account",
        ("id", "acctnumber", "accountsearchdisplaynamecopy", "accttype"),
        [("1", "4000", "Services", "Income")],
    )
    write_table(
        folder,
        "item",
        ("id", "itemid", "itemtype", "subtype", "incomeaccount", "subsidiary"),
        [(one, f"Service {one}", "Service", "Sale", "1", "1") for one in services()],
    )
    write_table(
        folder,
        "employee",
        ("id", "entityid", "firstname", "lastname", "subsidiary"),
        [(one, f"Person {one}", "Person", one, "1") for one in people()],
    )
    write_table(
        folder,
        "customer",
        ("id", "entityid", "companyname", "subsidiary"),
        [(one, f"Customer {one}", f"Customer {one} Ltd", "1") for one in _ids("customer", _CUSTOMERS)],
    )
    customers = _ids("customer", _CUSTOMERS)
    write_table(
        folder,
        "job",
        ("id", "entityid", "companyname", "parent", "subsidiary", "allowtime"),
        [
            (one, f"Project {one}", f"Project {one}", customers[index % _CUSTOMERS], "1", "T")
            for index, one in enumerate(projects_of_firm())
        ],
    )


def write_firm_with_time(folder: Path, size: int, seed: int) -> None:
    """Write the account's tables with the time that was exported before."""
    write_firm(folder, size, seed)
    write_table(
        folder,
        "timebill",
        ("id", "externalid", "employee", "customer", "item", "trandate", "hours", "isbillable", "memo"),
        (_time_row(one) for one in draw_hours(size, seed)),
    )


def _time_row(one: Hours) -> tuple[str, ...]:
    billable = "T" if one.is_billable else "F"
    number = str(one.number + 1)
    day = one.day.isoformat()
    return (number, f"time-{number}", one.employee, one.project, one.item, day, str(one.hours), billable, one.memo)


def _ids(table: str, count: int) -> list[str]:
    return [str(_FIRST[table] + index) for index in range(count)]
