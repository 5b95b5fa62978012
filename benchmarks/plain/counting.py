"""Time counted and its last page read, by SuiteQL: little work over as many records as the simulator is to hold."""

from __future__ import annotations

import json

import msgspec

from benchmarks.plain.signing import authorization
from benchmarks.plain.speaking import Wire
from benchmarks.tasks import Measured, Task, timed

_PATH = "/services/rest/query/v1/suiteql?limit=1000"


class MissingRowsError(Exception):
    """The account holds fewer entries than were loaded."""


class _Answer(msgspec.Struct):
    items: list[dict[str, str | list[str]]]


def measure(task: Task) -> Measured:
    """Count every entry, and read the last thousand; what counts is the simulator's memory afterward."""
    with Wire(task.address) as wire, timed(task) as watch:
        (counted,) = _ask(task, wire, "SELECT COUNT(*) AS n FROM timebill")
        page = _ask(
            task, wire, f"SELECT id, hours, memo FROM timebill WHERE id > {max(task.size - 1000, 0)} ORDER BY id"
        )
    if counted["n"] != str(task.size) or len(page) != min(task.size, 1000):
        raise MissingRowsError(f"{counted['n']} of {task.size} entries are held.")
    return watch.measured(task.size)


def _ask(task: Task, wire: Wire, query: str) -> list[dict[str, str | list[str]]]:
    headers = {
        "Authorization": authorization(task.credentials, "POST", task.address + _PATH),
        "Content-Type": "application/json",
        "Prefer": "transient",
    }
    return msgspec.json.decode(wire.post(_PATH, json.dumps({"q": query}).encode(), headers), type=_Answer).items
