"""Wrong tries, counted in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from suitebridge.domain.throttling import Count, Subject, counted, taken_back


class MemoryAttempts:
    """Wrong tries by subject."""

    def __init__(self) -> None:
        self._counts: dict[str, Count] = {}

    def count(self, subjects: Sequence[Subject], *, at: datetime) -> datetime | None:
        known = [self._counts[subject.name] for subject in subjects if subject.name in self._counts]
        waits = [count.opens_at for count in known if count.opens_at > at]
        if waits:
            return max(waits)
        for subject in subjects:
            self._counts[subject.name] = counted(self._counts.get(subject.name), subject, at=at)
        return None

    def forget(self, subjects: Sequence[Subject]) -> None:
        for subject in subjects:
            self._counts.pop(subject.name, None)

    def take_back(self, subjects: Sequence[Subject]) -> None:
        for subject in subjects:
            if subject.name in self._counts:
                self._counts[subject.name] = taken_back(self._counts[subject.name])
