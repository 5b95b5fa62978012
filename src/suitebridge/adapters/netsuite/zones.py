"""Time zones: which one the token's user has in NetSuite, and what moments look like in it.

SuiteQL shows and compares moments in the zone of the token's user (netsuite-api.md §5.11, inferred there), and SOAP gives days as that
zone's midnights (§4.14). Nothing names the zone, so it is told from what NetSuite makes of known moments. Change stamps leave the
gateway in Pacific time whatever the zone, so that those that are kept stay true when the user chooses another one.

This knows no line: who wants a zone gives a way to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from suitebridge.adapters.netsuite.filtering import INSTANT_FORMAT, INSTANT_MASK
from suitebridge.domain.errors import Problem
from suitebridge.wire.rest.suiteql import Query, Row
from suitebridge.wire.soap.record_writing import PACIFIC

_TOLERANCE = timedelta(minutes=10)
"""Zones differ by a quarter of an hour at least; answers take less than this to arrive."""

_NOON, _MID_MONTH, _MONTHS = 12, 15, 12
_NIGHTS: Final = 60
"""Questions of one query that tell zones apart; all that exist need about twenty."""

_USUAL: Final = (
    *("America/Los_Angeles", "America/Denver", "America/Phoenix", "America/Chicago", "America/New_York"),
    *("America/Halifax", "America/St_Johns", "America/Sao_Paulo", "America/Buenos_Aires", "America/Mexico_City"),
    *("America/Bogota", "America/Anchorage", "Pacific/Honolulu", "Europe/London", "Europe/Paris", "Europe/Athens"),
    *("Europe/Moscow", "Europe/Istanbul", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem", "Asia/Muscat"),
    *("Asia/Karachi", "Asia/Calcutta", "Asia/Dhaka", "Asia/Bangkok", "Asia/Hong_Kong", "Asia/Manila", "Asia/Tokyo"),
    *("Australia/Perth", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland"),
)
"""Names for zones whose clocks agree at noon all year round: those that NetSuite offers to its users come first."""

AskOffsets: TypeAlias = Callable[[Sequence[datetime]], Mapping[datetime, timedelta] | None]
"""Gives how far civil times are ahead of UTC in the account, None where it does not tell."""


@dataclass(slots=True, kw_only=True)
class AccountZone:
    """What is known of the zone of one account's user: nothing, until NetSuite was asked."""

    told: tzinfo | None = None

    @property
    def known(self) -> tzinfo:
        """The zone that was told, and until then the one that Oracle recommends for integrations (§4.14)."""
        return self.told or PACIFIC


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


def moment_shown(shown: str, at: datetime | None, zone: tzinfo) -> datetime:
    """Give the moment that NetSuite showed; of two that look alike the one nearer to when it was said, the earlier one where nothing tells."""
    local = datetime.strptime(shown, INSTANT_FORMAT)  # noqa: DTZ007 - given its zone at once
    either = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    return either[0] if at is None else min(either, key=lambda one: abs(one - at))


# --- telling the zone ---


def zone_told(shown: str, at: datetime | None, ask: AskOffsets) -> tzinfo | Problem:
    """Tell the zone by the present time, shown in it, and by what civil times of this year are in UTC.

    Pacific time is taken where NetSuite tells no more than the present time, and that agrees.
    """
    if at is None:
        return PACIFIC
    problem = zone_problem(shown, at, PACIFIC)
    first = ask(tuple(datetime(at.year, month, _MID_MONTH, _NOON) for month in range(1, _MONTHS + 1)))  # noqa: DTZ001
    if first is None:
        return problem or PACIFIC
    left = _fitting(sorted(available_timezones()), first)
    nights = _telling_apart(left, at.year)
    second = ask(nights) if nights else {}
    left = _fitting(left, second or {})
    fitting = [ZoneInfo(name) for name in (*_USUAL, *left) if name in left]
    agreeing = [zone for zone in fitting if zone_problem(shown, at, zone) is None]
    if agreeing and second is not None:
        return agreeing[0]
    return problem or PACIFIC


def select_offsets(times: Sequence[datetime]) -> Query:
    """Write the query that gives civil times of the user's zone as UTC; that NetSuite reads them in that zone is assumed."""
    shown = (
        f"TO_CHAR(SYS_EXTRACT_UTC(TO_TIMESTAMP(?, '{INSTANT_MASK}')), '{INSTANT_MASK}') AS z{number}"
        for number in range(len(times))
    )
    return Query(
        text=f"SELECT {', '.join(shown)} FROM DUAL",  # noqa: S608 - constants only
        parameters=tuple(time.strftime(INSTANT_FORMAT) for time in times),
    )


def read_offsets(rows: Sequence[Row], times: Sequence[datetime]) -> Mapping[datetime, timedelta] | None:
    """Read what `select_offsets` asked for; None where it is something else."""
    try:
        texts = [str(rows[0][f"z{number}"]) for number in range(len(times))]
        return {
            time: time - datetime.strptime(text, INSTANT_FORMAT)  # noqa: DTZ007 - the difference is what is wanted
            for time, text in zip(times, texts, strict=True)
        }
    except (IndexError, KeyError, ValueError):
        return None


def _fitting(names: Sequence[str], told: Mapping[datetime, timedelta]) -> list[str]:
    return [name for name in names if all(_offset(name, time) == offset for time, offset in told.items())]


def _telling_apart(names: Sequence[str], year: int) -> tuple[datetime, ...]:
    """Give noons, from last year to next year, at which these zones do not all agree, until those that ever differ are told apart."""
    groups = [list(names)]
    found: list[datetime] = []
    noon = datetime(year - 1, 1, 1, _NOON)  # noqa: DTZ001 - a civil time of any zone
    while noon.year <= year + 1 and len(found) < _NIGHTS:
        parted = [part for group in groups for part in _parted(group, noon)]
        if len(parted) > len(groups):
            found.append(noon)
            groups = parted
        noon += timedelta(days=1)
    return tuple(found)


def _parted(names: Sequence[str], time: datetime) -> list[list[str]]:
    by_offset: dict[timedelta, list[str]] = {}
    for name in names:
        by_offset.setdefault(_offset(name, time), []).append(name)
    return list(by_offset.values())


@lru_cache(maxsize=200_000)
def _offset(name: str, time: datetime) -> timedelta:
    return time.replace(tzinfo=ZoneInfo(name)).utcoffset() or timedelta(0)


# --- change stamps ---


def stamp_of(moment: datetime) -> str:
    """Write a moment as a change stamp."""
    return moment.astimezone(PACIFIC).strftime(INSTANT_FORMAT)


def stamp_shown(shown: str, zone: tzinfo) -> str:
    """Give the change stamp of what NetSuite shows in a zone; ValueError where it is no moment."""
    return shown if zone is PACIFIC else stamp_of(moment_shown(shown, None, zone))


def bound_of(stamp: str, zone: tzinfo) -> str:
    """Give the earliest text that NetSuite may show in a zone for what happened at a change stamp or after it."""
    if zone is PACIFIC:
        return earliest_later(stamp, zone)
    # The hour that Pacific clocks repeat may be meant for the first time: then more is read, and nothing missed.
    local = moment_shown(stamp, None, PACIFIC).astimezone(zone)
    return earliest_later(local.strftime(INSTANT_FORMAT), zone)


def earliest_later(text: str, zone: tzinfo) -> str:
    """Give the earliest text that a zone has for a moment at or after the one of a text.

    In the hour that clocks repeat when daylight saving time ends, what happens later may be shown as earlier (F50): then the text goes
    back by what the clocks do.
    """
    try:
        local = datetime.strptime(text, INSTANT_FORMAT)  # noqa: DTZ007 - a civil time
    except ValueError:
        return text
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1))
    return (local - (first - second)).strftime(INSTANT_FORMAT) if first > second else text
