"""A storm of one error is counted, not written: the log stays small, and tells how often (quality.md F83)."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import pytest

from suitebridge.adapters.logs.repeats import MOST_KINDS, MOST_LINES, WINDOW_SECONDS, Repeats


def record(words: str, *values: object, at: float, name: str = "suitebridge.runs") -> logging.LogRecord:
    """Make a record of a moment."""
    made = logging.LogRecord(name, logging.WARNING, "", 0, words, values, None)
    made.created = at
    return made


def said(records: Iterable[logging.LogRecord]) -> list[str]:
    return [one.getMessage() for one in records]


@pytest.mark.fault("F83")
def test_a_storm_of_one_error_is_counted_and_takes_a_bounded_number_of_lines() -> None:
    storm, per_second = 100_000, 1_000
    repeats = Repeats()
    written = []
    for number in range(storm):
        written += said(repeats.pass_on(record("Run %s stopped", number, at=number / per_second)))
    written += said(repeats.rest())

    counted = [line for line in written if line.startswith("Said ")]
    windows = storm / per_second / WINDOW_SECONDS
    assert len(written) <= (windows + 1) * (MOST_LINES + 1)
    assert written[:2] == ["Run 0 stopped", "Run 1 stopped"]
    assert counted[0] == "Said 59,980 more times within 60 seconds and not repeated here: Run %s stopped"
    assert sum(int(line.split()[1].replace(",", "")) for line in counted) + len(written) - len(counted) == storm


def test_other_lines_are_written_meanwhile_and_tell_that_a_storm_is_over() -> None:
    repeats = Repeats()
    for _ in range(MOST_LINES + 3):
        said(repeats.pass_on(record("Down", at=1)))
    assert said(repeats.pass_on(record("Up", at=2))) == ["Up"]
    assert said(repeats.pass_on(record("Down", at=2, name="suitebridge.web"))) == ["Down"]
    later = said(repeats.pass_on(record("Up", at=1 + WINDOW_SECONDS)))
    assert later == ["Said 3 more times within 60 seconds and not repeated here: Down", "Up"]
    assert said(repeats.rest()) == []


def test_however_many_kinds_of_lines_there_are_few_are_remembered() -> None:
    repeats = Repeats()
    for _ in range(MOST_LINES + 1):
        said(repeats.pass_on(record("first", at=0)))
    for number in range(MOST_KINDS - 1):
        assert said(repeats.pass_on(record(f"kind {number}", at=0))) == [f"kind {number}"]
    told = said(repeats.pass_on(record("one more", at=0)))
    assert told == ["Said 1 more times within 60 seconds and not repeated here: first", "one more"]
