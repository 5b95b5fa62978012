"""Invoices: lines, currency, due date and totals. Reference §9.9."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.amounts import exchange_rate, number, rounded, rounding, total_of
from netsuite_simulator.rules.expenses import NO_LINES
from netsuite_simulator.rules.subsidiaries import wrong_subsidiary
from netsuite_simulator.shelves import Line

_STATUS = {"1": "D", "2": "A", "3": "E"}
_APPLIED = ("expCost", "time")  # sublists whose rows count only where `apply` is set


def _billed(draft: Draft) -> tuple[str | None, str | None, str | None]:
    """Return terms, currency and subsidiary of the customer billed, directly or through a project."""
    entity = draft.text("entity")
    row = draft.world.row("SELECT terms, currency, x_subsidiary FROM customer WHERE id = ?", (entity,))
    if row is None:
        row = draft.world.row(
            "SELECT c.terms, COALESCE(j.currency, c.currency), COALESCE(j.x_subsidiary, c.x_subsidiary)"
            " FROM job j LEFT JOIN customer c ON c.id = j.customer WHERE j.id = ?",
            (entity,),
        )
    if row is None:
        return None, None, None
    terms, currency, subsidiary = (None if one is None else str(one) for one in row)
    return terms, currency, subsidiary


def complete_invoice(draft: Draft) -> None:
    """Fill in currency, terms, due date, number, amounts of lines, totals and status."""
    if draft.is_new:
        terms, currency, subsidiary = _billed(draft)
        draft.default("tranDate", draft.world.today())
        draft.default("currency", currency)
        draft.default("subsidiary", subsidiary)
        draft.default("terms", terms)
        draft.default("exchangeRate", exchange_rate(draft, draft.text("currency")))
        draft.default("approvalStatus", "2")
        draft.default("amountPaid", Decimal(0))
        draft.default("posting", True)
        draft.stamp("createdDate")
        if "tranId" not in draft.values:
            draft.default("tranId", f"INV{draft.world.next_number('invoice number')}")
        draft.default("transactionNumber", draft.text("tranId"))
    if draft.is_new or draft.changes("terms") or draft.changes("tranDate"):
        _complete_due_date(draft)
    places = rounding(draft, draft.text("currency"))
    if "item" in draft.lists:
        for line in draft.rows("item"):
            _complete_line(line, places)
    amounts = _amounts(draft)
    if amounts or draft.lists:
        total = total_of(amounts)
        draft.put("subTotal", total)
        draft.put("taxTotal", Decimal(0))
        draft.put("total", total)
        draft.put("amountRemaining", total - (number(draft.values.get("amountPaid")) or Decimal(0)))
    draft.put("status", _STATUS.get(draft.text("approvalStatus") or "2", "A"))


def _complete_due_date(draft: Draft) -> None:
    day = draft.values.get("tranDate")
    if "dueDate" not in draft.given and isinstance(day, date):
        row = draft.world.row("SELECT daysuntilnetdue FROM term WHERE id = ?", (draft.text("terms"),))
        days = 0 if row is None or row[0] is None else int(row[0])
        draft.put("dueDate", day + timedelta(days=min(days, (date.max - day).days)))


def _complete_line(line: Line, places: Decimal) -> None:
    quantity, rate, amount = (number(line.get(name)) for name in ("quantity", "rate", "amount"))
    if amount is None and rate is not None:
        line["amount"] = rounded((Decimal(1) if quantity is None else quantity) * rate, places)
    elif amount is not None and rate is None and quantity:
        line["rate"] = str(rounded(amount / quantity, Decimal("0.01")))
    line.setdefault("quantity", Decimal(1))


def _amounts(draft: Draft) -> list[Decimal]:
    amounts = [number(line.get("amount")) or Decimal(0) for line in draft.rows("item")]
    for name in _APPLIED:
        amounts += [number(line.get("amount")) or Decimal(0) for line in _applied(draft, name)]
    return amounts


def _applied(draft: Draft, name: str) -> list[Line]:
    return [line for line in draft.rows(name) if line.get("apply") is not False]


def check_invoice(draft: Draft) -> Rejection | None:
    """Refuse an invoice without lines, or with a line without item or amount."""
    lines = draft.rows("item")
    if not lines and not any(_applied(draft, name) for name in _APPLIED):
        return NO_LINES
    for index, line in enumerate(lines):
        if "item" not in line:
            return missing("Item", name="item", path=f"item.items[{index}].item")
        if "amount" not in line:
            return missing("Amount", name="item", path=f"item.items[{index}].amount")
        rejection = wrong_subsidiary(draft, "item", line["item"], f"item.items[{index}].item")
        if rejection is not None:
            return rejection
    return None
