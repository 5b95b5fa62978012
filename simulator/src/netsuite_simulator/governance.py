"""One concurrency counter for all doors of an account, reference §6.1.

Counts requests in flight; refuses to know what they are and how a refusal is worded.
"""

from __future__ import annotations

DEFAULT_LIMIT = 5  # Standard tier and development accounts, reference §6.1


class Governance:
    """How many requests run at once, and how many may."""

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self.limit = limit
        self.running = 0
        self.peak = 0
        self.refused = 0

    @property
    def unallocated(self) -> int:
        """The share of the limit no integration has to itself; the simulator allocates none."""
        return self.limit

    def enter(self) -> bool:
        """Count a request in, or refuse it."""
        if self.running >= self.limit:
            self.refused += 1
            return False
        self.running += 1
        self.peak = max(self.peak, self.running)
        return True

    def leave(self) -> None:
        """Count a request out."""
        self.running -= 1
