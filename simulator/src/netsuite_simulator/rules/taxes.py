"""Tax computed on save: the tax code of each line, or the header's one, times amounts, rounded to the currency.

Reference §9.8 and §9.9 (tax codes on lines; `taxItem`, `taxRate` and `taxTotal` on the header), §5.5 of the connector's
(tax read back after save). Assumed: a line without a code takes its item's (`salesTaxCode`); a line's own tax amount stands
until the line changes; a header's code taxes the lines that are taxable and carry no code; half a cent is rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from netsuite_simulator.drafts import Draft
from netsuite_simulator.rules.amounts import number, rounded
from netsuite_simulator.rules.parties import Party
from netsuite_simulator.shelves import Line

_HUNDRED = Decimal(100)
_CODE = "SELECT rate, NULL, NULL, NULL FROM salestaxitem WHERE id = ?"
_GROUP = "SELECT rate, taxitem1, taxitem2, piggyback FROM taxgroup WHERE id = ?"


def rate_of(draft: Draft, code: object) -> Decimal | None:
    """Return the percentage of a tax code, or of a group of two; a second one may be taken on top of the first."""
    row = draft.world.row(_CODE, (str(code),)) or draft.world.row(_GROUP, (str(code),))
    if row is None:
        return None
    own = number(str(row[0])) if row[0] is not None else None
    if own is not None:
        return own
    rates = [rate_of(draft, one) or Decimal(0) for one in row[1:3] if one is not None]
    total = sum(rates, Decimal(0))
    if row[3] == "T" and len(rates) == 2:
        total += rates[0] * rates[1] / _HUNDRED
    return total


def has_tax_codes(draft: Draft) -> bool:
    """Whether the account taxes anything at all."""
    return draft.world.row("SELECT 1 FROM salestaxitem LIMIT 1") is not None


def complete_taxes(
    draft: Draft, lists: Sequence[str], billables: Sequence[str], places: Decimal, party: Party
) -> Decimal:
    """Fill in the tax of lines and header; return the document's tax."""
    if not has_tax_codes(draft):
        return sum(
            (number(line.get("tax1Amt")) or Decimal(0) for name in lists for line in draft.rows(name)), Decimal(0)
        )
    total, untaxed = Decimal(0), Decimal(0)
    for name in (*lists, *billables):
        if name in lists and name in draft.lists:
            _complete_lines(draft, name, places)
        for line in draft.rows(name):
            tax = number(line.get("tax1Amt"))
            if tax is not None:
                total += tax
            elif line.get("isTaxable") is not False and (name in lists or line.get("apply") is not False):
                untaxed += number(line.get("amount")) or Decimal(0)
    return total + _of_header(draft, untaxed, places, party)


def _complete_lines(draft: Draft, name: str, places: Decimal) -> None:
    known = draft.shelf.sublists[name].encoders
    if not {"taxCode", "taxRate1", "tax1Amt", "grossAmt"} <= known.keys():
        return
    rows = [] if draft.current is None else draft.current.values.get(name)
    before = {line.get("line"): line for line in rows} if isinstance(rows, list) else {}
    is_sale = "price" in known
    for line in draft.rows(name):
        if is_sale and "taxCode" not in line and "taxRate1" not in line:
            _take_code_of_item(draft, line)
        if "taxCode" in line or "taxRate1" in line:
            _complete_line(draft, line, before.get(line.get("line"), {}), places)


def _take_code_of_item(draft: Draft, line: Line) -> None:
    row = draft.world.row("SELECT x_salestaxcode FROM item WHERE id = ?", (str(line.get("item")),))
    if row is not None and row[0] is not None:
        line["taxCode"] = str(row[0])


def _complete_line(draft: Draft, line: Line, before: Line, places: Decimal) -> None:
    if "taxCode" in line and ("taxRate1" not in line or line["taxCode"] != before.get("taxCode", line["taxCode"])):
        rate = rate_of(draft, line["taxCode"])
        if rate is not None:
            line["taxRate1"] = rate
    amount, rate = number(line.get("amount")), number(line.get("taxRate1"))
    if amount is None or rate is None:
        return
    if "tax1Amt" not in line or line["tax1Amt"] == before.get("tax1Amt"):
        line["tax1Amt"] = rounded(amount * rate / _HUNDRED, places)
    line["grossAmt"] = amount + (number(line["tax1Amt"]) or Decimal(0))


def _of_header(draft: Draft, untaxed: Decimal, places: Decimal, party: Party) -> Decimal:
    if "taxItem" not in draft.shelf.fields:
        return Decimal(0)
    if draft.is_new:
        draft.default("taxItem", party.tax_item)
    code = draft.text("taxItem")
    if code is not None and (
        "taxRate" not in draft.values or ("taxRate" not in draft.given and draft.changes("taxItem"))
    ):
        draft.put("taxRate", rate_of(draft, code))
    rate = number(draft.values.get("taxRate"))
    return Decimal(0) if rate is None else rounded(untaxed * rate / _HUNDRED, places)
