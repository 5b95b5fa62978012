"""The values a record's field may hold, and the few that must never be mixed up.

Money and quantities are `Decimal`, civil days are `date`, moments are aware `datetime` in UTC, ids are `str`. Missing is `None`,
empty is `""`. Nothing here knows a record type.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

Scalar: TypeAlias = str | int | Decimal | bool | date | datetime | None
Line: TypeAlias = Mapping[str, Scalar]
Value: TypeAlias = Scalar | tuple[Line, ...]
Fields: TypeAlias = Mapping[str, Value]

# Decimal places of ISO 4217 currencies that have not two; the ledger's minor unit (I12).
_PLACES = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "JOD": 3, "TND": 3}


class Unit(enum.Enum):
    """What an amount counts when it is no money."""

    HOURS = "hours"


def minor_unit(currency: str) -> Decimal:
    """Give the smallest amount of an ISO 4217 currency: 0.01 for EUR, 1 for JPY."""
    return Decimal(1).scaleb(-_PLACES.get(currency, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str

    def rounded(self) -> Money:
        """Round half up to the currency's minor unit, as ledgers do."""
        return Money(amount=self.amount.quantize(minor_unit(self.currency), ROUND_HALF_UP), currency=self.currency)


def is_blank(value: Value) -> bool:
    """Say whether a field counts as not filled in: `None`, empty text or no lines. Zero and false are filled in."""
    return value is None or value in ("", ())


def as_text(value: Scalar) -> str:
    """Write a scalar the way both systems and the trail show it: ISO days and instants, plain decimals, true/false."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return str(value)
