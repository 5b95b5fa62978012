"""The mapping language: where the value of a target field comes from. Data only; `flow.mapping` gives it meaning."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from suitebridge.domain.values import Scalar

if TYPE_CHECKING:
    from suitebridge.domain.conditions import Condition


class MacroName(enum.Enum):
    """Values that the run itself knows. Days are civil days of the company's zone; weeks begin on Monday, quarters and years with the calendar."""

    TODAY = "today"
    NOW = "now"  # the moment at which the run was asked for
    RUN = "run"  # the run's id
    OWNER = "owner"  # the workspace id of the run's owner
    PERIOD_START = "period_start"  # the day since which the run reads; the month's first day where it names none
    PERIOD_END = "period_end"  # the last day that the run reads: its own
    FIRST_DAY_OF_THIS_WEEK = "first_day_of_this_week"
    LAST_DAY_OF_THIS_WEEK = "last_day_of_this_week"
    FIRST_DAY_OF_PREVIOUS_WEEK = "first_day_of_previous_week"
    LAST_DAY_OF_PREVIOUS_WEEK = "last_day_of_previous_week"
    FIRST_DAY_OF_NEXT_WEEK = "first_day_of_next_week"
    LAST_DAY_OF_NEXT_WEEK = "last_day_of_next_week"
    FIRST_DAY_OF_THIS_MONTH = "first_day_of_this_month"
    LAST_DAY_OF_THIS_MONTH = "last_day_of_this_month"
    FIRST_DAY_OF_PREVIOUS_MONTH = "first_day_of_previous_month"
    LAST_DAY_OF_PREVIOUS_MONTH = "last_day_of_previous_month"
    FIRST_DAY_OF_NEXT_MONTH = "first_day_of_next_month"
    LAST_DAY_OF_NEXT_MONTH = "last_day_of_next_month"
    FIRST_DAY_OF_THIS_QUARTER = "first_day_of_this_quarter"
    LAST_DAY_OF_THIS_QUARTER = "last_day_of_this_quarter"
    FIRST_DAY_OF_PREVIOUS_QUARTER = "first_day_of_previous_quarter"
    LAST_DAY_OF_PREVIOUS_QUARTER = "last_day_of_previous_quarter"
    FIRST_DAY_OF_NEXT_QUARTER = "first_day_of_next_quarter"
    LAST_DAY_OF_NEXT_QUARTER = "last_day_of_next_quarter"
    FIRST_DAY_OF_THIS_YEAR = "first_day_of_this_year"
    LAST_DAY_OF_THIS_YEAR = "last_day_of_this_year"
    FIRST_DAY_OF_PREVIOUS_YEAR = "first_day_of_previous_year"
    LAST_DAY_OF_PREVIOUS_YEAR = "last_day_of_previous_year"
    FIRST_DAY_OF_NEXT_YEAR = "first_day_of_next_year"
    LAST_DAY_OF_NEXT_YEAR = "last_day_of_next_year"


class LookupSide(enum.Enum):
    """In which system a lookup looks: that of the target record, or that of the source record."""

    TARGET = "target"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the source record; a dotted path follows a reference: "employee.netsuite_id"."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The same value for every record."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Texts of several values one after the other; blank when all of them are blank."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translate:
    """A value map from text to text; `otherwise` answers what the pairs do not name (None passes the value through)."""

    of: Expression
    pairs: tuple[tuple[str, str], ...]
    otherwise: Scalar = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A record found by value: the one of `record_type` whose `by` equals it; `returns` is the field that is the result, "" for its id.

    Where none is found, or more than one, the record that asks is blocked.
    """

    of: Expression
    record_type: str
    by: str
    returns: str = ""
    side: LookupSide = LookupSide.TARGET


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """The other side's id of a workspace record: `of` gives the id on the source side, `record_type` the workspace type.

    A record without counterpart blocks the one that points to it. With `or_leave` the target field is left as it is instead; with `or_skip`
    the record that points to it is skipped, because it belongs to what the other side does not know and need not know.
    """

    of: Expression
    record_type: str
    or_leave: bool = False
    or_skip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One of two values by a condition over the source record."""

    condition: Condition
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A value that the run knows; a day may be moved by so many `days`: yesterday is today by -1."""

    name: MacroName
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOf:
    """The first of several values that is filled in."""

    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorten:
    """A text cut to a number of characters by explicit choice, never silently elsewhere (quality.md F57)."""

    of: Expression
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A value computed from the record's fields; `domain.formulas` reads the text and says what it can do."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """No value at all: the target field is left as it is."""


Expression: TypeAlias = (
    Field | Constant | Join | Translate | Lookup | Counterpart | When | Macro | FirstOf | Shorten | Formula | Leave
)


def walk(expression: Expression) -> Iterator[Expression]:
    """Visit an expression and everything inside it, outermost first."""
    yield expression
    match expression:
        case Field() | Constant() | Macro() | Formula() | Leave():
            return
        case Join(parts=inner) | FirstOf(options=inner):
            for part in inner:
                yield from walk(part)
        case Translate(of=of) | Lookup(of=of) | Counterpart(of=of) | Shorten(of=of):
            yield from walk(of)
        case When(then=then, otherwise=otherwise):
            yield from walk(then)
            yield from walk(otherwise)
        case _:
            assert_never(expression)


def lookups_in(expression: Expression, side: LookupSide) -> Iterator[Lookup]:
    """Give the lookups of an expression that look in one of the two systems."""
    return (part for part in walk(expression) if isinstance(part, Lookup) and part.side is side)
