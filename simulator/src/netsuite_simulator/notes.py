"""System notes: who changed which field of which record when, from what to what, through which door.

Kept in the table `systemnote`, one row per changed field and one per new record (columns as NetSuite2 names them where
known, `recordtype` assumed). Refuses to decide what changes.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from netsuite_simulator.drafts import Draft
from netsuite_simulator.tables import NOTE_TABLE
from netsuite_simulator.values import Scalar

CONTEXTS = {"soap": "WEBSERVICES", "rest": "RESTWEBSERVICES", "setup": "USERINTERFACE"}
_LONGEST = 4_000  # letters of a value that a note keeps
_COLUMNS = "recordid, recordtype, name, role, date, context, type, field, oldvalue, newvalue"
_INSERT = f"INSERT INTO {NOTE_TABLE} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


def write_notes(connection: sqlite3.Connection, draft: Draft, number: int) -> None:
    """Note a new record, or every field whose value changes; world edits leave no note."""
    if draft.is_world_edit:
        return
    world = draft.world
    head = (number, draft.shelf.type.name, int(world.author), world.role, world.second_text())
    context = CONTEXTS.get(world.context, "OTHER")
    if draft.current is None:
        connection.execute(_INSERT, (*head, context, "Create", None, None, None))
        return
    before, after = draft.current.values, draft.values
    rows: list[tuple[Scalar, ...]] = []
    for name in draft.shelf.fields:
        old, new = before.get(name), after.get(name)
        if old != new:
            kind = "Set" if old is None else "Unset" if new is None else "Change"
            rows.append((*head, context, kind, name, _shown(old), _shown(new)))
    if rows:
        connection.executemany(_INSERT, rows)


def _shown(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "T" if value else "F"
        case datetime() | date():
            return value.isoformat()
        case list():
            return f"{len(value)} lines"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)[:_LONGEST]
