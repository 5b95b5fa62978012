"""The life of a signed-in session: 30 minutes without a visit, 8 hours in all (quality.md S06). Moments come from the house's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
TOUCH_EVERY = timedelta(minutes=1)
"""A visit is written down at most this often: a page view must not cost a write."""

_BEGAN = "began"
_SEEN = "seen"


def begin(session: SessionBase, now: datetime) -> None:
    """Start the clocks of a session that has just been signed in."""
    session[_BEGAN] = now.isoformat()
    session[_SEEN] = now.isoformat()


def is_alive(session: SessionBase, now: datetime) -> bool:
    """Say whether neither limit has passed; a session without clocks is over."""
    began, seen = (session.get(key) for key in (_BEGAN, _SEEN))
    if not isinstance(began, str) or not isinstance(seen, str):
        return False
    return now - datetime.fromisoformat(began) < LONGEST and now - datetime.fromisoformat(seen) < IDLE


def touch(session: SessionBase, now: datetime) -> None:
    """Note that somebody is there."""
    if now - datetime.fromisoformat(session[_SEEN]) >= TOUCH_EVERY:
        session[_SEEN] = now.isoformat()
