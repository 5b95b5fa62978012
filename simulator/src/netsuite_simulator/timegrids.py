"""The grid of a weekly time sheet: its rows of days, which are the time bills of its week (reference §9.7).

A time entry has the internal id of its time bill (the reference infers so). Assumed: what a sheet and its grid ask for is
done as a whole or not at all; a grid that replaces all deletes the week's other time; bills stand in one row as long as
they agree in everything but day and hours.

Refuses to know the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from netsuite_simulator.results import Grants, Rejection, Written, absent
from netsuite_simulator.shelves import Stored

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_LIKE = (
    "customer",
    "caseTaskEvent",
    "item",
    "isBillable",
    "price",
    "memo",
    "department",
    "class",
    "location",
    "timeType",
)

Row = Mapping[int, Stored]  # day of the week from Sunday -> its time


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The time of one day as a caller sends it."""

    day: int
    internal_id: str | None
    external_id: str | None
    values: Mapping[str, object]
    nulls: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A whole grid as a caller sends it; one that replaces deletes what it does not name."""

    entries: Sequence[Entry]
    replaces: bool


def grid_of(account: Account, sheet: Stored) -> list[Row]:
    """Return the rows of a sheet's grid."""
    start = sheet.values.get("startDate")
    rows: dict[tuple[object, ...], list[dict[int, Stored]]] = {}
    for bill in _bills(account, sheet.id):
        day = bill.values.get("tranDate")
        if not isinstance(day, date) or not isinstance(start, date):
            continue
        place = (day - start).days
        alike = rows.setdefault(tuple(bill.values.get(name) for name in _LIKE), [])
        free = next((row for row in alike if place not in row), None)
        if free is None:
            alike.append({place: bill})
        else:
            free[place] = bill
    return [row for alike in rows.values() for row in alike]


def _bills(account: Account, sheet: str) -> Iterable[Stored]:
    ids = account.connection.execute("SELECT id FROM timebill WHERE timesheet = ? ORDER BY id", (sheet,)).fetchall()
    found = (account.get("timeBill", internal_id=str(number)) for (number,) in ids)
    return [one for one in found if one is not None]


def write_with_grid(
    account: Account, write: Callable[[], Written | Rejection], grid: Grid, *, role: Grants
) -> Written | Rejection:
    """Write a sheet by `write` and then its grid; neither is kept where one is refused."""
    noted = account.journal.noted
    with account.transaction():
        account.connection.execute("SAVEPOINT before_grid")
        written = write()
        refusal = written if isinstance(written, Rejection) else _keep(account, written.id, grid, role)
        if refusal is not None:
            account.storage.back_to("before_grid")
            account.journal.forget(noted)
        account.connection.execute("RELEASE before_grid")
    return written if refusal is None else refusal


def _keep(account: Account, number: str, grid: Grid, role: Grants) -> Rejection | None:
    sheet = account.get("timeSheet", internal_id=number)
    assert sheet is not None
    left = {bill.id for bill in _bills(account, number)}
    for entry in grid.entries:
        kept = _keep_entry(account, sheet, entry, left, role)
        if isinstance(kept, Rejection):
            return kept
        left.discard(kept.id)
    for bill in sorted(left, key=int) if grid.replaces else ():
        removed = account.delete("timeBill", internal_id=bill)  # who may edit the sheet may empty its days
        if isinstance(removed, Rejection):
            return removed
    return None


def _keep_entry(
    account: Account, sheet: Stored, entry: Entry, known: Collection[str], role: Grants
) -> Written | Rejection:
    values = dict(entry.values)
    start = sheet.values.get("startDate")
    if isinstance(start, date):
        values["tranDate"] = start + timedelta(days=entry.day)
    if entry.internal_id is None:
        values["employee"] = sheet.values.get("employee")
        return account.create("timeBill", values, external_id=entry.external_id, role=role)
    if entry.internal_id not in known:
        return absent(account.types["timeBill"], entry.internal_id, account.id)
    return account.update("timeBill", values, internal_id=entry.internal_id, nulls=entry.nulls, role=role)
