"""Schedules as they are typed and told, and everything that can be wrong with one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from suitebridge.domain.schedules import (
    Cron,
    Schedule,
    Tick,
    TickKind,
    Timing,
    Weekly,
    objections,
    read_times,
    read_timing,
    tell_tick,
    tell_timing,
)


def said(timing: Timing, *, name: str = "Nightly", group: str = "All", has_zone: bool = True, cron: str = "") -> str:
    schedule = Schedule(name=name, group=group, timing=timing, zone="Europe/Berlin")
    return " ".join(told for _, told in objections(schedule, groups=["All"], has_zone=has_zone, cron=cron))


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = said(Weekly(days=(), times=()), name="a/b", group="", has_zone=False)
    for part in ("A name has no slash", "Choose a workflow group.", "is no time zone", "at least one weekday", "06:00"):
        assert part in found
    assert said(Cron(text="x"), cron="It means nothing.") == "It means nothing."
    assert said(read_timing(["mon"], "6:00", "")) == ""


@pytest.mark.parametrize("text", ["", "25:00", "6", "6:60", "6:0", "06:00 x", "٠٦:٠٠"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_times(text) == ()


def test_times_and_days_are_read_in_any_order_and_told_in_theirs() -> None:
    timing = read_timing(["fri", "Monday"], "18:30, 6:00 18:30", "")
    assert timing == Weekly(days=(0, 4), times=(time(6), time(18, 30)))
    assert tell_timing(timing) == "Monday, Friday at 06:00, 18:30"
    assert tell_timing(read_timing(["mon", "tue", "wed"], "6:00", "")) == "Monday to Wednesday at 06:00"
    assert tell_timing(read_timing(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "6:00", "")).startswith(
        "Every day"
    )
    assert tell_timing(read_timing([], "", " 0  6 * * * ")) == "cron 0 6 * * *"
    assert "at least one weekday" in said(read_timing(["someday"], "6:00", ""))


def test_a_tick_is_told_in_one_line() -> None:
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    tick = Tick(
        day=date(2026, 3, 2),
        label="08:00",
        at=at,
        kind=TickKind.SKIPPED,
        noted_at=at,
        said="Run 12 of 07:00 still active",
    )
    assert tell_tick(tick) == "08:00 skipped: Run 12 of 07:00 still active"
    caught_up = Tick(
        day=date(2026, 3, 2), label="08:00", at=at, kind=TickKind.STARTED, noted_at=at, run_number=3, missed=71
    )
    assert tell_tick(caught_up) == "08:00 started, 71 missed before it: run 3"
