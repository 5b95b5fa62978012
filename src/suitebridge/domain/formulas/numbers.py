"""Decimal arithmetic with one fixed context: exact up to thirty digits before and after the point, never a binary fraction.

Results with more than thirty decimals are rounded half up there; numbers beyond thirty digits are refused rather than cut.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from suitebridge.domain.formulas.reading import MOST_DIGITS

# Wide enough that the product of any two permitted numbers is exact before it is rounded.
CONTEXT: Final = Context(
    prec=4 * MOST_DIGITS + 10,
    rounding=ROUND_HALF_UP,
    Emin=-9999,
    Emax=9999,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
_FINEST: Final = Decimal((0, (1,), -MOST_DIGITS))


class NumberError(ValueError):
    """The arithmetic has no result; the message says why."""


def permitted(number: Decimal) -> Decimal:
    """Give a number back in the language's own bounds. Raise `NumberError` for one that is too large, or none at all."""
    if not number.is_finite():
        raise NumberError("This is no number.")
    if not number:
        return Decimal(0)
    if number.adjusted() >= MOST_DIGITS:
        raise NumberError(f"A number has at most {MOST_DIGITS} digits before the point.")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DIGITS:
        return number.quantize(_FINEST, context=CONTEXT) or Decimal(0)
    return number


def combine(operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal:
    """Carry out one operation of the context. Raise `NumberError` where it has no result."""
    try:
        return permitted(operation(permitted(left), permitted(right)))
    except DecimalException:
        raise NumberError("A number cannot be divided by zero.") from None
