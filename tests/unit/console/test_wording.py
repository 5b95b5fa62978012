"""Figures, moments and durations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from suitebridge.console import asked, wording
from suitebridge.domain.outcomes import OutcomeKind


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "under 1 s"),
        (1, "1 s"),
        (59.9, "59 s"),
        (60, "1 min 0 s"),
        (3599, "59 min 59 s"),
        (3600, "1 h 0 min"),
        (90_061, "1 d 1 h"),
    ],
)
def test_durations_show_their_two_largest_units(seconds: float, told: str) -> None:
    assert wording.duration(seconds) == told


def test_moments_are_shown_in_the_company_zone_and_told_to_machines_in_utc() -> None:
    at = datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC)
    shown = wording.moment(at, wording.zone_of("Europe/Berlin"))
    assert (shown.text, shown.machine) == ("2026-07-02 00:30:05", "2026-07-01T22:30:05+00:00")


def test_a_zone_that_this_machine_does_not_know_is_utc() -> None:
    assert wording.zone_of("Mars/Olympus") is UTC


@pytest.mark.parametrize(("number", "told"), [(0, "0 records"), (1, "1 record"), (1200, "1,200 records")])
def test_counts_agree_with_their_noun(number: int, told: str) -> None:
    assert wording.counted(number, "record", "records") == told


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "²", "9" * 40, "1 OR 1=1"])
def test_what_is_no_number_counts_as_not_asked(text: str | None) -> None:
    assert asked.whole_number(text) == 0


def test_outcomes_are_asked_for_by_name() -> None:
    assert asked.outcome_kind("blocked") is OutcomeKind.BLOCKED
    assert asked.outcome_kind("broken") is None


def test_what_is_to_be_typed_is_told_apart() -> None:
    spans = wording.spans("Run `suitebridge check`, then try again.")
    assert [(span.text, span.is_code) for span in spans] == [
        ("Run ", False),
        ("suitebridge check", True),
        (", then try again.", False),
    ]
