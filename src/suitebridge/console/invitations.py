"""The one-time token that lets somebody set up an empty installation (quality.md S01): in memory only, hashed, for 15 minutes."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from suitebridge.ports.clock import Chance

LIFE = timedelta(minutes=15)
_LENGTH = 24


class InvitationRefusedError(Exception):
    """The token is not the one that was printed, or its time is over, or it has been used."""


class Invitation:
    """The invitation of this process; there is at most one token at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._digest = b""
        self._ends: datetime | None = None

    def issue(self, chance: Chance, now: datetime) -> str:
        """Draw a token and forget an earlier one."""
        token = chance.token(_LENGTH)
        with self._lock:
            self._digest, self._ends = _digest(token), now + LIFE
        return token

    @contextmanager
    def redeemed(self, token: str, now: datetime) -> Iterator[None]:
        """Use the token up around what it allows; it stays good if that fails. Raise `InvitationRefusedError` for any other."""
        with self._lock:
            if self._ends is None or now >= self._ends or not hmac.compare_digest(self._digest, _digest(token.strip())):
                raise InvitationRefusedError
            yield
            self._digest, self._ends = b"", None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
