"""Time and chance as the operating system gives them."""

from __future__ import annotations

import secrets
import string
import time
from datetime import UTC, datetime
from typing import Final

_ALPHABET: Final = string.ascii_lowercase + string.digits


class SystemClock:
    """The system's clock; implements `ports.clock.Clock`."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


def elapsed_seconds() -> float:
    """Give seconds that only grow, and that go on growing while the machine sleeps, where the system counts that."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SystemChance:
    """The system's randomness; implements `ports.clock.Chance`."""

    def token(self, length: int) -> str:
        """Give so many random lower-case letters and digits; each call asks the system, so a fork repeats nothing."""
        return "".join(secrets.choice(_ALPHABET) for _ in range(length))
