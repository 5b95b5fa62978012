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
    """Values that the run itself knows."""

    TODAY = "today"  # civil day of the run in the company's zone
    RUN = "run"  # the run's id
    OWNER = "owner"  # the workspace id of the run's owner


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
    """A record of the target side found by value: the one of `record_type` whose `by` equals it; its id is the result."""

    of: Expression
    record_type: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """The other side's id of a workspace record: `of` gives the id on the source side, `record_type` the workspace type.

    A record without counterpart blocks the one that points to it; with `or_leave` the target field is left as it is instead.
    """

    of: Expression
    record_type: str
    or_leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One of two values by a condition over the source record."""

    condition: Condition
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A value that the run knows."""

    name: MacroName


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOf:
    """The first of several values that is filled in."""

    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorten:
    """A text cut to a number of characters by explicit choice, never silently elsewhere (quality.md F57)."""

    of: Expression
    length: int


Expression: TypeAlias = Field | Constant | Join | Translate | Lookup | Counterpart | When | Macro | FirstOf | Shorten


def walk(expression: Expression) -> Iterator[Expression]:
    """Visit an expression and everything inside it, outermost first."""
    yield expression
    match expression:
        case Field() | Constant() | Macro():
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
