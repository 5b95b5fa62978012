"""Values of fields as the texts of a form, and back.

Instants are shown in the account's zone (assumed: in NetSuite each user chooses one). Refuses to know records; references are ids here, `targets` finds their names.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import assert_never
from zoneinfo import ZoneInfo

from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.values import choice_id

Texts = tuple[str, ...]
_HOURS = re.compile(r"(-?)(\d{1,6})(?::([0-5]?\d))?")
_MOST_DIGITS = 30


class FieldTextError(ValueError):
    """A text is no value of its field; the message is what the form says beside it."""


def texts_of(field: Field, value: object, zone: ZoneInfo) -> Texts:
    """Write a value: one text, several where it has several ids, none where nothing is set or a box is not ticked."""
    match field.kind, value:
        case _, None:
            return ()
        case Kind.BOOLEAN, _:
            return ("T",) if value is True else ()
        case Kind.REFERENCES, tuple():
            return tuple(sorted(str(one) for one in value))
        case Kind.DURATION, Decimal():
            return (_hours_text(value),)
        case Kind.DECIMAL, Decimal():
            return (f"{value:f}",)
        case Kind.INSTANT, datetime():
            return (value.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S"),)
        case Kind.DATE, date():
            return (value.isoformat(),)
        case _:
            return (str(value).replace("\r\n", "\n"),)


def value_of(field: Field, text: str, zone: ZoneInfo) -> object:
    """Read a text that is not empty into a value of a field that is neither a box, a reference nor a sublist."""
    match field.kind:
        case Kind.TEXT:
            return text
        case Kind.INTEGER:
            return _integer(text)
        case Kind.DECIMAL:
            return _decimal(text)
        case Kind.DURATION:
            return _duration(text)
        case Kind.DATE:
            return _date(text)
        case Kind.INSTANT:
            return _instant(text, zone)
        case Kind.CHOICE:
            if choice_id(field, text) is None:
                raise FieldTextError("Choose one of the list.")
            return text
        case Kind.BOOLEAN | Kind.REFERENCE | Kind.REFERENCES | Kind.LINES | Kind.SUBRECORD:
            raise FieldTextError("This field takes no text.")
        case _:
            assert_never(field.kind)


def _hours_text(hours: Decimal) -> str:
    minutes = int((abs(hours) * 60).to_integral_value())
    return f"{'-' if hours < 0 else ''}{minutes // 60}:{minutes % 60:02d}"


def _integer(text: str) -> int:
    plain = text.strip().replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,18}", plain):
        raise FieldTextError("Enter a whole number.")
    return int(plain)


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise FieldTextError("Enter a number, like 1250.00.") from None
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        raise FieldTextError("Enter a number, like 1250.00.")
    return found


def _duration(text: str) -> Decimal:
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return _decimal(text)
    hours = Decimal(found[2]) + Decimal(found[3] or 0) / 60
    return -hours if found[1] else hours


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise FieldTextError("Enter a date, like 2026-05-18.") from None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise FieldTextError("Enter date and time, like 2026-05-18T09:30.") from None
