"""The values a record's field may hold, and the few that must never be mixed up.

Money and quantities are `Decimal`, civil days are `date`, moments are aware `datetime` in UTC, ids are `str`. Missing is `None`,
empty is `""`. Nothing here knows a record type.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Scalar: TypeAlias = str | int | Decimal | bool | date | datetime | None
Line: TypeAlias = Mapping[str, Scalar]
Value: TypeAlias = Scalar | tuple[Line, ...]
Fields: TypeAlias = Mapping[str, Value]

# Decimal places of ISO 4217 currencies that have not two.
_PLACES = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "JOD": 3, "TND": 3}


class Unit(enum.Enum):
    """What an amount counts when it is no money."""

    HOURS = "hours"


def tell_amount(value: Decimal, unit: str = "") -> str:
    """Write an amount for people: thousands apart, the decimal places of its currency (two for other units), more where it has them."""
    plain = value.normalize() if value else Decimal(0)
    places = max(_PLACES.get(unit, 2), -int(plain.as_tuple().exponent))
    return f"{plain:,.{places}f}"


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
