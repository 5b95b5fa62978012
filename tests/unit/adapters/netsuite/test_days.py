"""In what format an account shows days is told from a known day, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from suitebridge.adapters.netsuite.days import format_of

DAY = date(2026, 5, 18)


@pytest.mark.parametrize(
    ("shown", "named"),
    [
        ("5/18/2026", "M/D/YYYY"),
        ("18/5/2026", "D/M/YYYY"),
        ("05/18/2026", "MM/DD/YYYY"),
        ("18.05.2026", "DD.MM.YYYY"),
        ("18-May-2026", "DD-MON-YYYY"),
        ("2026-05-18", "YYYY-MM-DD"),
        ("2026/5/18", "YYYY/M/D"),
        ("5/19/2026", ""),
        ("18-Jun-2026", ""),
        ("18 2026", ""),
        ("", ""),
    ],
)
def test_a_known_day_tells_the_format(shown: str, named: str) -> None:
    assert format_of(shown, DAY) == named


def test_a_day_that_fits_both_ways_tells_nothing() -> None:
    assert format_of("5/5/2026", date(2026, 5, 5)) == ""
    assert format_of("18-August-2026", date(2026, 8, 18)) == "DD-MONTH-YYYY"
