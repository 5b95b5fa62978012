"""Pauses grow, end, and are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from suitebridge.domain.throttling import FORGET_AFTER, LONGEST_PAUSE, Count, Subject, counted, pause, taken_back, told

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUBJECT = Subject(name="x", free=5)


def test_the_first_tries_are_free_and_pauses_double_to_a_quarter_of_an_hour() -> None:
    minutes = [pause(failures, free=5) // timedelta(minutes=1) for failures in (1, 4, 5, 6, 7, 8, 9, 10, 10**6)]
    assert minutes == [0, 0, 1, 2, 4, 8, 15, 15, 15]


def test_at_most_ten_tries_a_minute_are_judged_in_the_long_run() -> None:
    at, judged, count = NOW, 0, None
    while at < NOW + timedelta(hours=3):
        count = counted(count, SUBJECT, at=at)
        judged += 1
        at = max(at + timedelta(seconds=1), count.opens_at)
    assert judged < 5 + 4 + 3 * 60 / 15 + 1


def test_tries_are_forgotten_after_an_hour_and_taken_back_with_their_pause() -> None:
    count = Count(failures=9, last_at=NOW, opens_at=NOW + LONGEST_PAUSE)
    assert counted(count, SUBJECT, at=NOW + FORGET_AFTER).failures == 1
    assert counted(count, SUBJECT, at=NOW + LONGEST_PAUSE).opens_at == NOW + 2 * LONGEST_PAUSE
    back = taken_back(count)
    assert (back.failures, back.opens_at) == (8, NOW)


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (timedelta(milliseconds=3), "1 second"),
        (timedelta(seconds=59), "59 seconds"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=61), "2 minutes"),
    ],
)
def test_waits_are_told_in_words(wait: timedelta, said: str) -> None:
    assert told(wait) == said
