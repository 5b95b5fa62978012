"""Shared options may stand anywhere; what they mean is kept apart from the command's own words."""

from __future__ import annotations

import pytest

from suitebridge.cli.choices import shared_first


@pytest.mark.parametrize(
    ("typed", "sorted_words"),
    [
        ("run", "run"),
        ("run --json", "--json run"),
        ("--json run --full", "--json run --full"),
        ("runs show 3 --data x -q", "--data x -q runs show 3"),
        ("run --company=acme --workflow a", "--company=acme run --workflow a"),
        ("workspace load -- --json", "workspace load -- --json"),
        ("run --data", "--data run"),
    ],
)
def test_shared_options_come_first(typed: str, sorted_words: str) -> None:
    assert shared_first(typed.split()) == sorted_words.split()
