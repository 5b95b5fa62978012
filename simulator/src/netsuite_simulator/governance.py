"""One concurrency counter for all doors of an account, reference §6.1.

Counts requests in flight, and those that other integrations are taken to send; refuses to know what they are and how a
refusal is worded.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from netsuite_simulator.clock import Clock

DEFAULT_LIMIT = 5  # Standard tier and development accounts, reference §6.1


class Governance:
    """How many requests run at once, and how many may."""

    def __init__(self, limit: int = DEFAULT_LIMIT, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._others = 0
        self._others_until: datetime | None = None
        self.limit = limit
        self.running = 0
        self.peak = 0
        self.refused = 0
        self._occupied, self._counted_at = 0.0, time.monotonic()

    @property
    def unallocated(self) -> int:
        """The share of the limit no integration has to itself; the simulator allocates none."""
        return self.limit

    @property
    def others(self) -> int:
        """How many places other integrations hold now."""
        if self._others_until is not None and self._clock.now() >= self._others_until:
            self._others, self._others_until = 0, None
        return self._others

    def share(self, requests: int, *, seconds: float | None = None) -> None:
        """Let other integrations hold so many places, until told otherwise or for so long by the account's clock."""
        self._others = requests
        self._others_until = None if seconds is None else self._clock.now() + timedelta(seconds=seconds)

    @property
    def occupied_seconds(self) -> float:
        """For how long requests have held places so far, one beside another: two at once for a second are two seconds."""
        self._count()
        return self._occupied

    def _count(self) -> None:
        now = time.monotonic()
        self._occupied += self.running * (now - self._counted_at)
        self._counted_at = now

    def enter(self) -> bool:
        """Count a request in, or refuse it."""
        if self.running + self.others >= self.limit:
            self.refused += 1
            return False
        self._count()
        self.running += 1
        self.peak = max(self.peak, self.running)
        return True

    def leave(self) -> None:
        """Count a request out."""
        self._count()
        self.running -= 1
