"""Currencies and rounding that transactions share: half up, to the decimals of the currency (assumed; reference §9.9)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from netsuite_simulator.drafts import Draft

_BEYOND = Decimal(10) ** 18
_PLACES = {0: Decimal(1), 2: Decimal("0.01")}


def rounding(draft: Draft, currency: str | None) -> Decimal:
    """Return the smallest amount of a currency: 0.01, or 1 where it has no decimals."""
    if currency is not None:
        row = draft.world.row("SELECT currencyprecision FROM currency WHERE id = ?", (currency,))
        if row is not None and row[0] is not None:
            return _PLACES.get(int(row[0]), _PLACES[2])
    return _PLACES[2]


def rounded(amount: Decimal, places: Decimal) -> Decimal:
    """Round half up, as invoices are; an amount no ledger could hold stays as it is."""
    if abs(amount) >= _BEYOND:
        return amount
    return amount.quantize(places, rounding=ROUND_HALF_UP)


def exchange_rate(draft: Draft, currency: str | None) -> Decimal:
    """Return a currency's rate to the base currency; 1 where the account knows none."""
    if currency is not None:
        row = draft.world.row("SELECT exchangerate FROM currency WHERE id = ?", (currency,))
        if row is not None and row[0]:
            return Decimal(str(row[0]))
    return Decimal(1)


def number(value: object) -> Decimal | None:
    """Read an amount or a rate; a rate of an invoice line is text."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        try:
            found = Decimal(value.strip().removesuffix("%"))
        except ArithmeticError:
            return None
        return found if found.is_finite() else None
    return None


def total_of(amounts: list[Decimal]) -> Decimal:
    """Add amounts up."""
    return sum(amounts, Decimal(0))
