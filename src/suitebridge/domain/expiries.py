"""What ends, and when: NetSuite's ways to connect, and secrets that grow old (quality.md U08, netsuite-api.md §8). Dates are arguments.

NetSuite names releases, not days; a release reaches the first accounts around the day that stands here.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SECRET_DAYS = 365
"""After so many days a secret should be replaced."""

STAGES = (60, 30, 14, 7, 1)
"""Days before an end at which it is told louder."""

NOTICE_DAYS = 365
"""So long before an end of NetSuite's the test of the connection warns."""


class Urgency(enum.Enum):
    """How near an end is."""

    FAR = "far"
    NEAR = "near"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Something of NetSuite's that ends with a release; `day` is when the release begins to arrive."""

    what: str
    release: str
    day: date
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """One line of the board. `days` may be negative."""

    what: str
    when: str
    day: date
    days: int
    urgency: Urgency
    remedy: str


_OAUTH = "Plan the change to OAuth 2.0 client credentials: the switch stands on Administration > NetSuite Connector > Credentials."
TBA_END = Ending(what="Token-based authentication", release="2028.1 (tentative)", day=date(2028, 1, 1), remedy=_OAUTH)
ENDINGS = (
    Ending(
        what="New integrations with token-based authentication",
        release="2027.1",
        day=date(2027, 1, 1),
        remedy="Make the integration record before this release reaches the account; records that exist go on.",
    ),
    TBA_END,
    Ending(
        what="SOAP web services",
        release="2028.2",
        day=date(2028, 7, 1),
        remedy="Nothing to do in NetSuite: a later release of SuiteBridge writes through REST.",
    ),
)


def days_left(day: date, today: date) -> int:
    """Count the days to a day."""
    return (day - today).days


def urgency_of(days: int) -> Urgency:
    """Say how near an end is by the days that are left."""
    if days < 0:
        return Urgency.PAST
    return Urgency.NEAR if days <= STAGES[0] else Urgency.FAR


def stage_of(days: int) -> int:
    """Give the nearest stage that is reached, 0 for none."""
    return next((stage for stage in reversed(STAGES) if days <= stage), 0)


def board(
    secrets: Iterable[tuple[str, datetime]], today: date, *, certificates: Iterable[tuple[str, datetime]] = ()
) -> tuple[Expiry, ...]:
    """List what ends, the nearest first. `secrets` are labels with the moments they were set, `certificates` with those they end at."""
    lines = [_of_netsuite(ending, today) for ending in ENDINGS]
    lines += [_of_secret(label, set_at, today) for label, set_at in secrets]
    lines += [_of_certificate(label, ends_at, today) for label, ends_at in certificates]
    return tuple(sorted(lines, key=lambda line: line.day))


def _of_netsuite(ending: Ending, today: date) -> Expiry:
    days = days_left(ending.day, today)
    return Expiry(
        what=ending.what,
        when=f"with NetSuite {ending.release}, from {ending.day:%B %Y} at the earliest",
        day=ending.day,
        days=days,
        urgency=urgency_of(days),
        remedy=ending.remedy,
    )


def _of_certificate(label: str, ends_at: datetime, today: date) -> Expiry:
    day = ends_at.date()
    days = days_left(day, today)
    return Expiry(
        what=label,
        when=f"ends on {day.isoformat()}, as it says itself",
        day=day,
        days=days,
        urgency=urgency_of(days),
        remedy="Make the next certificate on Administration > NetSuite Connector > Credentials, let NetSuite have it, and use it: runs go on meanwhile.",
    )


def _of_secret(label: str, set_at: datetime, today: date) -> Expiry:
    day = set_at.date() + timedelta(days=SECRET_DAYS)
    days = days_left(day, today)
    return Expiry(
        what=label,
        when=f"to be replaced by {day.isoformat()}, {SECRET_DAYS} days after it was set",
        day=day,
        days=days,
        urgency=urgency_of(days),
        remedy="Make a new pair in NetSuite, type it here, test and save, then revoke the old pair in NetSuite.",
    )
