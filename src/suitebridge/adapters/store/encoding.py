"""A record's fields as JSON and back, by the kinds of its schema. It refuses values of the wrong kind instead of bending them.

Decimals are texts, days and moments ISO texts; `None` is left out, so an absent field and a missing value are one. A field that the
schema does not know is kept, with its kind beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from suitebridge.adapters.store.texts import instant_text
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.values import Fields, Line, Scalar, Value, as_text

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"
TrailText: TypeAlias = "str | list[dict[str, str | None]] | None"
Stored: TypeAlias = "dict[str, Plain]"

_TAG: Final = "$"
_KEPT_SCHEMAS: Final = 1024
_SECONDS_LENGTH: Final = len("2026-01-31T23:59:59")


class WrongKindError(ValueError):
    """A value is not of the kind its field has."""


def to_stored(schema: RecordSchema, fields: Fields, *, record_id: str) -> Stored:
    """Check and convert a record's fields. Raise `RecordRefusedError` SB-MAP-002 for a value of the wrong kind."""
    writers = _writers(schema)
    stored: Stored = {}
    for name, value in fields.items():
        if value is None:
            continue
        try:
            stored[name] = writers[name](value) if name in writers else _tagged(value)
        except WrongKindError as error:
            raise _refused(schema, name, record_id, str(error)) from error
    return stored


def to_plain(schema: RecordSchema, name: str, value: Value, *, record_id: str) -> Plain:
    """Check and convert one field."""
    return to_stored(schema, {name: value}, record_id=record_id).get(name)


def from_stored(schema: RecordSchema, stored: Stored) -> dict[str, Value]:
    """Give every field of the schema, `None` where nothing is stored, and the unknown ones that were kept."""
    fields: dict[str, Value] = dict.fromkeys(schema.by_name)
    readers = _readers(schema)
    for name, plain in stored.items():
        fields[name] = readers[name](plain) if name in readers and type(plain) is not dict else _untagged(plain)
    return fields


def field_from_stored(schema: RecordSchema, stored: Stored, name: str) -> Value:
    """Give one field, `None` where nothing is stored."""
    plain = stored.get(name)
    if plain is None:
        return None
    readers = _readers(schema)
    # A value that was kept before its field was known carries its kind.
    return readers[name](plain) if name in readers and type(plain) is not dict else _untagged(plain)


def trail_text(schema: RecordSchema, name: str, plain: Plain) -> TrailText:
    """Write a stored value as the trail shows it (`domain.values.as_text`): moments to the second, yes and no as true and false."""
    if isinstance(plain, str):
        return plain if name not in _moments(schema) else f"{plain[:_SECONDS_LENGTH]}Z"
    if plain is None:
        return None
    if isinstance(plain, list):
        return [
            {key: None if part is None else as_text(_untagged_scalar(part)) for key, part in row.items()}
            for row in plain
            if isinstance(row, dict)
        ]
    return as_text(_untagged_scalar(plain))


def trail_texts(schema: RecordSchema, stored: Stored) -> list[tuple[str, TrailText]]:
    """Write every stored value that is filled in as the trail shows it: the hot path of new records, where most values are plain texts."""
    moments = _moments(schema)
    return [
        (name, plain if type(plain) is str and name not in moments else trail_text(schema, name, plain))
        for name, plain in stored.items()
        if plain not in ("", [])
    ]


@lru_cache(maxsize=_KEPT_SCHEMAS)
def _moments(schema: RecordSchema) -> frozenset[str]:
    return frozenset(field.name for field in schema.fields if field.kind is Kind.INSTANT)


def dump(stored: Stored) -> str:
    """Write the JSON text of a record."""
    return _ENCODER.encode(stored).decode()


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(dict[str, object])


def load(text: object) -> Stored:
    """Read the JSON text of a record."""
    if not isinstance(text, (str, bytes)):
        raise TypeError("A record's fields are stored as text.")
    stored: Stored = _DECODER.decode(text)  # type: ignore[assignment]  # JSON that `dump` wrote
    return stored


def _refused(schema: RecordSchema, name: str, record_id: str, said: str) -> RecordRefusedError:
    field = schema.by_name.get(name)
    facts = {"record": f"{schema.label} {record_id}", "field": field.label if field else name, "said": said}
    return RecordRefusedError(Problem(code="SB-MAP-002", facts=facts))


def _text(value: Value) -> Plain:
    if type(value) is not str:
        raise WrongKindError(f"A text was expected, not {_name(value)}.")
    return value


def _integer(value: Value) -> Plain:
    if type(value) is not int:
        raise WrongKindError(f"A whole number was expected, not {_name(value)}.")
    return value


def _decimal(value: Value) -> Plain:
    if type(value) is int:
        return str(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise WrongKindError(f"A decimal number was expected, not {_name(value)}.")
    return format(value, "f")


def _boolean(value: Value) -> Plain:
    if type(value) is not bool:
        raise WrongKindError(f"Yes or no was expected, not {_name(value)}.")
    return value


def _date(value: Value) -> Plain:
    if type(value) is not date:
        raise WrongKindError(f"A day was expected, not {_name(value)}.")
    return value.isoformat()


def _instant(value: Value) -> Plain:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise WrongKindError(f"A moment with its zone was expected, not {_name(value)}.")
    return instant_text(value)


def _name(value: Value) -> str:
    return f"“{value}” ({type(value).__name__})" if not isinstance(value, tuple) else "lines"


_WRITERS: Final[Mapping[Kind, Callable[[Value], Plain]]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _text,
    Kind.REFERENCE: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _decimal,
    Kind.DURATION: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.INSTANT: _instant,
}


def _writer(field: FieldSchema) -> Callable[[Value], Plain]:
    if field.kind in _WRITERS:
        return _WRITERS[field.kind]
    if field.kind is not Kind.LINES:
        return _tagged
    inner = {part.name: _writer(part) for part in field.lines.fields} if field.lines else {}

    def lines(value: Value) -> Plain:
        if not isinstance(value, tuple):
            raise WrongKindError(f"Lines were expected, not {_name(value)}.")
        return [_line(line, inner) for line in value]

    return lines


def _line(line: Line, inner: Mapping[str, Callable[[Value], Plain]]) -> Plain:
    return {name: inner.get(name, _tagged)(value) for name, value in line.items() if value is not None}


@lru_cache(maxsize=_KEPT_SCHEMAS)
def _writers(schema: RecordSchema) -> Mapping[str, Callable[[Value], Plain]]:
    return {field.name: _writer(field) for field in schema.fields}


def _same(plain: Plain) -> Scalar:
    if isinstance(plain, (list, dict)):
        raise TypeError("A single value was expected in the stored record.")
    return plain


def _read_decimal(plain: Plain) -> Scalar:
    return Decimal(str(plain))


def _read_date(plain: Plain) -> Scalar:
    return date.fromisoformat(str(plain))


def _read_instant(plain: Plain) -> Scalar:
    return datetime.fromisoformat(str(plain)).astimezone(UTC)


_READERS: Final[Mapping[Kind, Callable[[Plain], Scalar]]] = {
    Kind.DECIMAL: _read_decimal,
    Kind.MONEY: _read_decimal,
    Kind.DURATION: _read_decimal,
    Kind.DATE: _read_date,
    Kind.INSTANT: _read_instant,
}


def _reader(field: FieldSchema) -> Callable[[Plain], Value]:
    if field.kind is not Kind.LINES:
        return _READERS.get(field.kind, _same)
    inner = {part.name: _READERS.get(part.kind, _same) for part in field.lines.fields} if field.lines else {}

    def lines(plain: Plain) -> Value:
        rows = plain if isinstance(plain, list) else []
        return tuple(
            {name: inner.get(name, _untagged_scalar)(part) for name, part in row.items()}
            for row in rows
            if isinstance(row, dict)
        )

    return lines


@lru_cache(maxsize=_KEPT_SCHEMAS)
def _readers(schema: RecordSchema) -> Mapping[str, Callable[[Plain], Value]]:
    return {field.name: _reader(field) for field in schema.fields}


def _tagged(value: Value) -> Plain:
    match value:
        case bool() | int() | str():
            return value
        case Decimal():
            return {_TAG: Kind.DECIMAL.value, "value": _decimal(value)}
        case datetime():
            return {_TAG: Kind.INSTANT.value, "value": _instant(value)}
        case date():
            return {_TAG: Kind.DATE.value, "value": _date(value)}
        case tuple():
            return [_line(line, {}) for line in value]
        case _:
            raise WrongKindError(f"A value of the type {type(value).__name__} cannot be stored.")


def _untagged(plain: Plain) -> Value:
    if isinstance(plain, list):
        return tuple(
            {name: _untagged_scalar(part) for name, part in row.items()} for row in plain if isinstance(row, dict)
        )
    return _untagged_scalar(plain)


def _untagged_scalar(plain: Plain) -> Scalar:
    if isinstance(plain, dict):
        return _READERS[Kind(plain[_TAG])](plain["value"])
    return _same(plain)
