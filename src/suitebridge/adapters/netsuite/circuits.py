"""A circuit for maintenance: while NetSuite says that an account is being maintained, one small request at a time asks whether it is over.

One for each account and process, shared by all who speak to it. It knows no requests: it says who may ask, and is told what came of it.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

PROBE_EVERY = timedelta(seconds=1)
"""Between two questions; runs that wait come back every two to thirty seconds."""


class Circuit:
    """Closed while nothing is known of maintenance; any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since: datetime | None = None
        self._said = ""
        self._asked_at: datetime | None = None
        self._is_asking = False

    @property
    def since(self) -> datetime | None:
        """Since when the account is away; None while it is not."""
        return self._since

    @property
    def said(self) -> str:
        """NetSuite's words about it; "" while the account is not away."""
        return self._said

    def open(self, said: str, *, now: datetime) -> None:
        """Note that NetSuite says so."""
        with self._lock:
            self._since = self._since or now
            self._said = said
            self._asked_at = now

    def close(self) -> None:
        """Note that NetSuite answers again, whatever it answers."""
        with self._lock:
            self._since, self._said = None, ""

    def begin_probe(self, *, now: datetime) -> bool:
        """Say whether the caller is the one who asks now; who is has to `end_probe`."""
        with self._lock:
            is_early = self._asked_at is not None and timedelta(0) <= now - self._asked_at < PROBE_EVERY
            if self._is_asking or is_early:
                return False
            self._is_asking, self._asked_at = True, now
            return True

    def end_probe(self) -> None:
        """Let the next one ask."""
        with self._lock:
            self._is_asking = False
