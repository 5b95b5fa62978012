"""Weekly time sheets: a week from Sunday to Saturday, the hours of its time, one sheet an employee and week. Reference §9.7.

A sheet is created with its employee and a day of its week. That weeks begin on Sunday follows from the grid's columns; that
a second sheet of a week is refused is assumed.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from netsuite_simulator.drafts import Change, Draft, World
from netsuite_simulator.results import Rejection

_WEEK = 7
_HOURS = "SELECT COALESCE(SUM(hours), 0) FROM timebill WHERE employee = ? AND trandate BETWEEN ? AND ?"
_OF_WEEK = "SELECT id FROM timesheet WHERE employee = ? AND startdate <= ? AND enddate >= ? AND id <> ? LIMIT 1"


def complete_sheet(draft: Draft) -> None:
    """Fill in the week, the status and the hours."""
    if draft.is_new:
        draft.default("approvalStatus", "1")
        day = draft.values.get("startDate") or draft.values.get("tranDate") or draft.world.today()
        if isinstance(day, date) and day < date.max - timedelta(days=_WEEK):
            start = day - timedelta(days=day.isoweekday() % _WEEK) if day > date.min + timedelta(days=_WEEK) else day
            draft.put("startDate", start)
            draft.put("endDate", start + timedelta(days=_WEEK - 1))
        row = draft.world.row("SELECT subsidiary FROM employee WHERE id = ?", (draft.text("employee"),))
        draft.default("subsidiary", None if row is None or row[0] is None else str(row[0]))
    if not any(draft.changes(name) for name in ("employee", "startDate", "endDate")):
        return
    first, last = draft.values.get("startDate"), draft.values.get("endDate")
    row = draft.world.row(_HOURS, (draft.text("employee"), str(first), str(last)))
    draft.put("totalHours", Decimal(str(row[0])) if row is not None else Decimal(0))


def check_sheet(draft: Draft) -> Rejection | None:
    """Refuse a second sheet of one employee and week."""
    start, end = str(draft.values.get("startDate")), str(draft.values.get("endDate"))
    own = 0 if draft.current is None else int(draft.current.id)
    if draft.world.row(_OF_WEEK, (draft.text("employee"), end, start, own)) is None:
        return None
    return Rejection(code="DUP_RCRD", message="This record already exists", field="employee", path="employee")


def take_time(change: Change) -> None:
    """Let the time of the week name its sheet, and no other."""
    world = change.world
    world.execute("UPDATE timebill SET timesheet = NULL WHERE timesheet = ?", (change.id,))
    if change.after:
        world.execute(
            "UPDATE timebill SET timesheet = ? WHERE employee = ? AND trandate BETWEEN ? AND ?",
            (
                change.id,
                str(change.after.get("employee")),
                str(change.after.get("startDate")),
                str(change.after.get("endDate")),
            ),
        )


def sheet_of(world: World, employee: str | None, day: str) -> str | None:
    """Return the sheet that time of an employee's day belongs to."""
    row = world.row(_OF_WEEK, (employee, day, day, 0))
    return None if row is None else str(row[0])


def count_hours(change: Change) -> None:
    """Keep the hours of sheets true when their time changes."""
    sheets = {values.get("timeSheet") for values in (change.before, change.after)} - {None}
    for sheet in sheets:
        change.world.execute(
            "UPDATE timesheet SET totalhours = (SELECT COALESCE(SUM(hours), 0) FROM timebill WHERE timesheet = ?1"
            " AND (id <> ?2 OR ?3)) WHERE id = ?1",
            (str(sheet), change.id, bool(change.after)),
        )
