"""The texts in exported cells, read as values of each kind.

Exports come from many tools: dates with and without time, with and without padding, ISO or US; booleans in five
spellings; ids that passed through a spreadsheet. A blank cell is no value. Times without a zone are the account's.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import assert_never
from zoneinfo import ZoneInfo

from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.values import choice_id

_TRUE = frozenset({"t", "true", "yes", "y", "1"})
_FALSE = frozenset({"f", "false", "no", "n", "0"})
_ID = re.compile(r"(-?\d{1,18})(?:\.0+)?")
_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_US_DAY = r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"
_TIME = (
    r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?: ?(?P<half>[AaPp][Mm]))?(?: ?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2}))?)?"
)
_MOMENTS = (re.compile(_ISO_DAY + _TIME), re.compile(_US_DAY + _TIME))


class CellError(ValueError):
    """A cell's text is no value of its column's kind."""


class UnknownChoiceError(CellError):
    """A cell names none of the values of a select field."""


def boolean(text: str) -> bool:
    """Read a check box; it raises `CellError`."""
    folded = text.strip().casefold()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise CellError(f"'{text}' is neither T nor F")


def internal_id(text: str) -> str:
    """Read an internal id, a whole number; "12.0" is one that passed through a spreadsheet."""
    match = _ID.fullmatch(text.strip())
    if match is None:
        raise CellError(f"'{text}' is no internal id, which is a whole number")
    return str(int(match.group(1)))


def moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a date with or without a time of day; without a zone it is the account's."""
    match = next((match for one in _MOMENTS if (match := one.fullmatch(text.strip()))), None)
    if match is None:
        raise CellError(f"'{text}' is no date: write 2017-05-27, 2017-05-27 8:56:10 or 5/27/2017")
    parts = match.groupdict()
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].upper() == "PM" else 0)
    year, month, day, minute, second = (int(parts[name] or 0) for name in ("year", "month", "day", "minute", "second"))
    offset = parts["zone"]
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone follows
    except ValueError as error:
        raise CellError(f"'{text}' is no date: {error}") from error
    if offset is None:
        return local.replace(tzinfo=zone)
    return datetime.fromisoformat(f"{local.isoformat()}{'+00:00' if offset in {'Z', 'UTC'} else offset}")


def _day(text: str, zone: ZoneInfo) -> date:
    return moment(text, zone).date()


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text.strip())
    except InvalidOperation as error:
        raise CellError(f"'{text}' is no number") from error
    if not found.is_finite():
        raise CellError(f"'{text}' is no number")
    return found


def _duration(text: str) -> Decimal:
    """Read hours, as a decimal or as "h:mm"."""
    hours, colon, minutes = text.strip().partition(":")
    if not colon:
        return _number(text)
    sign = -1 if hours.startswith("-") else 1
    return _number(hours) + sign * _number(minutes) / 60


def value(field: Field, text: str, zone: ZoneInfo) -> object:
    """Read a cell that is not blank as a value of its field; it raises `CellError`."""
    match field.kind:
        case Kind.TEXT:
            return text
        case Kind.INTEGER:
            return int(internal_id(text))
        case Kind.DECIMAL:
            return _number(text)
        case Kind.DURATION:
            return _duration(text)
        case Kind.BOOLEAN:
            return boolean(text)
        case Kind.DATE:
            return _day(text, zone)
        case Kind.INSTANT:
            return moment(text, zone)
        case Kind.CHOICE:
            return _choice(field, text)
        case Kind.REFERENCE:
            return internal_id(text)
        case Kind.REFERENCES:
            return tuple(internal_id(part) for part in text.split(",") if part.strip())
        case Kind.LINES | Kind.SUBRECORD:
            raise CellError("a sublist is no cell")
        case _:
            assert_never(field.kind)


def _choice(field: Field, text: str) -> str:
    found = choice_id(field, text.strip())
    if found is None and all(one.soap is None for one in field.choices):
        return text.strip()  # the account's own list: any id is possible
    if found is None:
        raise UnknownChoiceError(f"'{text}' is none of {', '.join(one.id for one in field.choices)}")
    return found
