"""Counts refused sign-ins per credential set, so that NetSuite never locks the token: five lock it for half an hour
(netsuite-api.md §2.5), three in ten minutes are as far as we go (quality.md F16).
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from suitebridge.domain.credentials import SigningCredentials
from suitebridge.ports.clock import Clock

REFUSAL_LIMIT = 3
WINDOW = timedelta(minutes=10)


class Logins:
    """Remembers refusals for the life of the process; share one among all gateways."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._refusals: dict[SigningCredentials, list[datetime]] = {}
        self._proven: set[SigningCredentials] = set()

    def refused(self, credentials: SigningCredentials, times: int) -> None:
        """Note refusals."""
        with self._lock:
            self._proven.discard(credentials)
            self._refusals.setdefault(credentials, []).extend([self._clock.now()] * times)

    def accepted(self, credentials: SigningCredentials) -> None:
        """Note that NetSuite knows these credentials: earlier refusals meant something else."""
        with self._lock:
            self._refusals.pop(credentials, None)
            self._proven.add(credentials)

    def is_proven(self, credentials: SigningCredentials) -> bool:
        """Whether the last thing NetSuite said of these credentials was yes."""
        with self._lock:
            return credentials in self._proven

    def left(self, credentials: SigningCredentials) -> int:
        """Say how many more refusals may be risked now."""
        since = self._clock.now() - WINDOW
        with self._lock:
            recent = [moment for moment in self._refusals.get(credentials, ()) if moment > since]
            if recent:
                self._refusals[credentials] = recent
            else:
                self._refusals.pop(credentials, None)
        return max(0, REFUSAL_LIMIT - len(recent))
