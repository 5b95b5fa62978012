"""The named spans of days that a date search may ask for: "today", "lastMonth", "thisFiscalYearToDate".

NetSuite has 167 such names (reference §4.15). Those that compare with "the same day of the fiscal half before last"
and the rolling ones are not simulated; asking for one is refused by name. The simulated account's fiscal year is the
calendar year, its weeks start on Sunday.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

Span = tuple[datetime.date, datetime.date]

_DAY = datetime.timedelta(days=1)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "thirty": 30, "sixty": 60, "ninety": 90}
_UNIT_MONTHS = {"Month": 1, "FiscalQuarter": 3, "FiscalHalf": 6, "FiscalYear": 12}
_ROLLING_MONTHS = {"Month": 1, "Quarter": 3, "Half": 6, "Year": 12}


def _months(months: int) -> Callable[[datetime.date, int], Span]:
    """Return a function giving the span of `months` months that lies `offset` such spans away from today's."""

    def span(today: datetime.date, offset: int) -> Span:
        index = (today.year * 12 + today.month - 1) // months + offset
        first, after = index * months, (index + 1) * months
        start = datetime.date(first // 12, first % 12 + 1, 1)
        return start, datetime.date(after // 12, after % 12 + 1, 1) - _DAY

    return span


def _week(today: datetime.date, offset: int) -> Span:
    start = today - _DAY * ((today.weekday() + 1) % 7) + datetime.timedelta(weeks=offset)
    return start, start + 6 * _DAY


def _business_week(today: datetime.date, offset: int) -> Span:
    start, _ = _week(today, offset)
    return start + _DAY, start + 5 * _DAY


def _shifted(today: datetime.date, months: int) -> datetime.date:
    index = today.year * 12 + today.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = _months(1)(datetime.date(year, month, 1), 0)[1].day
    return datetime.date(year, month, min(today.day, last))


def _periods(today: datetime.date) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    units: dict[str, Callable[[datetime.date, int], Span]] = {"Week": _week, "BusinessWeek": _business_week}
    units |= {unit: _months(months) for unit, months in _UNIT_MONTHS.items()}
    for unit, span in units.items():
        lower = unit[0].lower() + unit[1:]
        named = {f"this{unit}": 0, f"last{unit}": -1, f"next{unit}": 1}
        named |= {f"{lower}BeforeLast": -2, f"{lower}AfterNext": 2, f"three{unit}sAgo": -3}
        elapsed = today - span(today, 0)[0]
        for name, offset in named.items():
            start, end = span(today, offset)
            spans[name] = start, end
            spans[name + "ToDate"] = start, min(start + elapsed, end)
            spans[f"startOf{name[0].upper()}{name[1:]}"] = start, start
    spans["thisYear"], spans["startOfThisYear"] = spans["thisFiscalYear"], spans["startOfThisFiscalYear"]
    return spans


def _days(today: datetime.date) -> dict[str, Span]:
    days = {"today": today, "yesterday": today - _DAY, "tomorrow": today + _DAY}
    for word, count in _COUNTS.items():
        days[f"{word}DaysAgo"] = today - count * _DAY
        days[f"{word}DaysFromNow"] = today + count * _DAY
    return {name: (day, day) for name, day in days.items()}


def _stretches(today: datetime.date) -> dict[str, Span]:
    sunday = _week(today, 0)[0]
    spans = {
        "previousOneDay": (today - _DAY, today),
        "previousOneWeek": (today - 7 * _DAY, today),
        "nextOneWeek": (today, today + 7 * _DAY),
        "nextFourWeeks": (today, today + 28 * _DAY),
        "fourWeeksStartingThisWeek": (sunday, sunday + 27 * _DAY),
    }
    for unit, months in _ROLLING_MONTHS.items():
        spans[f"previousOne{unit}"] = _shifted(today, -months), today
        spans[f"nextOne{unit}"] = today, _shifted(today, months)
    return spans


def predefined_span(name: str, today: datetime.date) -> Span | None:
    """Return the first and last day of the span called `name`, seen from `today`; None where it is not simulated."""
    for spans in (_days, _stretches, _periods):
        found = spans(today).get(name)
        if found is not None:
            return found
    return None
