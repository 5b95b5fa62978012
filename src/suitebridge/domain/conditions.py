"""The filter language: which records a workflow takes. Data, and its meaning over a record's fields."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, assert_never

from suitebridge.domain.values import Fields, Scalar, Value, is_blank


class Comparison(enum.Enum):
    """How two values are compared. A blank value satisfies none of the ordering ones, on either side."""

    EQUAL = "="
    NOT_EQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """A field against a fixed value.

    An empty text and a missing value are one: both are blank. A blank field is EQUAL to a blank value, and NOT_EQUAL to every other. Yes and no
    equal nothing but themselves, and a value of another kind equals nothing. The store's SQL and SuiteQL decide the same.
    """

    path: str
    comparison: Comparison
    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """A field is one of several values."""

    path: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A field is not filled in."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every condition holds; an empty one always does."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one condition holds; an empty one never does."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The condition does not hold."""

    condition: Condition


Condition: TypeAlias = Compare | OneOf | Blank | AllOf | AnyOf | Not


def holds(condition: Condition, fields: Fields) -> bool:
    """Decide a condition over a record's fields; a field that is absent counts as blank."""
    match condition:
        case Compare():
            return _compares(fields.get(condition.path), condition.comparison, condition.value)
        case OneOf(path=path, values=values):
            return any(_is_same(fields.get(path), value) for value in values)
        case Blank(path=path):
            return is_blank(fields.get(path))
        case AllOf(conditions=inner):
            return all(holds(part, fields) for part in inner)
        case AnyOf(conditions=inner):
            return any(holds(part, fields) for part in inner)
        case Not(condition=part):
            return not holds(part, fields)
        case _:
            assert_never(condition)


def paths(condition: Condition) -> Iterator[str]:
    """Name every field a condition reads."""
    match condition:
        case Compare(path=path) | OneOf(path=path) | Blank(path=path):
            yield path
        case AllOf(conditions=inner) | AnyOf(conditions=inner):
            for part in inner:
                yield from paths(part)
        case Not(condition=part):
            yield from paths(part)
        case _:
            assert_never(condition)


def comparisons(condition: Condition) -> Iterator[tuple[str, Comparison, Scalar]]:
    """Give every field with each value that it is compared with."""
    match condition:
        case Compare(path=path, comparison=comparison, value=value):
            yield path, comparison, value
        case OneOf(path=path, values=values):
            yield from ((path, Comparison.EQUAL, value) for value in values)
        case AllOf(conditions=inner) | AnyOf(conditions=inner):
            for part in inner:
                yield from comparisons(part)
        case Not(condition=part):
            yield from comparisons(part)
        case Blank():
            return
        case _:
            assert_never(condition)


def _compares(left: Value, comparison: Comparison, right: Scalar) -> bool:
    if comparison is Comparison.EQUAL:
        return _is_same(left, right)
    if comparison is Comparison.NOT_EQUAL:
        return not _is_same(left, right)
    order = _order(left, right)
    if order is None:
        return False
    match comparison:
        case Comparison.LESS:
            return order < 0
        case Comparison.LESS_OR_EQUAL:
            return order <= 0
        case Comparison.GREATER:
            return order > 0
        case Comparison.GREATER_OR_EQUAL:
            return order >= 0


def _is_same(left: Value, right: Scalar) -> bool:
    if is_blank(left) or is_blank(right):
        return is_blank(left) and is_blank(right)
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _order(left: Value, right: Scalar) -> int | None:
    """Order two values of one kind: -1, 0 or 1; None where they cannot be ordered."""
    match left, right:
        case (bool(), _) | (_, bool()) | ("", _) | (_, ""):
            return None
        case (int() | Decimal(), int() | Decimal()):
            return (left > right) - (left < right)
        case (datetime(), datetime()):
            return (left > right) - (left < right)
        case (datetime(), _) | (_, datetime()):
            return None
        case (date(), date()):
            return (left > right) - (left < right)
        case (str(), str()):
            return (left > right) - (left < right)
        case _:
            return None
