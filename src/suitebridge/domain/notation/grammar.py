"""The grammar of sources and conditions in the advanced notation. It knows lines and groups of a mapping no more than fields.

Beyond what the reference shows there are words of our own, so that everything that a mapping can say can be written: `a | b` is the first
that is filled in, `formula=`, `shorten=`, `counterpart=`, a value map or a condition inside a source, IN, IS EMPTY, NOT.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final, cast

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

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
    LookupSide,
    Shorten,
    Translate,
    When,
)
from suitebridge.domain.formulas import FormulaError, compile_formula
from suitebridge.domain.notation.misreading import misread, shifted
from suitebridge.domain.notation.words import (
    NotationError,
    macro_names,
    read_name,
    read_underscored,
    suggest,
    unquote,
)
from suitebridge.domain.values import Scalar

LONGEST_PIECE: Final = 20_000

_GRAMMAR: Final = r"""
row: name source | name "=" TEXT -> constant_row
mapped: "<" name source ">" pairs otherwise_value? "</" name ">"
branch: _IF condition _THEN row
otherwise: _ELSE row

?source: joined
       | joined ("|" joined)+ -> first
?joined: term
       | term ("," term)+ -> join
?term: atom
     | _LOOKUP atom ":" _TABLE name ":" _BY name [":" _RETURN name] [":" _SIDE NAME] -> lookup
     | _COUNTERPART atom ":" _OF name [":" _OR_LEAVE NUMBER] [":" _OR_SKIP NUMBER] -> counterpart
     | _SHORTEN atom ":" _LENGTH NUMBER -> shorten
?atom: name -> field
     | TEXT -> text
     | UNDERSCORED -> underscored
     | "(" source ")" -> same
     | _FORMULA TEXT -> formula
     | "<" source ">" pairs otherwise_value? "</" ">" -> translate
     | "[" _IF condition _THEN source _ELSE source "]" -> when

pairs: (TEXT TEXT)*
otherwise_value: _OTHERWISE TEXT

?condition: conjunction
          | conjunction (_OR conjunction)+ -> any_of
?conjunction: part
            | part (_AND part)+ -> all_of
?part: _NOT part -> negated
     | "(" condition ")" -> same
     | name SIGN operand ("," operand)* -> compare
     | name "=" operand ("," operand)* -> equal
     | name "<" operand ("," operand)* -> less
     | name ">" operand ("," operand)* -> greater
     | name _IN "(" [operand ("," operand)*] ")" -> one_of
     | name _IS _EMPTY -> blank
     | name _IS _NOT _EMPTY -> filled
     | _ALWAYS -> always
     | _NEVER -> never
operand: TEXT | NUMBER | MOMENT | DAY | TRUE | FALSE | NULL

name: NAME | BACKTICKED
TRUE.5: /TRUE\b/
FALSE.5: /FALSE\b/
NULL.5: /NULL\b/
_IF.5: /IF\b/
_THEN.5: /THEN\b/
_ELSE.5: /ELSE\b/
_OTHERWISE.5: /OTHERWISE\b/
_OR.5: /OR\b/
_AND.5: /AND\b/
_NOT.5: /NOT\b/
_IN.5: /IN\b/
_IS.5: /IS\b/
_EMPTY.5: /EMPTY\b/
_ALWAYS.5: /ALWAYS\b/
_NEVER.5: /NEVER\b/
SIGN: "<=" | ">=" | "<>"
_LOOKUP.9: "lookup="
_TABLE.9: "lookup_table="
_BY.9: "lookup_by="
_RETURN.9: "lookup_return="
_SIDE.9: "lookup_side="
_COUNTERPART.9: "counterpart="
_OF.9: "counterpart_of="
_OR_LEAVE.9: "or_leave="
_OR_SKIP.9: "or_skip="
_SHORTEN.9: "shorten="
_LENGTH.9: "length="
_FORMULA.9: "formula="
TEXT: /'(?:[^'\n]|'')*'/
BACKTICKED: /`(?:[^`\n]|``)*`/
MOMENT.8: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+\-]+Z?/
DAY.7: /[0-9]{4}-[0-9]{2}-[0-9]{2}/
NUMBER.6: /[+-]?[0-9]+(?:\.[0-9]+)?/
UNDERSCORED: /_[A-Za-z][A-Za-z0-9_]*(?:[+-][0-9]{1,6})?/
NAME: /[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*/
%ignore /[ \t\r\n]+/
"""
_STARTS: Final = ("row", "mapped", "branch", "otherwise", "source", "condition")


def parse_piece(start: str, text: str, line: int = 1, column: int = 1) -> object:
    """Read one piece that begins at a place of the whole text. Raise `NotationError` with the place in the whole."""
    if len(text) > LONGEST_PIECE:
        raise NotationError(line, column, (), said=f"A row has at most {LONGEST_PIECE:,} characters.")
    try:
        return _Reader().transform(_parser().parse(text, start=start))
    except UnexpectedInput as error:
        raise misread(error, text, line, column) from None
    except VisitError as error:
        if isinstance(error.orig_exc, _WrongError):
            at = error.orig_exc
            raise NotationError(
                line + at.line - 1, shifted(at.line, at.column, column), (), at.meant, at.said
            ) from None
        raise
    except RecursionError:
        raise NotationError(line, column, (), said="This is nested too deeply.") from None


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, start=list(_STARTS), parser="lalr", propagate_positions=False, maybe_placeholders=True)


class _WrongError(Exception):
    """A piece is well formed and means nothing."""

    def __init__(self, token: Token, said: str, meant: str = "") -> None:
        super().__init__(said)
        self.line, self.column = token.line or 1, token.column or 1
        self.said, self.meant = said, meant


class _Reader(Transformer[Token, object]):
    """Turns the tree into words of the mapping language; each method is a rule of the grammar."""

    def name(self, parts: Sequence[Token]) -> str:
        return read_name(str(parts[0]))

    def row(self, parts: Sequence[object]) -> tuple[str, Expression]:
        return cast("str", parts[0]), cast("Expression", parts[1])

    def constant_row(self, parts: Sequence[object]) -> tuple[str, Expression]:
        return cast("str", parts[0]), Constant(value=unquote(str(parts[1])))

    def mapped(self, parts: Sequence[object]) -> tuple[str, Expression, str]:
        target, source, pairs, otherwise, closed = _five(parts)
        return str(target), Translate(of=cast("Expression", source), pairs=pairs, otherwise=otherwise), str(closed)

    def branch(self, parts: Sequence[object]) -> object:
        return tuple(parts)

    def otherwise(self, parts: Sequence[object]) -> object:
        return parts[0]

    def first(self, parts: Sequence[Expression]) -> Expression:
        return FirstOf(options=tuple(parts))

    def join(self, parts: Sequence[Expression]) -> Expression:
        return Join(parts=tuple(parts))

    def field(self, parts: Sequence[str]) -> Expression:
        return Field(path=parts[0])

    def text(self, parts: Sequence[Token]) -> Expression:
        return Constant(value=unquote(str(parts[0])))

    def underscored(self, parts: Sequence[Token]) -> Expression:
        if str(parts[0]) == "_LEAVE":
            return Leave()
        read = read_underscored(str(parts[0]))
        if read is None:
            raise _WrongError(parts[0], f"No macro is called {parts[0]}.", suggest(str(parts[0]), macro_names()))
        return read

    def same(self, parts: Sequence[object]) -> object:
        return parts[0]

    def lookup(self, parts: Sequence[object]) -> Expression:
        of, table, by, returns, side = parts
        if side is not None and str(side) not in {"source", "target"}:
            raise _WrongError(
                cast("Token", side), "A lookup looks on one side: lookup_side=source or lookup_side=target."
            )
        return Lookup(
            of=cast("Expression", of),
            record_type=str(table),
            by=str(by),
            returns="" if returns in {None, "id"} else str(returns),
            side=LookupSide.TARGET if side is None else LookupSide(str(side)),
        )

    def counterpart(self, parts: Sequence[object]) -> Expression:
        of, record_type, leaves, skips = parts
        return Counterpart(
            of=cast("Expression", of),
            record_type=str(record_type),
            or_leave=str(leaves) == "1",
            or_skip=str(skips) == "1",
        )

    def shorten(self, parts: Sequence[object]) -> Expression:
        of, length = parts
        if not str(length).isdecimal() or len(str(length)) > 6:
            raise _WrongError(cast("Token", length), "A length is a whole number of characters.")
        return Shorten(of=cast("Expression", of), length=int(str(length)))

    def formula(self, parts: Sequence[Token]) -> Expression:
        text = unquote(str(parts[0]))
        try:
            compile_formula(text)
        except FormulaError as error:
            raise _WrongError(parts[0], f"In the formula, column {error.column}: {error.said}") from None
        return Formula(text=text)

    def translate(self, parts: Sequence[object]) -> Expression:
        otherwise = parts[2] if len(parts) > 2 else None
        pairs = cast("tuple[tuple[str, str], ...]", parts[1])
        return Translate(of=cast("Expression", parts[0]), pairs=pairs, otherwise=cast("str | None", otherwise))

    def when(self, parts: Sequence[object]) -> Expression:
        condition, then, otherwise = parts
        return When(
            condition=cast("Condition", condition),
            then=cast("Expression", then),
            otherwise=cast("Expression", otherwise),
        )

    def pairs(self, parts: Sequence[Token]) -> tuple[tuple[str, str], ...]:
        texts = [unquote(str(part)) for part in parts]
        return tuple(zip(texts[::2], texts[1::2], strict=True))

    def otherwise_value(self, parts: Sequence[Token]) -> str:
        return unquote(str(parts[0]))

    def any_of(self, parts: Sequence[Condition]) -> Condition:
        return AnyOf(conditions=tuple(parts))

    def all_of(self, parts: Sequence[Condition]) -> Condition:
        return AllOf(conditions=tuple(parts))

    def negated(self, parts: Sequence[Condition]) -> Condition:
        return Not(condition=parts[0])

    def compare(self, parts: Sequence[object]) -> Condition:
        name, sign, *values = parts
        return _compared(str(name), Comparison(str(sign)), values, cast("Token", sign))

    def equal(self, parts: Sequence[object]) -> Condition:
        return _compared(str(parts[0]), Comparison.EQUAL, parts[1:], None)

    def less(self, parts: Sequence[object]) -> Condition:
        return _compared(str(parts[0]), Comparison.LESS, parts[1:], None)

    def greater(self, parts: Sequence[object]) -> Condition:
        return _compared(str(parts[0]), Comparison.GREATER, parts[1:], None)

    def one_of(self, parts: Sequence[object]) -> Condition:
        values = [cast("_Operand", part).value for part in parts[1:] if part is not None]
        return OneOf(path=str(parts[0]), values=tuple(values))

    def blank(self, parts: Sequence[str]) -> Condition:
        return Blank(path=parts[0])

    def filled(self, parts: Sequence[str]) -> Condition:
        return Not(condition=Blank(path=parts[0]))

    def always(self, _: Sequence[object]) -> Condition:
        return AllOf(conditions=())

    def never(self, _: Sequence[object]) -> Condition:
        return AnyOf(conditions=())

    def operand(self, parts: Sequence[Token]) -> _Operand:
        return _Operand(_scalar(parts[0]), parts[0])


class _Operand:
    """A value with its place."""

    def __init__(self, value: Scalar, token: Token) -> None:
        self.value = value
        self.token = token


def _five(parts: Sequence[object]) -> tuple[object, object, tuple[tuple[str, str], ...], str | None, object]:
    target, source, pairs, *rest = parts
    otherwise = rest[0] if len(rest) > 1 else None
    return target, source, cast("tuple[tuple[str, str], ...]", pairs), cast("str | None", otherwise), rest[-1]


def _compared(name: str, sign: Comparison, operands: Sequence[object], _: Token | None) -> Condition:
    given = [cast("_Operand", operand) for operand in operands]
    if len(given) == 1:
        return Compare(path=name, comparison=sign, value=given[0].value)
    among = OneOf(path=name, values=tuple(one.value for one in given))
    if sign is Comparison.EQUAL:
        return among
    if sign is Comparison.NOT_EQUAL:
        return Not(condition=among)
    raise _WrongError(given[1].token, "A list can only be compared with = and <>.")


def _scalar(token: Token) -> Scalar:
    said = str(token)
    try:
        match token.type:
            case "TEXT":
                return unquote(said)
            case "NUMBER":
                return Decimal(said)
            case "DAY":
                return date.fromisoformat(said)
            case "MOMENT":
                return _moment(token)
            case _:
                return {"TRUE": True, "FALSE": False}.get(said)
    except (ValueError, InvalidOperation):
        raise _WrongError(token, "The calendar has no such day.") from None


def _moment(token: Token) -> datetime:
    moment = datetime.fromisoformat(str(token))
    if moment.tzinfo is None:
        raise _WrongError(token, "A moment needs its zone: 2026-01-31T09:00:00Z.")
    return moment
