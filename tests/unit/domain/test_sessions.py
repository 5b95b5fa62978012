"""How long sessions live, and how long a proof counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from suitebridge.domain.sessions import FRESH, Session, SignInRules, objections

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SESSION = Session(id="s", began_at=NOW, seen_at=NOW, proven_at=NOW, address="", browser="Firefox on Linux")
SECOND = timedelta(seconds=1)


def test_sessions_end_after_half_an_hour_alone_and_eight_hours_in_all() -> None:
    rules, moment = SignInRules(), NOW
    assert SESSION.is_alive(rules, NOW + timedelta(minutes=30) - SECOND)
    assert not SESSION.is_alive(rules, NOW + timedelta(minutes=30))
    while moment < NOW + timedelta(hours=8):
        assert replace(SESSION, seen_at=moment).is_alive(rules, moment)
        moment += timedelta(minutes=20)
    assert not replace(SESSION, seen_at=moment).is_alive(rules, NOW + timedelta(hours=8))


def test_a_proof_counts_for_a_quarter_of_an_hour() -> None:
    assert SESSION.is_fresh(NOW + FRESH - SECOND)
    assert not SESSION.is_fresh(NOW + FRESH)
    assert SESSION.title == "Firefox on Linux"
    assert replace(SESSION, address="192.0.2.7").title == "Firefox on Linux, 192.0.2.7"


@pytest.mark.parametrize(
    ("idle", "longest", "wrong"),
    [
        (30, 480, []),
        (5, 5, []),
        (4, 480, ["idle_minutes"]),
        (31, 481, ["idle_minutes", "longest_minutes"]),
        (0, 9, ["idle_minutes"]),
    ],
)
def test_limits_are_shortened_and_never_lengthened(idle: int, longest: int, wrong: list[str]) -> None:
    found = objections(SignInRules(idle_minutes=idle, longest_minutes=longest))
    assert [field for field, _ in found] == wrong
