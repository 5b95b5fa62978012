"""Dates, times and named spans of the SOAP door."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from netsuite_simulator.faces.soap.periods import predefined_span
from netsuite_simulator.faces.soap.times import PACIFIC, read_day, read_instant, show_day, show_instant

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime.date(2026, 5, 18)


def test_instants_are_shown_in_pacific_time_with_milliseconds_and_offset() -> None:
    summer = datetime.datetime(2026, 7, 1, 12, 0, tzinfo=datetime.UTC)
    winter = datetime.datetime(2026, 1, 1, 12, 0, tzinfo=datetime.UTC)
    assert show_instant(summer) == "2026-07-01T05:00:00.000-07:00"
    assert show_instant(winter) == "2026-01-01T04:00:00.000-08:00"


def test_a_day_is_midnight_of_the_accounts_zone() -> None:
    assert show_day(MONDAY, PACIFIC) == "2026-05-18T00:00:00.000-07:00"
    assert show_day(MONDAY, BERLIN) == "2026-05-17T15:00:00.000-07:00"


@pytest.mark.parametrize("zone", [PACIFIC, BERLIN, ZoneInfo("Asia/Tokyo")])
def test_a_day_survives_the_round_trip_in_every_zone(zone: ZoneInfo) -> None:
    for offset in range(0, 370, 7):
        day = MONDAY + datetime.timedelta(days=offset)
        assert read_day(show_day(day, zone), zone) == day


def test_a_value_without_offset_is_pacific() -> None:
    assert read_instant("2026-05-18T00:00:00") == datetime.datetime(2026, 5, 18, 7, tzinfo=datetime.UTC)


@pytest.mark.parametrize("text", ["", "2026-05-18", "18.5.2026", "2026-13-01T00:00:00Z", "2026-05-18T00:00", "now"])
def test_what_is_no_date_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_instant(text)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", (2026, 5, 18), (2026, 5, 18)),
        ("yesterday", (2026, 5, 17), (2026, 5, 17)),
        ("tenDaysAgo", (2026, 5, 8), (2026, 5, 8)),
        ("thisWeek", (2026, 5, 17), (2026, 5, 23)),
        ("thisBusinessWeek", (2026, 5, 18), (2026, 5, 22)),
        ("lastMonth", (2026, 4, 1), (2026, 4, 30)),
        ("lastMonthToDate", (2026, 4, 1), (2026, 4, 18)),
        ("startOfLastMonth", (2026, 4, 1), (2026, 4, 1)),
        ("monthBeforeLast", (2026, 3, 1), (2026, 3, 31)),
        ("lastFiscalQuarter", (2026, 1, 1), (2026, 3, 31)),
        ("thisFiscalYearToDate", (2026, 1, 1), (2026, 5, 18)),
        ("thisYear", (2026, 1, 1), (2026, 12, 31)),
        ("previousOneMonth", (2026, 4, 18), (2026, 5, 18)),
        ("threeFiscalYearsAgo", (2023, 1, 1), (2023, 12, 31)),
    ],
)
def test_named_spans(name: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert predefined_span(name, MONDAY) == (datetime.date(*first), datetime.date(*last))


def test_an_unknown_span_is_none() -> None:
    assert predefined_span("someDay", MONDAY) is None
