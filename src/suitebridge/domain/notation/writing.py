"""Writes sources and conditions in the advanced notation; `grammar` reads them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Condition, Not, OneOf
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
    LookupSide,
    Macro,
    Shorten,
    Translate,
    When,
)
from suitebridge.domain.notation.words import quote, write_macro, write_name
from suitebridge.domain.values import Scalar, as_text


def write_source(source: Expression) -> str:
    """Write where a value comes from, as it stands behind a target."""
    match source:
        case FirstOf(options=options) if len(options) > 1:
            return " | ".join(
                _term(option) if isinstance(option, FirstOf) else write_source(option) for option in options
            )
        case Join(parts=parts) if len(parts) > 1:
            return ",".join(_term(part) for part in parts)
        case FirstOf(options=(only,)) | Join(parts=(only,)):
            return write_source(only)
        case FirstOf() | Join():
            return "''"
        case _:
            return _term(source)


def write_condition(condition: Condition) -> str:
    """Write a condition, each comparison in brackets."""
    match condition:
        case AllOf(conditions=()):
            return "ALWAYS"
        case AnyOf(conditions=()):
            return "NEVER"
        case AllOf(conditions=(only,)) | AnyOf(conditions=(only,)):
            return write_condition(only)
        case AllOf(conditions=parts):
            return " AND ".join(_bracketed(part) for part in parts)
        case AnyOf(conditions=parts):
            return " OR ".join(_bracketed(part) for part in parts)
        case Not(condition=part):
            return f"NOT {_bracketed(part)}"
        case Compare(path=path, comparison=comparison, value=value):
            return f"{write_name(path)} {comparison.value} {write_scalar(value)}"
        case OneOf(path=path, values=values):
            return f"{write_name(path)} IN ({', '.join(write_scalar(value) for value in values)})"
        case Blank(path=path):
            return f"{write_name(path)} IS EMPTY"
        case _:
            assert_never(condition)


def write_scalar(value: Scalar) -> str:
    """Write a value that a field is compared with."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return quote(value)
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case _:
            assert_never(value)


def write_pairs(pairs: Iterable[tuple[str, str]], otherwise: Scalar) -> str:
    """Write the pairs of a value map, and what answers the values that they do not name."""
    written = " ".join(f"{quote(one)} {quote(other)}" for one, other in pairs)
    rest = f"OTHERWISE {quote(as_text(otherwise))}" if otherwise is not None else ""
    return " ".join(part for part in (written, rest) if part)


def _term(source: Expression) -> str:
    match source:
        case Field(path=path):
            return write_name(path)
        case Constant(value=value):
            return quote(as_text(value))
        case Macro():
            return write_macro(source)
        case Leave():
            return "_LEAVE"
        case Formula(text=text):
            return f"formula={quote(text)}"
        case Shorten(of=of, length=length):
            return f"shorten={_atom(of)}:length={length}"
        case Lookup():
            return _lookup(source)
        case Counterpart(of=of, record_type=record_type, or_leave=or_leave, or_skip=or_skip):
            ending = (":or_leave=1" if or_leave else "") + (":or_skip=1" if or_skip else "")
            return f"counterpart={_atom(of)}:counterpart_of={write_name(record_type)}{ending}"
        case Translate(of=of, pairs=pairs, otherwise=otherwise):
            return f"<{write_source(of)}> {write_pairs(pairs, otherwise)} </>"
        case When(condition=condition, then=then, otherwise=otherwise):
            return f"[IF {_bracketed(condition)} THEN {write_source(then)} ELSE {write_source(otherwise)}]"
        case FirstOf() | Join():
            return f"({write_source(source)})"
        case _:
            assert_never(source)


def _atom(source: Expression) -> str:
    """Write a source that a colon follows: in brackets where it has colons itself."""
    return f"({_term(source)})" if isinstance(source, Lookup | Counterpart | Shorten) else _term(source)


def _lookup(lookup: Lookup) -> str:
    side = f":lookup_side={lookup.side.value}" if lookup.side is not LookupSide.TARGET else ""
    return (
        f"lookup={_atom(lookup.of)}:lookup_table={write_name(lookup.record_type)}"
        f":lookup_by={write_name(lookup.by)}:lookup_return={write_name(lookup.returns or 'id')}{side}"
    )


def _bracketed(condition: Condition) -> str:
    written = write_condition(condition)
    return written if written in {"ALWAYS", "NEVER"} else f"({written})"
