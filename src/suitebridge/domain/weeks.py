"""A week of one person's time as rows by days: what a timesheet is made of, as names of types and fields. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

HEAD_TYPE, LINE_TYPE = "timesheet", "time_entry"
OWNER, TITLE, STARTS, ENDS = "employee", "name", "starts", "ends"
DAY, HOURS = "date", "hours"
DAYS = 7
MOST_HOURS: Final = Decimal(24)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])", re.ASCII)


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def days_from(starts: date) -> tuple[date, ...]:
    """Give the seven days from the first."""
    return tuple(starts + timedelta(days=n) for n in range(DAYS))


def plain_hours(typed: str) -> str:
    """Write hours as a plain number: “7:30” and “7,5” mean 7.5; anything else stays as it was typed."""
    text = typed.strip()
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return format((Decimal(clock[1]) + Decimal(clock[2]) / 60).quantize(Decimal("0.0001")).normalize(), "f")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def wrong_hours(hours: Decimal) -> str:
    """Say what is wrong with the hours of one entry, "" for what may be."""
    if hours <= 0:
        return "Hours are more than zero; a blank cell has none."
    return f"A day has at most {MOST_HOURS} hours." if hours > MOST_HOURS else ""


def name_of_week(days: Sequence[date]) -> str:
    """Name a week by its days."""
    return f"{days[0].isoformat()} – {days[-1].isoformat()}"
