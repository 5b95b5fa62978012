"""The named spans of days that a date search may ask for: "today", "lastMonth", "thisFiscalYearToDate".

All of NetSuite's names are here (reference §4.15); what they mean is told by no public page, so spans are read from
their names. The simulated account's fiscal year is the calendar year, its weeks start on Sunday. "To date" means as
far into the span as today lies in its own. A rolling quarter ends today, the last one the day before it starts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

Span = tuple[datetime.date, datetime.date]
Spans = Callable[[datetime.date], Span]
Unit = Callable[[datetime.date, int], Span]  # today, and how many units away

_DAY = datetime.timedelta(days=1)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "thirty": 30, "sixty": 60, "ninety": 90}
_MONTHS = {"Month": 1, "FiscalQuarter": 3, "FiscalHalf": 6, "FiscalYear": 12}
_ROLLING = {"Quarter": 3, "Half": 6, "Year": 12}


def _shifted(today: datetime.date, months: int) -> datetime.date:
    """Return the same day of another month, or its last day where the month is shorter."""
    index = today.year * 12 + today.month - 1 + months
    year, month = index // 12, index % 12 + 1
    after = datetime.date(index // 12 + month // 12, month % 12 + 1, 1)
    return datetime.date(year, month, min(today.day, (after - _DAY).day))


def _of_months(months: int) -> Unit:
    def span(today: datetime.date, offset: int) -> Span:
        first = ((today.year * 12 + today.month - 1) // months + offset) * months
        start = datetime.date(first // 12, first % 12 + 1, 1)
        return start, _shifted(start, months) - _DAY

    return span


def _week(today: datetime.date, offset: int) -> Span:
    start = today - _DAY * ((today.weekday() + 1) % 7) + datetime.timedelta(weeks=offset)
    return start, start + 6 * _DAY


def _business_week(today: datetime.date, offset: int) -> Span:
    start, _ = _week(today, offset)
    return start + _DAY, start + 5 * _DAY


def _rolling(months: int) -> Unit:
    def span(today: datetime.date, offset: int) -> Span:
        end = _shifted(today, offset * months)
        return _shifted(end, -months) + _DAY, end

    return span


_WEEK_UNITS: Mapping[str, Unit] = {"Week": _week, "BusinessWeek": _business_week}
_MONTH_UNITS: Mapping[str, Unit] = {name: _of_months(months) for name, months in _MONTHS.items()}
_UNITS: Mapping[str, Unit] = {**_WEEK_UNITS, **_MONTH_UNITS}


def _at(unit: Unit, offset: int = 0, *, months: int = 0, weeks: int = 0) -> Spans:
    """Return the span some units away, as it was seen so many months or weeks ago."""

    def span(today: datetime.date) -> Span:
        return unit(_shifted(today, -months) - datetime.timedelta(weeks=weeks), offset)

    return span


def _to_date(unit: Unit, offset: int = 0, *, months: int = 0) -> Spans:
    def span(today: datetime.date) -> Span:
        then = _shifted(today, -months)
        start, end = unit(then, offset)
        return start, min(start + (then - unit(then, 0)[0]), end)

    return span


def _start(spans: Spans) -> Spans:
    return lambda today: (spans(today)[0],) * 2


def _day(*, days: int = 0, months: int = 0) -> Spans:
    return lambda today: (_shifted(today, months) + days * _DAY,) * 2


def _before(within: Unit, unit: Unit, offset: int = 0, *, months: int = 0) -> Spans:
    """Return from the start of a span to the end of the unit before the one that corresponds to today's."""

    def span(today: datetime.date) -> Span:
        then = _shifted(today, -months)
        start, end = within(then, offset)
        elapsed = unit(then, 0)[0] - within(then, 0)[0]
        middle = start + elapsed + 10 * _DAY  # months differ by a few days: the tenth one lies in the right unit anyway
        return start, min(unit(middle, 0)[0] - _DAY, end)

    return span


def _days() -> Iterator[tuple[str, Spans]]:
    yield from (("today", _day()), ("yesterday", _day(days=-1)), ("tomorrow", _day(days=1)))
    for word, count in _COUNTS.items():
        yield f"{word}DaysAgo", _day(days=-count)
        yield f"{word}DaysFromNow", _day(days=count)
    for word, count in (("Week", 7), ("WeekBefore", 14)):
        name = "sameDayLastWeek" if word == "Week" else "sameDayWeekBeforeLast"
        yield name, _day(days=-count)
    for word in ("Month", "FiscalQuarter", "FiscalYear"):
        yield f"sameDayLast{word}", _day(months=-_MONTHS[word])
        yield f"sameDay{word}BeforeLast", _day(months=-2 * _MONTHS[word])


def _units() -> Iterator[tuple[str, Spans]]:
    for word, unit in _UNITS.items():
        lower = word[0].lower() + word[1:]
        for name, offset in (("this", 0), ("last", -1), ("next", 1)):
            yield f"{name}{word}", _at(unit, offset)
            yield f"startOf{name.capitalize()}{word}", _start(_at(unit, offset))
            if word != "BusinessWeek" and offset < 1:
                yield f"{name}{word}ToDate", _to_date(unit, offset)
        if word != "BusinessWeek":
            yield f"{lower}BeforeLast", _at(unit, -2)
            yield f"{lower}BeforeLastToDate", _to_date(unit, -2)
            yield f"startOf{word}BeforeLast", _start(_at(unit, -2))
        if word in {"Week", "Month"}:
            yield f"{lower}AfterNext", _at(unit, 2)
            yield f"{lower}AfterNextToDate", _to_date(unit, 2)
        if word in {"Month", "FiscalQuarter", "FiscalYear"}:
            yield f"three{word}sAgo", _at(unit, -3)
            yield f"three{word}sAgoToDate", _to_date(unit, -3)
    yield "thisYear", _at(_MONTH_UNITS["FiscalYear"])
    yield "startOfThisYear", _start(_at(_MONTH_UNITS["FiscalYear"]))


def _of_other_years() -> Iterator[tuple[str, Spans]]:
    month, quarter, half = (_MONTH_UNITS[name] for name in ("Month", "FiscalQuarter", "FiscalHalf"))
    compared = (
        ("lastFiscalHalfOneFiscalYearAgo", half, -1, 12), ("lastFiscalQuarterOneFiscalYearAgo", quarter, -1, 12),
        ("lastFiscalQuarterTwoFiscalYearsAgo", quarter, -1, 24), ("lastMonthOneFiscalQuarterAgo", month, -1, 3),
        ("lastMonthOneFiscalYearAgo", month, -1, 12), ("lastMonthTwoFiscalQuartersAgo", month, -1, 6),
        ("lastMonthTwoFiscalYearsAgo", month, -1, 24), ("sameFiscalHalfLastFiscalYear", half, 0, 12),
        ("sameFiscalQuarterLastFiscalYear", quarter, 0, 12), ("sameFiscalQuarterFiscalYearBeforeLast", quarter, 0, 24),
        ("sameMonthLastFiscalQuarter", month, 0, 3), ("sameMonthFiscalQuarterBeforeLast", month, 0, 6),
        ("sameMonthLastFiscalYear", month, 0, 12), ("sameMonthFiscalYearBeforeLast", month, 0, 24),
    )  # fmt: skip
    for name, unit, offset, months in compared:
        yield name, _at(unit, offset, months=months)
        if name.startswith("last") and "Two" not in name:
            yield f"startOfL{name[1:]}", _start(_at(unit, offset, months=months))
        if name.startswith("same") and "BeforeLast" not in name:
            yield f"startOfS{name[1:]}", _start(_at(unit, offset, months=months))
            yield f"{name}ToDate", _to_date(unit, offset, months=months)
    yield "sameWeekLastFiscalYear", _at(_week, weeks=52)
    yield "sameWeekFiscalYearBeforeLast", _at(_week, weeks=104)


def _so_far() -> Iterator[tuple[str, Spans]]:
    month, quarter, half, year = _MONTH_UNITS.values()
    yield "previousFiscalQuartersThisFiscalYear", _before(year, quarter)
    yield "previousFiscalQuartersLastFiscalYear", _before(year, quarter, -1)
    for word, unit in (("Quarter", quarter), ("Half", half), ("Year", year)):
        yield f"previousMonthsThisFiscal{word}", _before(unit, month)
        yield f"previousMonthsLastFiscal{word}", _before(unit, month, -1)
        if word != "Year":
            yield f"previousMonthsSameFiscal{word}LastFiscalYear", _before(unit, month, months=12)


def _stretches() -> Iterator[tuple[str, Spans]]:
    yield "fourWeeksStartingThisWeek", lambda today: (_week(today, 0)[0], _week(today, 3)[1])
    yield "nextFourWeeks", lambda today: (today, today + 28 * _DAY)
    yield "previousOneDay", lambda today: (today - _DAY, today)
    yield "previousOneWeek", lambda today: (today - 7 * _DAY, today)
    yield "nextOneWeek", lambda today: (today, today + 7 * _DAY)
    yield "oneYearBeforeLast", lambda today: (_shifted(today, -24), _shifted(today, -12))
    for word, months in {"Month": 1, **_ROLLING}.items():
        yield f"previousOne{word}", _until_today(-months)
        yield f"nextOne{word}", _until_today(months)
    for word, months in _ROLLING.items():
        for name, offset in (("this", 0), ("last", -1), ("previous", -2)):
            yield f"{name}Rolling{word}", _at(_rolling(months), offset)
            if offset:
                yield f"startOf{name.capitalize()}Rolling{word}", _start(_at(_rolling(months), offset))


def _until_today(months: int) -> Spans:
    def span(today: datetime.date) -> Span:
        other = _shifted(today, months)
        return min(today, other), max(today, other)

    return span


_BY_NAME: Mapping[str, Spans] = dict(
    sorted([*_days(), *_units(), *_of_other_years(), *_so_far(), *_stretches()], key=lambda named: named[0])
)
PREDEFINED_DATES = tuple(_BY_NAME)


def predefined_span(name: str, today: datetime.date) -> Span | None:
    """Return the first and last day of the span called `name`, seen from `today`; None where there is no such name."""
    spans = _BY_NAME.get(name)
    return None if spans is None else spans(today)
