"""Makes a value fit the kind of the field it goes into, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from suitebridge.domain.schemas import Kind
from suitebridge.domain.values import Scalar, as_text

Fit = Callable[[Scalar], Scalar]

_TRUE = frozenset({"t", "true", "yes", "1"})
_FALSE = frozenset({"f", "false", "no", "0"})


class UnfitValueError(ValueError):
    """The value cannot be used for the field; the message says what was found."""


def fit_for(kind: Kind) -> Fit:
    """Give the function that fits scalars to a kind; `None` always stays `None`."""
    return _FITS[kind]


def _text(value: Scalar) -> Scalar:
    return value if value is None or isinstance(value, str) else as_text(value)


def _decimal(value: Scalar) -> Scalar:
    match value:
        case None | "":
            return None
        case bool():
            raise UnfitValueError(f"“{as_text(value)}” is no number.")
        case Decimal():
            return value
        case int():
            return Decimal(value)
        case str():
            return _parsed_decimal(value)
        case _:
            raise UnfitValueError(f"“{as_text(value)}” is no number.")


def _parsed_decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise UnfitValueError(f"“{text}” is no number.") from None
    if not number.is_finite():
        raise UnfitValueError(f"“{text}” is no finite number.")
    return number


def _integer(value: Scalar) -> Scalar:
    number = _decimal(value)
    if number is None:
        return None
    if not isinstance(number, Decimal) or number != number.to_integral_value():
        raise UnfitValueError(f"“{as_text(value)}” is no whole number.")
    return int(number)


def _boolean(value: Scalar) -> Scalar:
    if value is None or isinstance(value, bool):
        return value
    word = as_text(value).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    if not word:
        return None
    raise UnfitValueError(f"“{as_text(value)}” is neither yes nor no.")


def _day(value: Scalar) -> Scalar:
    match value:
        case None | "":
            return None
        case datetime():
            raise UnfitValueError(f"“{as_text(value)}” is a moment, not a day; which day it is depends on the zone.")
        case date():
            return value
        case str():
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise UnfitValueError(f"“{value}” is no date of the form 2026-01-31.") from None
        case _:
            raise UnfitValueError(f"“{as_text(value)}” is no date.")


def _instant(value: Scalar) -> Scalar:
    if value is None or value == "":
        return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    raise UnfitValueError(f"“{as_text(value)}” is no moment with a zone.")


def _reference(value: Scalar) -> Scalar:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    raise UnfitValueError(f"“{as_text(value)}” is no record id.")


_FITS: dict[Kind, Fit] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _decimal,
    Kind.DURATION: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _day,
    Kind.INSTANT: _instant,
    Kind.REFERENCE: _reference,
}
