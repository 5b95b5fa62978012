"""The days that a run knows: in the company's zone, weeks from Monday, whatever the day of the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.domain.expressions import MacroName
from suitebridge.domain.macros import days, facts_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("today", date(2026, 11, 24)),
        ("first_day_of_this_week", date(2026, 11, 23)),
        ("last_day_of_previous_week", date(2026, 11, 22)),
        ("last_day_of_next_week", date(2026, 12, 6)),
        ("first_day_of_this_month", date(2026, 11, 1)),
        ("last_day_of_this_month", date(2026, 11, 30)),
        ("last_day_of_previous_month", date(2026, 10, 31)),
        ("last_day_of_next_month", date(2026, 12, 31)),
        ("first_day_of_this_quarter", date(2026, 10, 1)),
        ("first_day_of_previous_quarter", date(2026, 7, 1)),
        ("last_day_of_next_quarter", date(2027, 3, 31)),
        ("last_day_of_this_year", date(2026, 12, 31)),
        ("first_day_of_next_year", date(2027, 1, 1)),
        ("period_start", date(2026, 11, 1)),
        ("period_end", date(2026, 11, 24)),
        ("run", "r1"),
        ("owner", "7"),
    ],
)
def test_a_run_knows_its_days(name: str, expected: object) -> None:
    """It is asked for on the 23rd in London, when the 24th has begun in Tokyo."""
    asked_at = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    facts = facts_of(asked_at=asked_at, zone=ZoneInfo("Asia/Tokyo"), run="r1", owner="7")
    assert facts[MacroName(name)] == expected
    assert facts[MacroName.NOW] == asked_at


def test_a_run_since_a_day_has_a_period_from_there() -> None:
    facts = facts_of(asked_at=datetime(2026, 11, 23, tzinfo=UTC), zone=UTC, since=date(2026, 2, 3))
    assert facts[MacroName.PERIOD_START] == date(2026, 2, 3)


@given(st.dates(date(1900, 1, 1), date(9000, 1, 1)))
def test_periods_touch_and_hold_the_day(today: date) -> None:
    facts = facts_of(asked_at=datetime(today.year, today.month, today.day, tzinfo=UTC), zone=UTC)
    assert set(facts) == set(MacroName)
    assert all(isinstance(facts[name], date) for name in days())
    for unit in ("week", "month", "quarter", "year"):
        bounds = [
            facts[MacroName(f"{edge}_day_of_{which}_{unit}")]
            for which in ("previous", "this", "next")
            for edge in ("first", "last")
        ]
        known = [day for day in bounds if isinstance(day, date)]
        assert known == sorted(known)
        assert known[2] <= today <= known[3]
        assert known[2] - known[1] == known[4] - known[3] == timedelta(days=1)
