"""Accounting periods: a posting transaction needs an open one, of its own ledger. Reference §4.8 and §9.11.

A/R transactions are held by *Lock A/R*, A/P ones by *Lock A/P*, all by *Lock All* and *Closed*. What changes no ledger is
let through while a period allows changes that are not G/L changes, which is assumed of a period that does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from netsuite_simulator.drafts import Draft, World
from netsuite_simulator.permissions import VIEW
from netsuite_simulator.results import Rejection
from netsuite_simulator.shelves import Stored, Values

# By type: the lock of its ledger beside those that hold all.
LEDGERS: Mapping[str, str] = MappingProxyType(
    {
        "invoice": "arlocked",
        "cashSale": "arlocked",
        "creditMemo": "arlocked",
        "customerPayment": "arlocked",
        "customerDeposit": "arlocked",
        "depositApplication": "arlocked",
        "customerRefund": "arlocked",
        "expenseReport": "aplocked",
        "vendorBill": "aplocked",
        "vendorCredit": "aplocked",
        "vendorPayment": "aplocked",
        "itemReceipt": "alllocked",
        "itemFulfillment": "alllocked",
        "journalEntry": "alllocked",
    }
)
_MONTH = "COALESCE(isquarter, 'F') <> 'T' AND COALESCE(isyear, 'F') <> 'T' AND COALESCE(isadjust, 'F') <> 'T'"
_COVERING = f"SELECT id FROM accountingperiod WHERE startdate <= ? AND enddate >= ? AND {_MONTH} ORDER BY id LIMIT 1"  # noqa: S608
_MISMATCH = "The transaction date you specified is not within the date range of your accounting period."
_CLOSED = "This transaction cannot be saved because the accounting period {period} is closed or locked."
_OVERRIDE = "ADMI_PERIODOVERRIDE"  # lets a role post into locked periods, not into closed ones
# What moves no ledger: everything but these.
_POSTED = ("tranDate", "postingPeriod", "total", "currency", "exchangeRate", "account", "subsidiary", "entity")


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
    moves = draft.current is None or any(draft.changes(name) for name in (*_POSTED, *draft.lists))
    if moves:
        rejection = _mismatch(draft)
        if rejection is not None:
            return rejection
    name = draft.shelf.type.name
    if draft.current is not None:
        held = _held(draft.world, name, draft.current.values, moves=moves)
        if held is not None:
            return held
    return _held(draft.world, name, draft.values, moves=True) if moves else None


def _mismatch(draft: Draft) -> Rejection | None:
    day = str(draft.values.get("tranDate"))
    row = draft.world.row(
        "SELECT startdate, enddate FROM accountingperiod WHERE id = ?", (draft.text("postingPeriod"),)
    )
    if row is None or not str(row[0]) <= day <= str(row[1]):
        return Rejection(code="DATE_PRD_MISMATCH", message=_MISMATCH, field="tranDate", path="tranDate")
    return None


def _held(world: World, type_name: str, values: Values, *, moves: bool) -> Rejection | None:
    """Refuse what a closed or locked period holds: ledger changes, or all where it allows no others."""
    sql = (
        f"SELECT closed, alllocked, {LEDGERS[type_name]}, periodname, allownonglchanges"  # noqa: S608 - our own names
        " FROM accountingperiod WHERE id = ?"
    )
    period = values.get("postingPeriod")
    row = None if period is None else world.row(sql, (str(period),))
    if row is None or "T" not in row[:3]:
        return None
    if not moves and row[4] != "F":
        return None
    if row[0] != "T" and world.may(_OVERRIDE, VIEW, otherwise=False):
        return None
    return Rejection(
        code="TRAN_PRD_CLOSED",
        message=_CLOSED.format(period=row[3]),
        field="postingPeriod",
        path="postingPeriod",
    )


def check_deletion(world: World, record: Stored) -> Rejection | None:
    """Refuse to delete a posting transaction from a closed or locked period."""
    if record.type.name not in LEDGERS:
        return None
    return _held(world, record.type.name, record.values, moves=True)
