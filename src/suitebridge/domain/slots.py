"""When something is due that runs by the clock on the wall: local times become moments, exactly once for each, also where clocks are moved.

Two rules (quality.md F51). A time that the clocks leave out is due as much later as they leap; a time that they show twice is due the first
time. Only what is due in every hour is due in both passes of a doubled hour, and not in one that is left out. Nothing here asks what time it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Final

_MARGIN: Final = timedelta(hours=4)
"""More than clocks are moved at once, except where a zone leaves out a whole day."""
_MOST_WALLS: Final = 20_000
_NOON: Final = time(12)
_DAY: Final = timedelta(days=1)
MOST_MISSED: Final = 999
"""So many missed times are counted at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """Local times without a zone: those later than one in ascending order, and those earlier in descending order; both may go on for ever.

    `is_hourly`: they belong to every hour, whatever its name.
    """

    later: Callable[[datetime], Iterator[datetime]]
    earlier: Callable[[datetime], Iterator[datetime]]
    is_hourly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One time that is due: the local day and its label on the wall name it for ever, `at` is the moment in UTC."""

    day: date
    label: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The newest slot that is due, and how many before it were missed."""

    slot: Slot
    missed: int


def walls_of_week(days: frozenset[int], times: tuple[time, ...]) -> Walls:
    """Give the times of weekdays, Monday being 0. There must be a day and a time."""
    ascending = tuple(sorted(times))

    def later(wall: datetime) -> Iterator[datetime]:
        day = wall.date()
        while day < date.max:
            if day.weekday() in days:
                yield from (found for one in ascending if (found := datetime.combine(day, one)) > wall)
            day += _DAY

    def earlier(wall: datetime) -> Iterator[datetime]:
        day = wall.date()
        while day > date.min:
            if day.weekday() in days:
                yield from (found for one in reversed(ascending) if (found := datetime.combine(day, one)) < wall)
            day -= _DAY

    return Walls(later=later, earlier=earlier)


def slots_after(walls: Walls, zone: tzinfo, after: datetime, *, most: int) -> tuple[Slot, ...]:
    """Give the next slots after a moment in the order of time."""
    found: dict[datetime, Slot] = {}
    end: datetime | None = None
    for wall in islice(walls.later(_local(after, zone) - _MARGIN), _MOST_WALLS):
        if end is not None and wall > end:
            break
        for slot in _slots_of(wall, zone, is_hourly=walls.is_hourly):
            if slot.at > after:
                found.setdefault(slot.at, slot)
        if end is None and len(found) >= most:
            end = _local(max(found), zone) + _MARGIN
    return tuple(found[at] for at in sorted(found)[:most])


def newest_slot(walls: Walls, zone: tzinfo, until: datetime) -> Slot | None:
    """Give the newest slot that is not after a moment."""
    newest: Slot | None = None
    for wall in islice(walls.earlier(_local(until, zone) + _MARGIN), _MOST_WALLS):
        if newest is not None and wall < _local(newest.at, zone) - _MARGIN:
            break
        for slot in _slots_of(wall, zone, is_hourly=walls.is_hourly):
            # Of two names of one moment the earlier one stands, as it does ahead.
            if slot.at <= until and (newest is None or slot.at >= newest.at):
                newest = slot
    return newest


def due(walls: Walls, zone: tzinfo, *, since: datetime, now: datetime) -> Due | None:
    """Say what is due after one moment and until another: the newest slot stands for all that were missed (quality.md F73)."""
    newest = newest_slot(walls, zone, now)
    if newest is None or newest.at <= since:
        return None
    before = slots_after(walls, zone, since, most=MOST_MISSED)
    return Due(slot=newest, missed=sum(1 for slot in before if slot.at < newest.at))


def _slots_of(wall: datetime, zone: tzinfo, *, is_hourly: bool) -> tuple[Slot, ...]:
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    slot = Slot(day=wall.date(), label=f"{wall:%H:%M}", at=first)
    if _local(first, zone) != wall:
        # Before the gap the offset is the old one, so that the moment comes as much later as the clocks leap.
        return (slot,) if not is_hourly and _is_day(wall.date(), zone) else ()
    if is_hourly and second != first:
        return (slot, Slot(day=wall.date(), label=f"{wall:%H:%M} again", at=second))
    return (slot,)


def _is_day(day: date, zone: tzinfo) -> bool:
    """Whether a zone has this day: Samoa had no 30 December 2011."""
    noon = datetime.combine(day, _NOON)
    return _local(noon.replace(tzinfo=zone), zone).date() == day


def _local(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
