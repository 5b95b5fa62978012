"""Times on the wall in every zone of the world: exactly one for each local day, in order, and the same looking back as looking ahead (F51, F54)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitebridge.adapters.engine.crons import EngineCrons
from suitebridge.domain.slots import Walls, due, newest_slot, slots_after, walls_of_week

ZONES = sorted(name for name in available_timezones() if not name.startswith(("posix/", "right/", "Etc/")))
EVERY_DAY = frozenset(range(7))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001


def days_of(zone: ZoneInfo, first: date, count: int) -> list[date]:
    """Give the local days that a zone really has, found by walking through the hours."""
    start = datetime.combine(first, time(0), tzinfo=zone).astimezone(UTC) - timedelta(hours=3)
    hours = (start + timedelta(hours=hour) for hour in range(24 * (count + 2)))
    seen = dict.fromkeys(moment.astimezone(zone).date() for moment in hours)
    return [day for day in seen if first <= day][:count]


@pytest.mark.fault("F51", "F54")
@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(ZONES),
    MOMENTS,
    st.times(min_value=time(0), max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_a_daily_time_comes_exactly_once_on_each_local_day(zone_name: str, start: datetime, at: time) -> None:
    zone = ZoneInfo(zone_name)
    walls = walls_of_week(EVERY_DAY, (at,))
    slots = slots_after(walls, zone, start, most=6)
    days = [slot.day for slot in slots]
    assert days == days_of(zone, days[0], 6)
    assert [slot.at for slot in slots] == sorted({slot.at for slot in slots})
    for slot in slots:
        assert slot.at > start
        local = slot.at.astimezone(zone)
        assert (local.date(), local.time()) >= (slot.day, at)  # on the wall, or as much later as the clocks leap
        assert newest_slot(walls, zone, slot.at) == slot
        assert newest_slot(walls, zone, slot.at - timedelta(seconds=1)) != slot


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ZONES), MOMENTS, st.integers(1, 40))
def test_whatever_was_missed_is_caught_up_with_once(zone_name: str, start: datetime, days: int) -> None:
    zone, walls = ZoneInfo(zone_name), walls_of_week(EVERY_DAY, (time(2, 30), time(14)))
    slots = slots_after(walls, zone, start, most=2 * days)
    found = due(walls, zone, since=start, now=slots[-1].at)
    assert found is not None
    assert (found.slot, found.missed) == (slots[-1], len(slots) - 1)
    assert due(walls, zone, since=found.slot.at, now=slots[-1].at) is None


@pytest.mark.parametrize(
    ("zone", "day", "local"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "03:30+02:00"),  # left out: as much later as the clocks leap
        ("Europe/Berlin", date(2026, 10, 25), "02:30+02:00"),  # twice: the first time
        ("Australia/Sydney", date(2026, 10, 4), "03:30+11:00"),
        ("Australia/Sydney", date(2026, 4, 5), "02:30+11:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), "02:30+11:00"),  # the clocks leap to it
        ("America/New_York", date(2028, 2, 29), "02:30-05:00"),
    ],
)
def test_half_past_two_on_days_when_clocks_are_moved(zone: str, day: date, local: str) -> None:
    before = datetime.combine(day, time(0), tzinfo=ZoneInfo(zone))
    (slot, after) = slots_after(walls_of_week(EVERY_DAY, (time(2, 30),)), ZoneInfo(zone), before, most=2)
    moment = slot.at.astimezone(ZoneInfo(zone))
    assert (slot.day, f"{moment:%H:%M}{moment.isoformat()[-6:]}") == (day, local)
    assert after.day == day + timedelta(days=1)


def test_a_day_that_a_zone_does_not_have_has_no_time() -> None:
    before = datetime(2011, 12, 29, tzinfo=ZoneInfo("Pacific/Apia"))
    slots = slots_after(walls_of_week(EVERY_DAY, (time(2, 30),)), ZoneInfo("Pacific/Apia"), before, most=3)
    assert [slot.day.day for slot in slots] == [29, 31, 1]


def read(text: str) -> Walls:
    return EngineCrons().read(text)


def test_what_is_due_every_hour_is_due_in_both_passes_of_a_doubled_hour() -> None:
    zone = ZoneInfo("Europe/Berlin")
    autumn = slots_after(read("*/30 * * * *"), zone, datetime(2026, 10, 24, 23, 50, tzinfo=UTC), most=6)
    assert [slot.label for slot in autumn] == ["02:00", "02:30", "02:00 again", "02:30 again", "03:00", "03:30"]
    assert {(after.at - before.at) for before, after in pairwise(autumn)} == {timedelta(minutes=30)}
    spring = slots_after(read("*/30 * * * *"), zone, datetime(2026, 3, 29, 0, 20, tzinfo=UTC), most=3)
    assert [slot.label for slot in spring] == ["01:30", "03:00", "03:30"]


def test_cron_texts_of_leap_days_and_last_days_are_found() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    leap = slots_after(read("0 6 29 2 *"), ZoneInfo("UTC"), start, most=2)
    assert [slot.day for slot in leap] == [date(2028, 2, 29), date(2032, 2, 29)]
    last = slots_after(read("30 23 l * *"), ZoneInfo("UTC"), start, most=3)
    assert [slot.day for slot in last] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    weekdays = slots_after(read("0 7 * * MON-FRI"), ZoneInfo("UTC"), datetime(2026, 1, 2, 8, tzinfo=UTC), most=1)
    assert weekdays[0].day == date(2026, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@daily",
        "H * * * *",
        "R 3 * * *",
        "* * * *",
        "* * * * * *",
        "61 * * * *",
        "0 0 30 2 *",
        "0 0 * * 8",
        "0;0 * * * *",
    ],
)
def test_a_text_that_means_nothing_or_never_comes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cron text|ever comes"):
        read(text)
