"""Dates and times as SOAP shows and takes them (reference §4.14).

Answers are in Pacific time with its offset. A civil day is midnight in the account's zone, shown as a Pacific instant:
an account in another zone therefore shows a shifted calendar day, as NetSuite does. Values that come without an offset
are read as Pacific.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1000, 9000  # what any zone can show without leaving Python's calendar
PACIFIC = ZoneInfo("America/Los_Angeles")

_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def show_instant(instant: datetime.datetime) -> str:
    """Return an aware instant as Pacific text with milliseconds and offset."""
    return instant.astimezone(PACIFIC).isoformat(timespec="milliseconds")


@lru_cache(maxsize=4096)
def show_day(day: datetime.date, zone: datetime.tzinfo) -> str:
    """Return a civil day of `zone` as the Pacific text of its midnight."""
    return show_instant(datetime.datetime(day.year, day.month, day.day, tzinfo=zone))


@lru_cache(maxsize=4096)
def read_instant(text: str) -> datetime.datetime:
    """Read an xsd:dateTime as an aware UTC instant; ValueError where it is none."""
    trimmed = text.strip()
    if _DATE_TIME.fullmatch(trimmed) is None:
        raise ValueError(f"{text!r} is no xsd:dateTime")
    value = datetime.datetime.fromisoformat(trimmed)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    if value.tzinfo is None:
        value = value.replace(tzinfo=PACIFIC)
    return value.astimezone(datetime.UTC)


@lru_cache(maxsize=4096)
def read_day(text: str, zone: datetime.tzinfo) -> datetime.date:
    """Read an xsd:dateTime as the civil day it falls on in `zone`; ValueError where it is no dateTime."""
    return read_instant(text).astimezone(zone).date()
