"""How values of each `Kind` travel between Python and the account's SQLite columns.

Columns hold what SuiteQL shows: 'T' and 'F', numbers, ISO days, multiple ids as "1, 3, 4". Two forms differ from
SuiteQL's text: an instant is kept as UTC "YYYY-MM-DD HH:MM:SS" (SuiteQL shows it in the account's zone), and a day as
"YYYY-MM-DD". Decimals are SQLite numbers: exact up to 15 significant digits, which covers money.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import assert_never

from netsuite_simulator.schemas.fields import Field, Kind

SQL_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.DECIMAL: "NUMERIC",
    Kind.BOOLEAN: "TEXT",
    Kind.DATE: "TEXT",
    Kind.INSTANT: "TEXT",
    Kind.DURATION: "NUMERIC",
    Kind.CHOICE: "TEXT",
    Kind.REFERENCE: "INTEGER",
    Kind.REFERENCES: "TEXT",
    Kind.LINES: "TEXT",
    Kind.SUBRECORD: "TEXT",
}

Scalar = str | int | float | None
Encode = Callable[[object], Scalar]
Decode = Callable[[Scalar], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference as a caller writes it: one of the two ids; the internal id wins when both are given (§4.10)."""

    internal_id: str | None = None
    external_id: str | None = None


class WrongKindError(ValueError):
    """A value does not have the kind its field declares."""


_ID = re.compile(r"-?[0-9]{1,18}")  # what fits SQLite's integers
_KEPT_DIGITS = 15
_LARGEST = 10**18  # SQLite's integers end soon after


def _number_in(value: object) -> Scalar:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        raise WrongKindError("a number is expected")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise WrongKindError("a finite number is expected")
        whole = int(value) if abs(value) < _LARGEST else None
        return whole if whole is not None and whole == value else float(value)
    return value if abs(value) < _LARGEST else float(value)


def _integer_in(value: object) -> Scalar:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _LARGEST:
        raise WrongKindError("a whole number of at most 18 digits is expected")
    return value


def _text_in(value: object) -> Scalar:
    if not isinstance(value, str):
        raise WrongKindError("text is expected")
    return value


def _boolean_in(value: object) -> Scalar:
    if value is True:
        return "T"
    if value is False:
        return "F"
    raise WrongKindError("true or false is expected")


def _date_in(value: object) -> Scalar:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise WrongKindError("a day is expected")
    return value.isoformat()


def _instant_in(value: object) -> Scalar:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise WrongKindError("an instant with a zone is expected")
    try:
        return _utc_text(value)
    except OverflowError:
        raise WrongKindError("an instant between the years 1 and 9999 is expected") from None


@lru_cache(maxsize=64)
def _utc_text(at: datetime) -> str:
    """Write an instant as its column keeps it; the records of a list share one or two."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")


def _reference_in(value: object) -> Scalar:
    if isinstance(value, str) and _ID.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise WrongKindError("an internal id, a whole number, is expected")


def _references_in(value: object) -> Scalar:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise WrongKindError("a list of internal ids is expected")
    return ", ".join(str(_reference_in(one)) for one in value)


def encoder(kind: Kind) -> Encode:
    """Return what turns a value other than None into its column's form; it raises `WrongKindError`."""
    match kind:
        case Kind.TEXT | Kind.CHOICE:
            return _text_in
        case Kind.INTEGER:
            return _integer_in
        case Kind.DECIMAL | Kind.DURATION:
            return _number_in
        case Kind.BOOLEAN:
            return _boolean_in
        case Kind.DATE:
            return _date_in
        case Kind.INSTANT:
            return _instant_in
        case Kind.REFERENCE:
            return _reference_in
        case Kind.REFERENCES:
            return _references_in
        case Kind.LINES | Kind.SUBRECORD:
            raise WrongKindError("a sublist has no single column")
        case _:
            assert_never(kind)


def _number_out(value: Scalar) -> object:
    return Decimal(value if isinstance(value, int) else str(value))


def _boolean_out(value: Scalar) -> object:
    return value == "T"


def _date_out(value: Scalar) -> object:
    return date.fromisoformat(str(value))


def _instant_out(value: Scalar) -> object:
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


def _references_out(value: Scalar) -> object:
    return tuple(part.strip() for part in str(value).split(",") if part.strip())


def decoder(kind: Kind) -> Decode | None:
    """Return what turns a column's value other than NULL into Python's; None where it is already that."""
    match kind:
        case Kind.TEXT | Kind.CHOICE | Kind.INTEGER:
            return None
        case Kind.DECIMAL | Kind.DURATION:
            return _number_out
        case Kind.BOOLEAN:
            return _boolean_out
        case Kind.DATE:
            return _date_out
        case Kind.INSTANT:
            return _instant_out
        case Kind.REFERENCE:
            return str
        case Kind.REFERENCES:
            return _references_out
        case Kind.LINES | Kind.SUBRECORD:
            return None
        case _:
            assert_never(kind)


def as_kept(value: object) -> object:
    """Return a number as it will be read back: a decimal of more than 15 digits loses the rest."""
    if isinstance(value, Decimal) and value.is_finite() and len(value.as_tuple().digits) > _KEPT_DIGITS:
        return _number_out(_number_in(value))
    return value


def is_internal_id(text: str) -> bool:
    """Whether a text can be an internal id at all."""
    return _ID.fullmatch(text) is not None


def choice_id(field: Field, value: object) -> str | None:
    """Find the id of a choice given as id, label or XSD literal, the id itself first; None where it is none of them."""
    for one in field.choices:
        if value == one.id:
            return one.id
    wanted = str(value).casefold()
    for one in field.choices:
        if wanted in (one.id.casefold(), one.label.casefold()) or (one.soap and wanted == one.soap.casefold()):
            return one.id
    return None
