"""Amounts in a number column, exact: whole millionths. Sums are taken by the database and come back as they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.outcomes import Amount

DECIMALS: Final = 6
SCALE: Final = 10**DECIMALS
_LARGEST: Final = 2**63 - 1


def to_millionths(amount: Amount, *, record: str) -> int:
    """Scale an amount. Raise `RecordRefusedError` SB-MAP-002 where that would lose a digit."""
    value = amount.value
    scaled = int(value * SCALE) if value.is_finite() else _LARGEST + 1
    # The product may have been rounded by the decimal context; the comparison is not.
    if abs(scaled) > _LARGEST or Decimal(scaled).scaleb(-DECIMALS) != value:
        said = f"The amount {value} {amount.unit} has more than {DECIMALS} decimals or is too large to be summed up."
        raise RecordRefusedError(Problem(code="SB-MAP-002", facts={"record": record, "field": "amount", "said": said}))
    return scaled


def from_millionths(millionths: int) -> Decimal:
    """Give the amount back, without trailing zeros beyond two decimals."""
    value = Decimal(millionths).scaleb(-DECIMALS)
    cents = value.quantize(Decimal("0.01")) if abs(value) < Decimal(10) ** 24 else value
    return cents if cents == value else value.normalize()
