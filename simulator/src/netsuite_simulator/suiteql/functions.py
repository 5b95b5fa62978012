"""The functions of our own that compiled queries call inside SQLite (reference §5.11).

SQLite hides what a function raised; `Functions.trouble` keeps it for whoever ran the query. All functions are pure
but for the account's zone, so SQLite computes those of constants once per query.
"""

from __future__ import annotations

import calendar
import math
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from netsuite_simulator.suiteql.errors import QueryError, invalid
from netsuite_simulator.suiteql.masks import parser, writer

Number = int | float
REMEMBERED_HOURS = 100_000
CONNECTORS_MASK = "YYYY-MM-DD HH24:MI:SS"  # what most clients ask TO_CHAR for, and what local text already is
US_DAY = "FMMM/DD/YYYY"  # an account's default date format
# How many characters of a local date each unit of TRUNC keeps, and what follows them.
_TRUNCATED = {
    **dict.fromkeys(("DD", "DDD"), (10, "")),
    **dict.fromkeys(("MM", "MON", "MONTH"), (7, "-01")),
    **dict.fromkeys(("YYYY", "YY", "YEAR"), (4, "-01-01")),
}


def local_text(at: datetime) -> str:
    """Write a date and time as the tables keep them, with a fraction where there is one."""
    text = at.strftime("%H:%M:%S")
    fraction = f".{at.microsecond:06d}" if at.microsecond else ""
    return f"{at.year:04d}-{at.month:02d}-{at.day:02d} {text}{fraction}"


def number_text(value: Number | str) -> str:
    """Write a number as SuiteQL shows it: no exponent for whole ones, no digits that binary fractions invent."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)


@dataclass(slots=True, kw_only=True)
class Functions:
    """The functions of one account, bound to its zone and its users' date format."""

    zone: ZoneInfo
    date_format: str = US_DAY
    trouble: QueryError | None = None
    _hours: dict[str, str] = field(default_factory=dict)

    def local(self, utc: str) -> str:
        """Turn UTC text into the zone's; minutes and seconds are kept where the hour is known."""
        start = self._hours.get(utc[:13])
        if start is not None:
            return start + utc[13:]
        at = datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(self.zone)
        offset = at.utcoffset()
        text = local_text(at)
        if offset is not None and offset.total_seconds() % 3600 == 0:
            if len(self._hours) >= REMEMBERED_HOURS:
                self._hours.clear()
            self._hours[utc[:13]] = text[:13]
        return text

    def utc(self, local: str) -> str:
        """Turn the zone's text into UTC."""
        return local_text(datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC))

    def day_text(self, text: str) -> str:
        """Read a date in the account's format, with a time of day or without."""
        day, _, time = text.strip().partition(" ")
        mask = self.date_format if not time else f"{self.date_format} {_time_mask(time)}"
        return local_text(parser(mask)(f"{day} {time}".strip()))

    def user_day(self, local: str) -> str:
        """Write a day in the account's date format."""
        return writer(self.date_format)(datetime.fromisoformat(local))

    def write_moment(self, utc: str, mask: str) -> str:
        """Write a UTC moment in the zone, by a mask."""
        if mask == CONNECTORS_MASK:
            start = self._hours.get(utc[:13])
            return self.local(utc)[:19] if start is None else start + utc[13:19]
        return writer(mask)(datetime.fromisoformat(self.local(utc)))

    def now(self, at: datetime) -> str:
        """Write an aware instant in the zone, to the second."""
        return local_text(at.astimezone(self.zone).replace(microsecond=0))

    def register(self, connection: sqlite3.Connection) -> None:
        """Make the functions known to a connection."""
        for name, function in {**_PURE, **self._zoned()}.items():
            connection.create_function(name, -1, self._guarded(function), deterministic=True)

    def _zoned(self) -> dict[str, Callable[..., Any]]:
        return {
            "ns_local": self.local,
            "ns_utc": self.utc,
            "ns_day_text": self.day_text,
            "ns_user_day": self.user_day,
            "ns_write_moment": self.write_moment,
        }

    def _guarded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """NULL in, NULL out, as Oracle's functions do; keep what was raised."""

        def guarded(*given: Any) -> Any:
            if None in given:
                return None
            try:
                return function(*given)
            except QueryError as error:
                self.trouble = error
                raise
            except (ValueError, OverflowError, ArithmeticError) as error:
                self.trouble = invalid(f"Search error occurred: {error}")
                raise

        return guarded


def _time_mask(time: str) -> str:
    clock, _, half = time.partition(" ")
    mask = "HH:MI" if half else "HH24:MI"
    return mask + (":SS" if clock.count(":") > 1 else "") + (" AM" if half else "")


def _number(value: object) -> Number:
    if isinstance(value, int | float):
        return value
    try:
        read = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise invalid(f"Search error occurred: '{value}' is not a number.") from error
    if not read.is_finite():
        raise invalid(f"Search error occurred: '{value}' is not a number.")
    return int(read) if read == read.to_integral_value() else float(read)


def _read(text: str, mask: str) -> str:
    return local_text(parser(mask)(str(text)))


def _write(local: str, mask: str) -> str:
    return writer(mask)(datetime.fromisoformat(local))


def _shift(local: str, days: Number) -> str:
    return local_text(datetime.fromisoformat(local) + timedelta(days=days))


def _days_between(later: str, earlier: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)) / timedelta(days=1)


def _truncate_day(local: str, unit: str) -> str:
    if unit.upper() not in _TRUNCATED:
        raise invalid(f"Search error occurred: TRUNC does not know the unit '{unit}'.")
    length, rest = _TRUNCATED[unit.upper()]
    return f"{local[:length]}{rest} 00:00:00"


def _add_months(local: str, months: Number) -> str:
    """Add months; the last day of a month stays a last day, as Oracle has it."""
    at = datetime.fromisoformat(local)
    index = at.year * 12 + at.month - 1 + int(months)
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    was_last = at.day == calendar.monthrange(at.year, at.month)[1]
    return local_text(at.replace(year=year, month=month, day=last if was_last else min(at.day, last)))


def _last_day(local: str) -> str:
    at = datetime.fromisoformat(local)
    return local_text(at.replace(day=calendar.monthrange(at.year, at.month)[1]))


def _quantized(value: Number, places: Number, rounding: str) -> Number:
    read = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(places)), rounding=rounding)
    return int(read) if read == read.to_integral_value() else float(read)


def _pad(text: str, length: Number, fill: str, side: str) -> str:
    missing = int(length) - len(text)
    if missing <= 0:
        return text[: int(length)]
    padding = (fill * missing)[:missing]
    return padding + text if side == "left" else text + padding


def _glob(pattern: str, escape: str = "") -> str:
    """Turn a LIKE pattern into SQLite's GLOB, which tells upper from lower case as Oracle's LIKE does."""
    found: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if escape and letter == escape:
            found.append(_plain(next(letters, "")))
        elif letter == "%":
            found.append("*")
        elif letter == "_":
            found.append("?")
        else:
            found.append(_plain(letter))
    return "".join(found)


def _plain(letter: str) -> str:
    return f"[{letter}]" if letter in {"*", "?", "["} else letter


def _case(turn: Callable[[str], str]) -> Callable[[object], str]:
    """Turn letter by letter where the result is one letter: Oracle leaves "ß" alone."""

    def turned(value: object) -> str:
        text = str(value)
        whole = turn(text)
        if len(whole) == len(text):
            return whole
        return "".join(turn(letter) if len(turn(letter)) == 1 else letter for letter in text)

    return turned


_PURE: dict[str, Callable[..., Any]] = {
    "ns_number": _number,
    "ns_number_text": number_text,
    "ns_read": _read,
    "ns_write": _write,
    "ns_shift": _shift,
    "ns_days_between": _days_between,
    "ns_truncate_day": _truncate_day,
    "ns_add_months": _add_months,
    "ns_last_day": _last_day,
    "ns_truncate": lambda value, places: _quantized(value, places, ROUND_DOWN),
    "ns_round": lambda value, places: _quantized(value, places, ROUND_HALF_UP),
    "ns_remainder": lambda value, by: value if by == 0 else math.fmod(value, by),
    "ns_ceiling": math.ceil,
    "ns_floor": math.floor,
    "ns_pad": _pad,
    "ns_glob": _glob,
    "ns_upper": _case(str.upper),
    "ns_lower": _case(str.lower),
}
