"""What a run knows by itself: its day and the days around it, its moment, its id, its owner. It refuses to look at a clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, TypeAlias

from suitebridge.domain.expressions import Macro, MacroName
from suitebridge.domain.values import Scalar

Facts: TypeAlias = Mapping[MacroName, Scalar]

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_SHIFTS: Final = {"previous": -1, "this": 0, "next": 1}


def facts_of(*, asked_at: datetime, zone: tzinfo, run: str = "", owner: str = "", since: date | None = None) -> Facts:
    """Give every macro's value for a run that was asked for at a moment, in the company's zone; `since` is the day from which it reads."""
    today = asked_at.astimezone(zone).date()
    facts: dict[MacroName, Scalar] = {
        MacroName.TODAY: today,
        MacroName.NOW: asked_at,
        MacroName.RUN: run,
        MacroName.OWNER: owner,
        MacroName.PERIOD_START: since or today.replace(day=1),
        MacroName.PERIOD_END: today,
    }
    for unit in ("week", *_MONTHS):
        for which, shift in _SHIFTS.items():
            first = _first_day(today, unit, shift)
            last = _first_day(today, unit, shift + 1) - timedelta(days=1)
            facts[MacroName(f"first_day_of_{which}_{unit}")] = first
            facts[MacroName(f"last_day_of_{which}_{unit}")] = last
    return facts


def fact(macro: Macro, facts: Facts) -> Scalar:
    """Give a macro's value, its day moved; None where the calendar has no such day. What is no day is not moved."""
    value = facts[macro.name]
    if not macro.days or not isinstance(value, date) or isinstance(value, datetime):
        return value
    try:
        return value + timedelta(days=macro.days)
    except OverflowError:
        return None


def days() -> Iterator[MacroName]:
    """Name the macros that are days."""
    return (name for name in MacroName if name not in {MacroName.NOW, MacroName.RUN, MacroName.OWNER})


def _first_day(today: date, unit: str, shift: int) -> date:
    if unit == "week":
        return today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
    months = _MONTHS[unit]
    number = today.year * 12 + today.month - 1
    number += shift * months - number % months
    return date(number // 12, number % 12 + 1, 1)
