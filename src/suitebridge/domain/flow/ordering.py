"""Puts lines in the order that a mapping group wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from suitebridge.domain.values import Line, Scalar, as_text, is_blank
from suitebridge.domain.workflow import LineOrder

_Key: TypeAlias = tuple[int, Decimal, str]


def in_order(lines: Iterable[Line], order: Iterable[LineOrder]) -> tuple[Line, ...]:
    """Sort lines by several fields, the first one first; equal ones stay as they came, and those without a value come last either way."""
    ordered = list(lines)
    for one in reversed(tuple(order)):
        filled = [line for line in ordered if not is_blank(line.get(one.path))]
        empty = [line for line in ordered if is_blank(line.get(one.path))]
        filled.sort(key=lambda line, path=one.path: _key(line.get(path)), reverse=one.is_descending)  # type: ignore[misc]
        ordered = filled + empty
    return tuple(ordered)


def _key(value: Scalar) -> _Key:
    """Give what values are compared by: no before yes, numbers by size, then days, then texts; ids that are numbers by their size, too."""
    match value:
        case bool() | int() | Decimal():
            return 0, Decimal(value), ""
        case datetime() | date():
            return 1, Decimal(0), as_text(value)
        case str() if value.isascii() and value.isdecimal():
            return 2, Decimal(value), value
        case _:
            return 3, Decimal(0), as_text(value)
