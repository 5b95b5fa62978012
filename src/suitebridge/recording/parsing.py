"""A cell's text as the value of a field, by the field's kind. It refuses to guess: what two people could read differently is refused.

Pure. References stay keys here; who they mean is asked in bulk by `loading`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

from suitebridge.domain.schemas import FieldSchema, Kind
from suitebridge.domain.values import Scalar

Parser = Callable[[str], Scalar]

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
# The store keeps amounts exactly to six decimal places.
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TRUTHS: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(("true", "t", "yes", "y", "1"), True) | dict.fromkeys(("false", "f", "no", "n", "0"), False)
)
_MOST_SHOWN = 40


class UnreadableCellError(ValueError):
    """A cell's text is no value of its field; the message says why and how to write it."""


def parser_for(field: FieldSchema) -> Parser:
    """Give the function that reads a field's cells. It takes texts that are not blank and raises `UnreadableCellError`."""
    match field.kind:
        case Kind.INTEGER:
            return _read_whole
        case Kind.DECIMAL | Kind.MONEY | Kind.DURATION:
            return _read_number
        case Kind.BOOLEAN:
            return _read_truth
        case Kind.DATE:
            return _read_day
        case Kind.INSTANT:
            return _read_instant
        case Kind.CHOICE:
            return _choice_reader(field)
        case _:
            return str


def _read_whole(text: str) -> int:
    if _WHOLE.fullmatch(text.strip()):
        return int(text)
    raise UnreadableCellError(f"{_shown(text)} is not a whole number")


def _read_number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text.strip()):
        return Decimal(text.strip())
    raise UnreadableCellError(
        f"{_shown(text)} is not a number; write 1234.5, without signs for thousands, and at most six decimal places"
    )


def _read_truth(text: str) -> bool:
    truth = _TRUTHS.get(text.strip().casefold())
    if truth is None:
        raise UnreadableCellError(f"{_shown(text)} is neither true nor false; write one of these words")
    return truth


def _read_day(text: str) -> date:
    trimmed = text.strip()
    if _DAY.fullmatch(trimmed):
        try:
            return date.fromisoformat(trimmed)
        except ValueError as error:
            raise UnreadableCellError(f"{_shown(text)} is not a day of the calendar") from error
    raise UnreadableCellError(f"{_shown(text)} is not a date; write 2026-01-31")


def _read_instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UnreadableCellError(f"{_shown(text)} is not a moment; write 2026-01-31T16:30:00Z") from error
    if moment.tzinfo is None:
        raise UnreadableCellError(f"{_shown(text)} names no time zone; write 2026-01-31T16:30:00Z")
    return moment.astimezone(UTC)


def _choice_reader(field: FieldSchema) -> Parser:
    """Accept the stored word of a choice, or its label in any letter case."""
    words = {label.casefold(): word for word, label in field.choices} | {
        word.casefold(): word for word, _ in field.choices
    }

    def read(text: str) -> str:
        word = words.get(text.strip().casefold())
        if word is None:
            offered = ", ".join(f"{word} ({label})" for word, label in field.choices)
            raise UnreadableCellError(f"{_shown(text)} is not offered; choose among {offered}")
        return word

    return read


def _shown(text: str) -> str:
    trimmed = text.strip()
    return f"“{trimmed[:_MOST_SHOWN]}{'…' if len(trimmed) > _MOST_SHOWN else ''}”"
