"""Browser sessions of the account's pages: a user in a role, until idle for too long or signed out.

Shared by the OAuth 2.0 consent page and every other page of the account. In memory: a restart signs everybody out.
Refuses to know cookies and HTML.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec

from netsuite_simulator.clock import Clock

IDLE = timedelta(minutes=20)  # reference §2.8
LONGEST = timedelta(minutes=60)
MOST_SESSIONS = 1_000


class Session(msgspec.Struct, kw_only=True):
    """A signed-in browser; `token` goes into every form of it, so that no other site can post one."""

    id: str
    user: str
    role_id: str | None
    token: str
    opened_at: datetime
    seen_at: datetime
    once: dict[str, tuple[tuple[str, str], ...]] = {}  # labels and values that the next page of that name shows, once

    def __repr__(self) -> str:
        return f"<session of {self.user}>"


class Sessions:
    """The sessions of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Session] = {}

    def open(self, user: str, role_id: str | None = None) -> Session:
        """Open a session; its id is a secret of the browser."""
        now = self._clock.now()
        session = Session(
            id=secrets.token_urlsafe(32),
            user=user,
            role_id=role_id,
            token=secrets.token_urlsafe(32),
            opened_at=now,
            seen_at=now,
        )
        if len(self._by_id) >= MOST_SESSIONS:
            del self._by_id[next(iter(self._by_id))]
        self._by_id[session.id] = session
        return session

    def find(self, session_id: str | None) -> Session | None:
        """Find a session that is alive, and note that it was seen."""
        session = self._by_id.get(session_id or "")
        if session is None:
            return None
        now = self._clock.now()
        if now - session.seen_at >= IDLE or now - session.opened_at >= LONGEST:
            del self._by_id[session.id]
            return None
        session.seen_at = now
        return session

    def close(self, session: Session) -> None:
        """End a session."""
        self._by_id.pop(session.id, None)

    def close_of(self, user: str) -> None:
        """End every session of a user."""
        self._by_id = {name: one for name, one in self._by_id.items() if one.user != user}
