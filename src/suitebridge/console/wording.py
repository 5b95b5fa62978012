"""How figures, moments and durations are written on every page. It knows no record and no page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MINUTE = 60
_HOUR = 3600
_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment for a `time` element: `machine` for programs, `text` in the company's zone for people."""

    machine: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a sentence: words, or something to type."""

    text: str
    is_code: bool


def spans(sentence: str) -> tuple[Span, ...]:
    """Tell apart what a sentence holds between backticks, which is something to type."""
    pieces = sentence.split("`")
    return tuple(Span(text=piece, is_code=n % 2 == 1) for n, piece in enumerate(pieces) if piece)


def zone_of(name: str) -> tzinfo:
    """Give the zone of an IANA name, UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def moment(at: datetime, zone: tzinfo) -> Moment:
    """Write a moment to the second, in the order that sorts."""
    local = at.astimezone(zone)
    return Moment(machine=at.astimezone(UTC).isoformat(timespec="seconds"), text=local.strftime("%Y-%m-%d %H:%M:%S"))


def figure(number: int) -> str:
    """Write a count with thousands apart."""
    return f"{number:,}"


def duration(seconds: float) -> str:
    """Write a duration in its two largest units."""
    if seconds < 1:
        return "under 1 s"
    whole = int(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _DAY} d {whole % _DAY // _HOUR} h"


def counted(number: int, one: str, many: str) -> str:
    """Write a count with its noun: "1 record", "1,200 records"."""
    return f"{figure(number)} {one if number == 1 else many}"


def capitalized(sentence: str) -> str:
    """Begin a sentence with a capital letter and leave the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
