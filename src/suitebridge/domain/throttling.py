"""How wrong passwords and codes are slowed down (quality.md S03): some tries are free, then each further one waits twice as long.

It counts what it is told and knows neither accounts nor addresses. No pause lasts longer than a quarter of an hour, so that no stranger
locks anybody out for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FREE_FOR_ACCOUNT: Final = 5
FREE_FOR_ADDRESS: Final = 20
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(minutes=15)
FORGET_AFTER: Final = timedelta(hours=1)
"""Wrong tries are forgotten when nothing was tried for so long."""

_MOST_DOUBLINGS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What tries are counted for: an account from an address, an address, the codes of an account. `free` tries wait for nothing."""

    name: str
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The wrong tries of a subject: how many, when the last one was, and when the next one may be."""

    failures: int
    last_at: datetime
    opens_at: datetime


def pause(failures: int, *, free: int) -> timedelta:
    """Give how long the next try waits after so many wrong ones."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, _MOST_DOUBLINGS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def counted(before: Count | None, subject: Subject, *, at: datetime) -> Count:
    """Add a try to what was counted."""
    is_forgotten = before is None or at - before.last_at >= FORGET_AFTER
    failures = 1 if is_forgotten or before is None else before.failures + 1
    return Count(failures=failures, last_at=at, opens_at=at + pause(failures, free=subject.free))


def taken_back(count: Count) -> Count:
    """Take one try back, which turned out to be right, and with it the pause that it would have begun."""
    return Count(failures=max(count.failures - 1, 0), last_at=count.last_at, opens_at=count.last_at)


def told(wait: timedelta) -> str:
    """Say how long to wait: "40 seconds", "2 minutes"; parts of a minute count as one."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds < 60:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
