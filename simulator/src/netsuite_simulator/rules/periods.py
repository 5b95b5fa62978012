"""Accounting periods: a posting transaction needs an open one, reference §4.8 and §9.11."""

from __future__ import annotations

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection

_LOCKS = {"invoice": "arlocked", "expenseReport": "aplocked"}
_MONTH = "COALESCE(isquarter, 'F') <> 'T' AND COALESCE(isyear, 'F') <> 'T' AND COALESCE(isadjust, 'F') <> 'T'"
_COVERING = f"SELECT id FROM accountingperiod WHERE startdate <= ? AND enddate >= ? AND {_MONTH} ORDER BY id LIMIT 1"  # noqa: S608
_MISMATCH = "The transaction date you specified is not within the date range of your accounting period."
_CLOSED = "This transaction cannot be saved because the accounting period {period} is closed or locked."


def complete_accounting_period(draft: Draft) -> None:
    """Fill in the flags of a period."""
    for name in ("isAdjust", "isQuarter", "isYear", "closed", "apLocked", "arLocked", "allLocked"):
        draft.default(name, False)
    draft.default("isPosting", not (draft.values["isQuarter"] or draft.values["isYear"]))
    draft.default("isInactive", False)


def complete_period(draft: Draft) -> None:
    """Find the posting period of a transaction's date."""
    if "postingPeriod" in draft.given or not (draft.is_new or draft.changes("tranDate")):
        return
    day = draft.row.get("trandate")
    if day is not None:
        row = draft.world.row(_COVERING, (day, day))
        if row is not None:
            draft.put("postingPeriod", str(row[0]))


def check_period(draft: Draft) -> Rejection | None:
    """Refuse to post outside the period, or into a closed or locked one; an account without periods has no such rule."""
    if draft.world.row("SELECT 1 FROM accountingperiod LIMIT 1") is None:
        return None
    if draft.current is not None and not any(draft.changes(name) for name in ("tranDate", "postingPeriod", "total")):
        return None
    period = draft.text("postingPeriod")
    day = str(draft.values.get("tranDate"))
    lock = _LOCKS[draft.shelf.type.name]
    sql = f"SELECT startdate, enddate, closed, alllocked, {lock}, periodname FROM accountingperiod WHERE id = ?"  # noqa: S608
    row = draft.world.row(sql, (period,))
    if row is None or not str(row[0]) <= day <= str(row[1]):
        return Rejection(code="DATE_PRD_MISMATCH", message=_MISMATCH, field="tranDate", path="tranDate")
    if "T" in row[2:5]:
        message = _CLOSED.format(period=row[5])
        return Rejection(code="TRAN_PRD_CLOSED", message=message, field="postingPeriod", path="postingPeriod")
    return None
