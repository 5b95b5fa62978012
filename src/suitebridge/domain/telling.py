"""Where a value comes from and which records are taken, in words that people read beside a row; parsing is not its business."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    FirstOf,
    Formula,
    Join,
    Leave,
    Lookup,
    Macro,
    Shorten,
    Translate,
    When,
)
from suitebridge.domain.values import Scalar, as_text

Name: TypeAlias = Callable[[str], str]
"""Gives the label of a field path."""

_SIGNS = {
    Comparison.EQUAL: "is",
    Comparison.NOT_EQUAL: "is not",
    Comparison.LESS: "is less than",
    Comparison.LESS_OR_EQUAL: "is at most",
    Comparison.GREATER: "is more than",
    Comparison.GREATER_OR_EQUAL: "is at least",
}


def tell_source(expression: Expression, name: Name) -> str:
    """Say where a value comes from."""
    match expression:
        case Field(path=path):
            return name(path)
        case Constant(value=value):
            return f"always {_quoted(value)}"
        case Macro(name=macro, days=days):
            moved = f", {abs(days)} days {'later' if days > 0 else 'earlier'}" if days else ""
            return f"{_words(macro.value)} of the run{moved}"
        case Join(parts=parts):
            return " + ".join(_part(part, name) for part in parts)
        case FirstOf(options=options):
            return f"the first filled in of {', '.join(_part(option, name) for option in options)}"
        case Shorten(of=of, length=length):
            return f"{tell_source(of, name)}, at most {length} characters"
        case Translate(of=of, pairs=pairs):
            return f"{tell_source(of, name)} through a value map of {len(pairs)}"
        case Lookup(of=of, record_type=record_type, by=by, returns=returns):
            given = f"{returns} of the" if returns else "the"
            return f"{given} {_words(record_type)} whose {by} is {tell_source(of, name)}"
        case Counterpart(of=of, record_type=record_type):
            return f"the counterpart of the {_words(record_type)} in {tell_source(of, name)}"
        case Formula() | Leave():
            return (
                f"the formula {expression.text}" if isinstance(expression, Formula) else "what the field holds already"
            )
        case When(condition=condition, then=then, otherwise=otherwise):
            return f"if {tell_condition(condition, name)}: {_part(then, name)}; otherwise {_part(otherwise, name)}"
        case _:
            assert_never(expression)


def tell_condition(condition: Condition, name: Name) -> str:
    """Say which records, or lines, a condition takes."""
    match condition:
        case Compare(path=path, comparison=comparison, value=value):
            return f"{name(path)} {_SIGNS[comparison]} {_quoted(value)}"
        case OneOf(path=path, values=values):
            return f"{name(path)} is one of {', '.join(_quoted(value) for value in values)}"
        case Blank(path=path):
            return f"{name(path)} is not filled in"
        case AllOf(conditions=inner):
            return " and ".join(_group(part, name) for part in inner) or "always"
        case AnyOf(conditions=inner):
            return " or ".join(_group(part, name) for part in inner) or "never"
        case Not(condition=part):
            return f"not ({tell_condition(part, name)})"
        case _:
            assert_never(condition)


def _part(expression: Expression, name: Name) -> str:
    return _quoted(expression.value) if isinstance(expression, Constant) else tell_source(expression, name)


def _group(condition: Condition, name: Name) -> str:
    told = tell_condition(condition, name)
    return f"({told})" if isinstance(condition, AllOf | AnyOf) else told


def _quoted(value: Scalar) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"“{as_text(value)}”"


def _words(record_type: str) -> str:
    return record_type.replace("_", " ")
