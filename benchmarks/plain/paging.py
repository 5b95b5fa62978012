"""Pages of SuiteQL asked for and thrown away: what the simulator can serve, with as little work beside it as a client can do."""

from __future__ import annotations

import json

import msgspec

from benchmarks.customers import COLUMNS, FIRST_ID
from benchmarks.plain.signing import authorization
from benchmarks.plain.speaking import Wire
from benchmarks.tasks import Measured, Task, timed

_PAGE = 1000
_PATH = f"/services/rest/query/v1/suiteql?limit={_PAGE}"


class UnservedError(Exception):
    """Fewer rows were served than there are."""


class _Page(msgspec.Struct):
    count: int


def measure(task: Task) -> Measured:
    """Ask for every page of customers; their ids are known, so that no page has to be read for the next."""
    with Wire(task.address) as wire, timed(task) as watch:
        served = sum(_count(task, wire, FIRST_ID - 1 + start) for start in range(0, task.size, _PAGE))
    if served != task.size:
        raise UnservedError(f"{served} of {task.size} rows were served.")
    return watch.measured(task.size)


def _count(task: Task, wire: Wire, last: int) -> int:
    query = f"SELECT {', '.join(COLUMNS)} FROM customer WHERE id > {last} ORDER BY id"
    headers = {
        "Authorization": authorization(task.credentials, "POST", task.address + _PATH),
        "Content-Type": "application/json",
        "Prefer": "transient",
    }
    return msgspec.json.decode(wire.post(_PATH, json.dumps({"q": query}).encode(), headers), type=_Page).count
