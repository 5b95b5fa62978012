"""Oracle's date masks, as `TO_DATE`, `TO_TIMESTAMP` and `TO_CHAR` use them, compiled once each.

Which masks NetSuite takes is not told; those of Oracle's database are assumed (reference §5.11).

Knows local dates and times only; zones are not its business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from netsuite_simulator.suiteql.errors import invalid

Parse = Callable[[str], datetime]
Write = Callable[[datetime], str]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_SHORT_MONTHS = "|".join(month[:3] for month in _MONTHS)

# Mask element: the pattern that reads it, and what writes it. Longer elements come first.
_ELEMENTS: dict[str, tuple[str | None, Write]] = {
    "YYYY": (r"(?P<year>\d{4})", lambda at: f"{at.year:04d}"),
    "RRRR": (r"(?P<year>\d{4})", lambda at: f"{at.year:04d}"),
    "YY": (r"(?P<short_year>\d{2})", lambda at: f"{at.year % 100:02d}"),
    "RR": (r"(?P<short_year>\d{2})", lambda at: f"{at.year % 100:02d}"),
    "MONTH": (f"(?P<month_name>{'|'.join(_MONTHS)})", lambda at: _MONTHS[at.month - 1].upper()),
    "MON": (f"(?P<month_name>{_SHORT_MONTHS})", lambda at: _MONTHS[at.month - 1][:3].upper()),
    "MM": (r"(?P<month>\d{1,2})", lambda at: f"{at.month:02d}"),
    "MI": (r"(?P<minute>\d{1,2})", lambda at: f"{at.minute:02d}"),
    "DDD": (None, lambda at: f"{at.timetuple().tm_yday:03d}"),
    "DD": (r"(?P<day>\d{1,2})", lambda at: f"{at.day:02d}"),
    "DAY": (None, lambda at: _DAYS[at.weekday()].upper()),
    "DY": (None, lambda at: _DAYS[at.weekday()][:3].upper()),
    "D": (None, lambda at: str(at.isoweekday() % 7 + 1)),
    "HH24": (r"(?P<hour>\d{1,2})", lambda at: f"{at.hour:02d}"),
    "HH12": (r"(?P<half_day_hour>\d{1,2})", lambda at: f"{(at.hour + 11) % 12 + 1:02d}"),
    "HH": (r"(?P<half_day_hour>\d{1,2})", lambda at: f"{(at.hour + 11) % 12 + 1:02d}"),
    "AM": (r"(?P<half>[AaPp][Mm])", lambda at: "AM" if at.hour < 12 else "PM"),
    "PM": (r"(?P<half>[AaPp][Mm])", lambda at: "AM" if at.hour < 12 else "PM"),
    "SS": (r"(?P<second>\d{1,2})", lambda at: f"{at.second:02d}"),
    "XFF": (r"(?:\.(?P<fraction>\d{1,9}))?", lambda at: f".{at.microsecond:06d}"),
    "FF": (r"(?P<fraction>\d{1,9})?", lambda at: f"{at.microsecond:06d}"),
    "Q": (None, lambda at: str((at.month + 2) // 3)),
    "IW": (None, lambda at: f"{at.isocalendar().week:02d}"),
    "WW": (None, lambda at: f"{(at.timetuple().tm_yday + 6) // 7:02d}"),
}
_ELEMENT = re.compile("|".join(sorted(_ELEMENTS, key=len, reverse=True)), re.I)


def _tokens(mask: str) -> list[str | tuple[str]]:
    """Split a mask into elements (in a tuple of one) and literal text."""
    found: list[str | tuple[str]] = []
    position = 0
    while position < len(mask):
        rest = mask[position:]
        if rest[:2].upper() == "FM":
            found.append(("FM",))
            position += 2
        elif rest[0] == '"' and '"' in rest[1:]:
            text, _, _ = rest[1:].partition('"')
            found.append(text)
            position += len(text) + 2
        elif match := _ELEMENT.match(rest):
            found.append((match.group().upper(),))
            position += match.end()
            position += match.group().upper().endswith("FF") and mask[position : position + 1].isdigit()
        elif rest[0].isalpha():
            raise invalid(f"Search error occurred: the date format '{mask}' is not recognized.")
        else:
            found.append(rest[0])
            position += 1
    return found


@lru_cache(maxsize=512)
def writer(mask: str) -> Write:
    """Compile a mask for `TO_CHAR`; `FM` drops leading zeros of what follows."""
    parts: list[tuple[Write | str, bool]] = []
    trimming = False
    for token in _tokens(mask):
        if token == ("FM",):
            trimming = not trimming
        elif isinstance(token, tuple):
            parts.append((_ELEMENTS[token[0]][1], trimming))
        else:
            parts.append((token, False))

    def write(at: datetime) -> str:
        return "".join(
            part if isinstance(part, str) else (part(at).lstrip("0") or "0") if trim else part(at)
            for part, trim in parts
        )

    return write


@lru_cache(maxsize=512)
def parser(mask: str) -> Parse:
    """Compile a mask for `TO_DATE` and `TO_TIMESTAMP`; times left out are midnight."""
    pattern = ""
    for token in _tokens(mask):
        if isinstance(token, tuple):
            if token == ("FM",):
                continue
            reads = _ELEMENTS[token[0]][0]
            if reads is None:
                raise invalid(f"Search error occurred: the date format '{mask}' cannot be used to read a date.")
            pattern += reads
        else:
            pattern += re.escape(token)
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise invalid(f"Search error occurred: the date format '{mask}' names a part twice.") from error

    def parse(text: str) -> datetime:
        match = compiled.fullmatch(text.strip())
        if match is None:
            raise invalid(f"Search error occurred: '{text}' does not match the date format '{mask}'.")
        try:
            return _moment(match.groupdict())
        except ValueError as error:
            raise invalid(f"Search error occurred: '{text}' is no valid date ({error}).") from error

    return parse


def _moment(parts: dict[str, str | None]) -> datetime:
    """Put the parts that a mask read together."""

    def number(name: str, default: int) -> int:
        text = parts.get(name)
        return int(text) if text else default

    year = number("year", 2000 + number("short_year", 0))
    month_name = parts.get("month_name")
    month = number("month", 1)
    if month_name:
        month = next(i for i, name in enumerate(_MONTHS, 1) if name[:3].casefold() == month_name[:3].casefold())
    hour = number("hour", 0)
    if parts.get("half_day_hour"):
        hour = number("half_day_hour", 12) % 12 + (12 if (parts.get("half") or "").upper() == "PM" else 0)
    fraction = (parts.get("fraction") or "").ljust(6, "0")[:6]
    return datetime(year, month, number("day", 1), hour, number("minute", 0), number("second", 0), int(fraction or 0))  # noqa: DTZ001
