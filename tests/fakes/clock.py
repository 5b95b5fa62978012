"""A clock that tests read and set, and chance that repeats itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SteppingClock:
    """Moves on by one second each time it is read."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        """Give the present moment of the test."""
        self._now += timedelta(seconds=1)
        return self._now

    def pass_by(self, span: timedelta) -> None:
        """Let time pass."""
        self._now += span


class CountingChance:
    """Gives tokens that count: "00000001", "00000002"."""

    def __init__(self) -> None:
        self._count = 0

    def token(self, length: int) -> str:
        """Give the next token."""
        self._count += 1
        return str(self._count).rjust(length, "0")
