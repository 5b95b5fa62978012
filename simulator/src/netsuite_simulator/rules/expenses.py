"""Expense reports: lines, required rates, currencies and totals. Reference §9.8."""

from __future__ import annotations

from decimal import Decimal

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules import taxes
from netsuite_simulator.rules.amounts import exchange_rate, number, rounded, rounding, total_of
from netsuite_simulator.rules.documents import NO_LINES
from netsuite_simulator.rules.parties import Party
from netsuite_simulator.rules.subsidiaries import wrong_subsidiary
from netsuite_simulator.shelves import Line


def _currency(draft: Draft) -> str | None:
    row = draft.world.row(
        "SELECT e.defaultexpensereportcurrency, s.currency, e.currency FROM employee e"
        " LEFT JOIN subsidiary s ON s.id = e.subsidiary WHERE e.id = ?",
        (draft.text("entity"),),
    )
    found = next((one for one in row if one is not None), None) if row is not None else None
    return None if found is None else str(found)


def complete_report(draft: Draft) -> None:
    """Fill in currency, number, amounts of lines, totals and status."""
    if draft.is_new:
        draft.default("tranDate", draft.world.today())
        draft.default("expenseReportCurrency", _currency(draft))
        draft.default("expenseReportExchangeRate", exchange_rate(draft, draft.text("expenseReportCurrency")))
        draft.stamp("createdDate")
        _complete_subsidiary(draft)
        if "tranId" not in draft.values:
            draft.default("tranId", f"EXP{draft.world.next_number('expense report number')}")
        draft.default("transactionNumber", draft.text("tranId"))
    if "expense" in draft.lists:
        _complete_lines(draft, draft.rows("expense"))
    lines = draft.rows("expense")
    if lines or "expense" in draft.lists:
        places = rounding(draft, draft.text("expenseReportCurrency"))
        taxes.complete_taxes(draft, ("expense",), (), places, Party())
        amounts = [_gross(line) for line in lines]
        own = [_gross(line) for line in lines if line.get("isNonReimbursable") is not True]
        draft.put("total", total_of(amounts))
        draft.put("amount", total_of(own) - (number(draft.values.get("advance")) or Decimal(0)))


def _complete_subsidiary(draft: Draft) -> None:
    row = draft.world.row("SELECT subsidiary FROM employee WHERE id = ?", (draft.text("entity"),))
    if row is not None and row[0] is not None:
        draft.default("subsidiary", str(row[0]))


def _amount(line: Line) -> Decimal:
    return number(line.get("amount")) or Decimal(0)


def _gross(line: Line) -> Decimal:
    """Add tax to a line: its amount is without it where it has a tax code (reference §9.8)."""
    return _amount(line) + (number(line.get("tax1Amt")) or Decimal(0))


def _complete_lines(draft: Draft, lines: list[Line]) -> None:
    report_currency = draft.text("expenseReportCurrency")
    places = rounding(draft, report_currency)
    for line in lines:
        line.setdefault("expenseDate", draft.values.get("tranDate"))
        currency = str(line.get("currency") or report_currency)
        quantity, rate = number(line.get("quantity")), number(line.get("rate"))
        is_priced = quantity is not None and rate is not None
        if _needs_rate(draft, line):
            line.pop("foreignAmount", None)
            line.pop("amount", None)
        if is_priced and "foreignAmount" not in line and "amount" not in line:
            line["foreignAmount"] = rounded((quantity or Decimal(0)) * (rate or Decimal(0)), rounding(draft, currency))
        foreign, amount = number(line.get("foreignAmount")), number(line.get("amount"))
        if foreign is None and amount is not None:
            line["foreignAmount"] = amount
        elif foreign is not None and amount is None:
            line["amount"] = rounded(foreign * _line_rate(draft, line, currency), places)
        if report_currency is not None:
            line.setdefault("currency", report_currency)
            line.setdefault("exchangeRate", _line_rate(draft, line, currency))
        if "expenseAccount" not in line and "category" in line:
            row = draft.world.row("SELECT expenseaccount FROM expensecategory WHERE id = ?", (str(line["category"]),))
            if row is not None and row[0] is not None:
                line["expenseAccount"] = str(row[0])


def _line_rate(draft: Draft, line: Line, currency: str) -> Decimal:
    given = number(line.get("exchangeRate"))
    report = draft.text("expenseReportCurrency")
    if given is not None or currency == report:
        return given or Decimal(1)
    rate = exchange_rate(draft, currency) / exchange_rate(draft, report)
    return rounded(rate, Decimal("0.00000001"))


def _needs_rate(draft: Draft, line: Line) -> bool:
    row = draft.world.row("SELECT raterequired FROM expensecategory WHERE id = ?", (str(line.get("category")),))
    return row is not None and row[0] == "T"


def check_report(draft: Draft) -> Rejection | None:
    """Refuse a report without lines, or with a line that lacks what its category asks for."""
    lines = draft.rows("expense")
    if not lines:
        return NO_LINES
    if "expense" not in draft.lists:
        return None
    for index, line in enumerate(lines):
        absent = []
        if "category" not in line and "expenseAccount" not in line:
            absent.append(("Category", "category"))
        if "expenseDate" not in line:
            absent.append(("Date", "expensedate"))
        if _needs_rate(draft, line):
            absent += [(label, label.lower()) for label in ("Quantity", "Rate") if label.lower() not in line]
        elif "amount" not in line:
            absent.append(("Amount", "amount"))
        if absent:
            path = f"expense.items[{index}].{absent[0][1]}"
            return missing(*(label for label, _ in absent), name="expense", path=path)
        if "category" in line:
            rejection = wrong_subsidiary(draft, "category", line["category"], f"expense.items[{index}].category")
            if rejection is not None:
                return rejection
    return None
