"""A plain import: pages of SuiteQL, then for each row one look-up, one insert and one commit. No trail, no binding, no outcome.

The database file keeps what was committed across a power cut, as the connector's does: WAL with synchronous=FULL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.customers import COLUMNS
from benchmarks.plain.signing import authorization
from benchmarks.plain.speaking import Wire
from benchmarks.tasks import Measured, Task, timed

PAGE = 1000


class UncopiedError(Exception):
    """Fewer rows were copied than there are."""


def measure(task: Task) -> Measured:
    """Copy the customers."""
    with timed(task) as watch:
        copied = _import_rows(task, "customer", COLUMNS)
    if copied != task.size:
        raise UncopiedError(f"{copied} of {task.size} rows were copied.")
    return watch.measured(task.size)


def page_query(table: str, columns: Sequence[str], last: str) -> str:
    """Write the query of the page that follows the last id."""
    return f"SELECT {', '.join(columns)} FROM {table} WHERE id > {int(last)} ORDER BY id"


def _import_rows(task: Task, table: str, columns: Sequence[str]) -> int:
    """Copy a table row by row; give how many rows were written."""
    file = task.directory / "plain.sqlite3"
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(f"CREATE TABLE {table} (key INTEGER PRIMARY KEY, {', '.join(columns)})")
    database.execute(f"CREATE UNIQUE INDEX one_each ON {table} (id)")
    marks, assignments = ", ".join("?" * len(columns)), ", ".join(f"{column} = ?" for column in columns)
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    count = 0
    for row in _rows(task, table, columns):
        values = [row.get(column) for column in columns]
        found = database.execute(f"SELECT key FROM {table} WHERE id = ?", (row["id"],)).fetchone()
        database.execute("BEGIN")
        if found is None:
            database.execute(insert, values)
        else:
            database.execute(f"UPDATE {table} SET {assignments} WHERE key = ?", (*values, found[0]))
        database.execute("COMMIT")
        count += 1
    database.close()
    return count


def _rows(task: Task, table: str, columns: Sequence[str]) -> Iterator[Mapping[str, str]]:
    last, path = "0", f"/services/rest/query/v1/suiteql?limit={PAGE}"
    with Wire(task.address) as wire:
        while True:
            headers = {
                "Authorization": authorization(task.credentials, "POST", task.address + path),
                "Content-Type": "application/json",
                "Prefer": "transient",
            }
            page = json.loads(wire.post(path, json.dumps({"q": page_query(table, columns, last)}).encode(), headers))
            yield from page["items"]
            if not page["hasMore"]:
                return
            last = page["items"][-1]["id"]
