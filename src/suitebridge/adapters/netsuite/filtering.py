"""Writes conditions as SuiteQL, with the meaning that `domain.conditions.holds` gives them.

A negation is carried down to the leaves and empty columns are spelled out there, because SQL knows a third truth value. An empty
text and a missing one are the same to Oracle. A check box of the record itself that was never touched counts as not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import assert_never

from suitebridge.adapters.netsuite.joining import Column, Joins
from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.values import Scalar, as_text, is_blank

_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.DURATION})
DAY_MASK = "YYYY-MM-DD"
INSTANT_MASK = "YYYY-MM-DD HH24:MI:SS"
INSTANT_FORMAT = "%Y-%m-%d %H:%M:%S"

_ALWAYS, _NEVER = "1 = 1", "1 = 0"
_IN_LIMIT = 1000  # Oracle's limit on the members of one IN list
_OPPOSITE = {
    Comparison.EQUAL: Comparison.NOT_EQUAL,
    Comparison.NOT_EQUAL: Comparison.EQUAL,
    Comparison.LESS: Comparison.GREATER_OR_EQUAL,
    Comparison.LESS_OR_EQUAL: Comparison.GREATER,
    Comparison.GREATER: Comparison.LESS_OR_EQUAL,
    Comparison.GREATER_OR_EQUAL: Comparison.LESS,
}


class ConditionWriter:
    """Writes conditions of one query; `parameters` collects their values in order. `zone` is the account's."""

    def __init__(self, joins: Joins, zone: tzinfo) -> None:
        self._joins = joins
        self._zone = zone
        self.parameters: list[str] = []

    def write(self, condition: Condition, *, holds: bool = True) -> str:
        """Write that a condition holds, or that it does not."""
        match condition:
            case Compare(path=path, comparison=comparison, value=value):
                return self._comparison(self._joins.column(path), comparison, value, holds=holds)
            case OneOf(path=path, values=values):
                return self._membership(self._joins.column(path), values, holds=holds)
            case Blank(path=path):
                return self._blank(self._joins.column(path), holds=holds)
            case AllOf(conditions=inner):
                return self._several(inner, holds=holds, all_needed=holds)
            case AnyOf(conditions=inner):
                return self._several(inner, holds=holds, all_needed=not holds)
            case Not(condition=part):
                return self.write(part, holds=not holds)
            case _:
                assert_never(condition)

    def among(self, expression: str, values: Sequence[str], *, is_negated: bool = False) -> str:
        """Write that a column is one of several texts, in lists as long as Oracle takes."""
        self.parameters.extend(values)
        word = "NOT IN" if is_negated else "IN"
        lists = [f"{expression} {word} ({_marks(part)})" for part in _parts(values)]
        return _joined(lists, " AND " if is_negated else " OR ")

    def _several(self, inner: Sequence[Condition], *, holds: bool, all_needed: bool) -> str:
        if not inner:
            return _ALWAYS if all_needed else _NEVER
        return _joined([self.write(part, holds=holds) for part in inner], " AND " if all_needed else " OR ")

    def _blank(self, column: Column, *, holds: bool) -> str:
        if _is_own_check_box(column):
            return _NEVER if holds else _ALWAYS
        return f"{column.expression} IS {'NULL' if holds else 'NOT NULL'}"

    def _comparison(self, column: Column, comparison: Comparison, value: Scalar, *, holds: bool) -> str:
        is_order = comparison not in {Comparison.EQUAL, Comparison.NOT_EQUAL}
        if is_blank(value):
            wants_blank = (comparison is Comparison.EQUAL) is holds
            return (_NEVER if holds else _ALWAYS) if is_order else self._blank(column, holds=wants_blank)
        if not _is_of_kind(column.field.kind, value) or (is_order and column.field.kind is Kind.BOOLEAN):
            # What is of another kind differs from every value; asking the column for it would be an error of the query.
            return _ALWAYS if (comparison is Comparison.NOT_EQUAL) is holds else _NEVER
        effective = comparison if holds else _OPPOSITE[comparison]
        said = f"{_expression(column)} {effective.value} {self._parameter(column, value)}"
        # An empty column differs from every value, and satisfies no order: so it also satisfies every negated order.
        includes_blank = effective is Comparison.NOT_EQUAL or (is_order and not holds)
        return self._or_blank(column, said) if includes_blank else said

    def _membership(self, column: Column, values: Sequence[Scalar], *, holds: bool) -> str:
        filled = [value for value in values if not is_blank(value)]
        has_blank = len(filled) < len(values)
        filled = [value for value in filled if _is_of_kind(column.field.kind, value)]
        if not filled:
            return self._blank(column, holds=holds) if has_blank else (_NEVER if holds else _ALWAYS)
        said = self._filled_membership(column, filled, holds=holds)
        return self._or_blank(column, said) if has_blank is holds else said

    def _filled_membership(self, column: Column, values: Sequence[Scalar], *, holds: bool) -> str:
        if column.field.kind not in {Kind.DATE, Kind.INSTANT}:
            texts = [_as_parameter(column, value) for value in values]
            return self.among(_expression(column), texts, is_negated=not holds)
        sign, word = ("=", " OR ") if holds else ("<>", " AND ")
        return _joined([f"{column.expression} {sign} {self._parameter(column, value)}" for value in values], word)

    def _or_blank(self, column: Column, said: str) -> str:
        return said if _is_own_check_box(column) else f"({said} OR {column.expression} IS NULL)"

    def _parameter(self, column: Column, value: Scalar) -> str:
        match value:
            case datetime():
                self.parameters.append(value.astimezone(self._zone).strftime(INSTANT_FORMAT))
                return f"TO_TIMESTAMP(?, '{INSTANT_MASK}')"
            case date():
                self.parameters.append(value.isoformat())
                return f"TO_DATE(?, '{DAY_MASK}')"
            case _:
                self.parameters.append(_as_parameter(column, value))
                return "?"


def _is_of_kind(kind: Kind, value: Scalar) -> bool:
    if kind in _NUMBERS:
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    if kind is Kind.DATE:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, datetime if kind is Kind.INSTANT else str)


def _is_own_check_box(column: Column) -> bool:
    return column.field.kind is Kind.BOOLEAN and not column.is_joined


def _expression(column: Column) -> str:
    return f"NVL({column.expression}, 'F')" if _is_own_check_box(column) else column.expression


def _as_parameter(column: Column, value: Scalar) -> str:
    if column.field.kind is Kind.BOOLEAN and isinstance(value, bool):
        return "T" if value else "F"
    return as_text(value)


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _IN_LIMIT):
        yield values[start : start + _IN_LIMIT]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _joined(parts: Sequence[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
