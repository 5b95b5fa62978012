"""Gives expressions their meaning: each is compiled once into a function over a record's fields and the answers to its questions.

It refuses to know rows, groups and record types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias, assert_never

from suitebridge.domain.conditions import holds
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
    walk,
)
from suitebridge.domain.formulas import FormulaError, compile_formula
from suitebridge.domain.macros import Facts, fact
from suitebridge.domain.values import Fields, Scalar, as_text, is_blank


class Question(NamedTuple):
    """A record that a value points to: by a field of it, or as counterpart of a workspace record (`by` is "").

    The answer is its id, or the value of its field `returns`. A named tuple, because it is made and hashed for each lookup of each record.
    """

    record_type: str
    by: str
    value: str
    returns: str = ""
    side: LookupSide = LookupSide.TARGET


Answers: TypeAlias = Mapping[Question, Scalar]
"""What was found; a question without an answer has no entry."""

Evaluate: TypeAlias = Callable[[Fields, Answers], Scalar]
Ask: TypeAlias = Callable[[Fields], Question | None]


class LeftAloneError(Exception):
    """The expression says that its field is left as it is."""


class UnansweredError(Exception):
    """A value points to a record that was not found; with `leaves` its field is to be left as it is, with `skips` its record."""

    def __init__(self, question: Question, *, leaves: bool, skips: bool) -> None:
        super().__init__(question)
        self.question = question
        self.leaves = leaves
        self.skips = skips


def compile_questions(source: Expression, facts: Facts) -> Iterator[Ask]:
    """Give the questions of an expression, each as a function of the record's fields."""
    for part in walk(source):
        if isinstance(part, Lookup | Counterpart):
            yield _compile_ask(part, facts)


def compile_expression(expression: Expression, facts: Facts) -> Evaluate:
    """Compile an expression for the facts of one run."""
    match expression:
        case Field(path=path):
            return _compile_field(path)
        case Constant(value=value):
            return lambda _, __: value
        case Macro():
            known = fact(expression, facts)
            return lambda _, __: known
        case Join(parts=parts):
            inner = tuple(compile_expression(part, facts) for part in parts)
            return lambda fields, answers: _joined([part(fields, answers) for part in inner])
        case FirstOf(options=options):
            inner = tuple(compile_expression(option, facts) for option in options)
            return lambda fields, answers: _first(inner, fields, answers)
        case Shorten(of=of, length=length):
            long = compile_expression(of, facts)
            return lambda fields, answers: _shortened(long(fields, answers), length)
        case Translate():
            return _compile_translate(expression, facts)
        case Lookup():
            return _compile_answer(_compile_ask(expression, facts), leaves=False)
        case Counterpart(or_leave=or_leave, or_skip=or_skip):
            return _compile_answer(_compile_ask(expression, facts), leaves=or_leave, skips=or_skip)
        case Formula() | Leave():
            return _compile_formula(expression.text, facts) if isinstance(expression, Formula) else _leave
        case When(condition=condition, then=then, otherwise=otherwise):
            yes, no = compile_expression(then, facts), compile_expression(otherwise, facts)
            return lambda fields, answers: (yes if holds(condition, fields) else no)(fields, answers)
        case _:
            assert_never(expression)


def _compile_field(path: str) -> Evaluate:
    def read(fields: Fields, _: Answers) -> Scalar:
        value = fields.get(path)
        return None if isinstance(value, tuple) else value

    return read


def _compile_formula(text: str, facts: Facts) -> Evaluate:
    """Compile a formula; one that cannot be read, which no mapping that was validated holds, fails each record with its place."""
    try:
        compute = compile_formula(text).compute
    except FormulaError as error:
        column, said = error.column, error.said

        def refuse(_: Fields, __: Answers) -> Scalar:
            raise FormulaError(column, said)

        return refuse
    return lambda fields, _: compute(fields, facts)


def _leave(_: Fields, __: Answers) -> Scalar:
    raise LeftAloneError


def _compile_translate(expression: Translate, facts: Facts) -> Evaluate:
    inner, pairs, otherwise = compile_expression(expression.of, facts), dict(expression.pairs), expression.otherwise

    def translate(fields: Fields, answers: Answers) -> Scalar:
        value = inner(fields, answers)
        return pairs.get(as_text(value), value if otherwise is None else otherwise)

    return translate


def _compile_ask(asking: Lookup | Counterpart, facts: Facts) -> Ask:
    record_type = asking.record_type
    by, returns, side = "", "", LookupSide.TARGET
    if isinstance(asking, Lookup):
        by, returns, side = asking.by, asking.returns, asking.side
    inner = compile_expression(asking.of, facts)

    def ask(fields: Fields) -> Question | None:
        value = inner(fields, {})
        return None if is_blank(value) else Question(record_type, by, as_text(value), returns, side)

    return ask


def _compile_answer(ask: Ask, *, leaves: bool, skips: bool = False) -> Evaluate:
    def answer(fields: Fields, answers: Answers) -> Scalar:
        question = ask(fields)
        if question is None:
            return None
        if question not in answers:
            raise UnansweredError(question, leaves=leaves, skips=skips)
        return answers[question]

    return answer


def _joined(parts: list[Scalar]) -> Scalar:
    return None if all(is_blank(part) for part in parts) else "".join(as_text(part) for part in parts)


def _first(options: tuple[Evaluate, ...], fields: Fields, answers: Answers) -> Scalar:
    return next((value for option in options if not is_blank(value := option(fields, answers))), None)


def _shortened(value: Scalar, length: int) -> Scalar:
    return as_text(value)[:length] if isinstance(value, str) else value
