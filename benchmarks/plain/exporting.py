"""Plain exports: time in hundreds, one request after another, each answer counted and forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TypeAlias

from benchmarks.hours import Hours, draw_hours
from benchmarks.tasks import Measured, Task, timed

PATH = "/services/NetSuitePort_2025_2"
CORE = "urn:core_2025_2.platform.webservices.netsuite.com"
MESSAGES = "urn:messages_2025_2.platform.webservices.netsuite.com"
TIME = "urn:employees_2025_2.transactions.webservices.netsuite.com"
_LIST = 100

Send: TypeAlias = Callable[[Sequence[Hours]], int]
"""Sends one list and gives how many records were stored."""


class UnwrittenError(Exception):
    """NetSuite stored fewer records than were sent."""


def measure_sending(task: Task, send: Send) -> Measured:
    """Send every entry; they are at hand, and nothing is kept of the answers."""
    entries = list(draw_hours(task.size, task.seed))
    with timed(task) as watch:
        stored = sum(send(list(part)) for part in _parts(entries))
    if stored != task.size:
        raise UnwrittenError(f"{task.size} records were sent and {stored} stored.")
    return watch.measured(task.size)


def external_id(entry: Hours) -> str:
    """Name an entry in NetSuite."""
    return f"plain_{entry.number}"


def midnight(day: datetime.date) -> datetime.datetime:
    """Write a day as NetSuite reads it: a moment of that day, Pacific."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone(datetime.timedelta(hours=-8)))


def _parts(entries: Sequence[Hours]) -> list[Sequence[Hours]]:
    return [entries[start : start + _LIST] for start in range(0, len(entries), _LIST)]
