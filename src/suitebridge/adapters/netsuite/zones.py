"""Time zones of SuiteQL: whether the token's user has the one that is expected, and from where on a change stamp has to be read.

SuiteQL shows and compares moments in the zone of the token's user (netsuite-api.md §5.11, inferred there). What the account shows is
compared with the Date of the same answer, which is of no zone.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from suitebridge.adapters.netsuite.filtering import INSTANT_FORMAT
from suitebridge.domain.errors import Problem

_TOLERANCE = timedelta(minutes=10)
"""Zones differ by a quarter of an hour at least; answers take less than this to arrive."""


def zone_problem(shown: str, at: datetime | None, zone: tzinfo) -> Problem | None:
    """Say that NetSuite's time is another one than the zone's (quality.md F52); None where it agrees, or nothing tells."""
    if at is None:
        return None
    local = datetime.strptime(shown, INSTANT_FORMAT)  # noqa: DTZ007 - the zone is what is in question
    either = (abs(local.replace(tzinfo=zone, fold=fold) - at) for fold in (0, 1))
    if min(either) <= _TOLERANCE:
        return None
    facts = {"shown": shown, "expected": at.astimezone(zone).strftime(INSTANT_FORMAT), "zone": str(zone)}
    return Problem(code="NS-ZONE-001", facts=facts)


def earliest_later(stamp: str, zone: tzinfo) -> str:
    """Give the earliest stamp that a moment at or after a stamped one may carry.

    In the hour that clocks repeat when daylight saving time ends, what happens later may be stamped earlier (F50): then the stamp goes
    back by what the clocks do.
    """
    try:
        local = datetime.strptime(stamp, INSTANT_FORMAT)  # noqa: DTZ007 - a civil time
    except ValueError:
        return stamp
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1))
    return (local - (first - second)).strftime(INSTANT_FORMAT) if first > second else stamp
