"""Reads SuiteQL's texts as the values of the field catalog, row by row.

A value that does not fit its field is an unreadable answer: guessing would move wrong figures into somebody's books.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import TypeAlias, assert_never

from suitebridge.adapters.netsuite.joining import Column
from suitebridge.adapters.netsuite.suiteql import ID, STAMP, Selection
from suitebridge.adapters.netsuite.zones import stamp_shown
from suitebridge.domain.records import Record
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.values import Scalar, Value
from suitebridge.wire.rest.suiteql import Row

_VERSION_LENGTH = 32
_CHECK_BOX = {"T": True, "F": False}
_Reader: TypeAlias = Callable[[str], Scalar]


class UnreadableRowError(ValueError):
    """A row is not as its columns promise; the message names record, field and value."""


class RowReader:
    """Reads the rows of one selection."""

    def __init__(self, record_type: str, selection: Selection, zone: tzinfo) -> None:
        self._type = record_type
        self._has_stamp = selection.has_stamp
        self._zone = zone
        self._columns = [
            (path, alias, _reader(column, zone), _missing(column)) for path, alias, column in selection.columns
        ]

    def read(self, rows: Sequence[Row]) -> tuple[Record, ...]:
        """Read rows as records; raise `UnreadableRowError` for the first that cannot be read."""
        return tuple(map(self._record, rows))

    def _record(self, row: Row) -> Record:
        id_ = row.get(ID)
        if not isinstance(id_, str) or not id_:
            raise UnreadableRowError(f"A row of {self._type} came without an id.")
        fields: dict[str, Value] = {}
        for path, alias, read, missing in self._columns:
            cell = row.get(alias)
            if not isinstance(cell, str):
                fields[path] = missing
                continue
            if read is None:
                fields[path] = cell
                continue
            try:
                fields[path] = read(cell)
            except (ValueError, KeyError, TypeError, InvalidOperation) as error:
                raise UnreadableRowError(f"{path} of {self._type} {id_} cannot be read: {str(cell)[:80]!r}.") from error
        return Record(type=self._type, id=id_, version=self._version(row), fields=fields)

    def _version(self, row: Row) -> str:
        stamp = row.get(STAMP) if self._has_stamp else None
        if isinstance(stamp, str) and stamp:
            try:
                return stamp_shown(stamp, self._zone)
            except ValueError as error:
                raise UnreadableRowError(
                    f"The last change of a {self._type} cannot be read: {stamp[:80]!r}."
                ) from error
        # The type has no change date: a digest of everything read stands in, whatever the order of the columns.
        said = sorted((path, cell) for path, alias, _, _ in self._columns if isinstance(cell := row.get(alias), str))
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:_VERSION_LENGTH]


def _missing(column: Column) -> Scalar:
    # A check box has two states: a column that is NULL on an existing record is one that was never checked.
    return False if column.field.kind is Kind.BOOLEAN and not column.is_joined else None


def _reader(column: Column, zone: tzinfo) -> _Reader | None:
    match column.field.kind:
        case Kind.TEXT | Kind.CHOICE | Kind.REFERENCE:
            return None  # it is what it says; a call for each cell would cost a third of the time
        case Kind.INTEGER:
            return int
        case Kind.DECIMAL | Kind.MONEY | Kind.DURATION:
            return _decimal
        case Kind.BOOLEAN:
            return _CHECK_BOX.__getitem__
        case Kind.DATE:
            return date.fromisoformat
        case Kind.INSTANT:
            return lambda text: datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
        case Kind.LINES:
            raise TypeError("SuiteQL shows no lines in a column")
        case _:
            assert_never(column.field.kind)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError("not a finite number")
    return number


def read_pairs(rows: Sequence[Row], id_column: str, value_column: str) -> list[tuple[str, str]]:
    """Read rows of ids and values; raise `UnreadableRowError` for one that lacks either."""
    pairs = []
    for row in rows:
        id_, value = row.get(id_column), row.get(value_column)
        if not isinstance(id_, str) or not isinstance(value, str):
            raise UnreadableRowError("A row came without the id or the value that was asked for.")
        pairs.append((id_, value))
    return pairs
