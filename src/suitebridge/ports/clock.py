"""Time and chance, as arguments of everything that needs them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where moments come from."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        ...


class Chance(Protocol):
    """Where unpredictable texts come from: ids, nonces, tokens."""

    def token(self, length: int) -> str:
        """Give so many random lower-case letters and digits from a cryptographic source that survives forks."""
        ...
