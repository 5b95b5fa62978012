"""Turns a formula that was read into functions over a record's fields, once; each part of it is computed at most once for a record."""

from __future__ import annotations

import ast
import functools
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, TypeAlias

from suitebridge.domain.expressions import MacroName
from suitebridge.domain.formulas.functions import (
    FUNCTIONS,
    MOST_ARGUMENTS,
    ArgumentError,
    kind_of,
    number_at,
    short,
    text_of,
)
from suitebridge.domain.formulas.numbers import CONTEXT, NumberError, combine
from suitebridge.domain.formulas.reading import DEEPEST, FormulaError, Reading, read_formula
from suitebridge.domain.macros import Facts
from suitebridge.domain.values import Fields, Scalar, is_blank

_Compute: TypeAlias = Callable[[Fields, Facts], Scalar]

_LAZY: Final = ("if", "coalesce", "field")
_ARITHMETIC: Final[Mapping[type[ast.operator], tuple[str, Callable[[Decimal, Decimal], Decimal]]]] = {
    ast.Add: ("+", CONTEXT.add),
    ast.Sub: ("-", CONTEXT.subtract),
    ast.Mult: ("*", CONTEXT.multiply),
    ast.Div: ("/", CONTEXT.divide),
}
_ORDERS: Final[Mapping[type[ast.cmpop], Callable[[int, int], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledFormula:
    """A formula ready to be computed: `fields` are the paths that it reads, `compute` raises nothing but `FormulaError`."""

    text: str
    fields: tuple[str, ...]
    macros: tuple[MacroName, ...]
    compute: _Compute


@functools.lru_cache(maxsize=2048)
def compile_formula(text: str) -> CompiledFormula:
    """Compile a formula. Raise `FormulaError` with the column of what it does not know."""
    compiler = _Compiler(read_formula(text))
    compute = compiler.compile()
    return CompiledFormula(
        text=text, fields=tuple(dict.fromkeys(compiler.fields)), macros=tuple(compiler.macros), compute=compute
    )


def fields_of(text: str) -> tuple[str, ...]:
    """Name the field paths that a formula reads; none where it cannot be read."""
    try:
        return compile_formula(text).fields
    except FormulaError:
        return ()


def macros_of(text: str) -> tuple[MacroName, ...]:
    """Name the macros that a formula reads; none where it cannot be read."""
    try:
        return compile_formula(text).macros
    except FormulaError:
        return ()


class _Compiler:
    """Compiles one tree; gathers the fields and macros that it names."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.fields: list[str] = []
        self.macros: list[MacroName] = []

    def compile(self) -> _Compute:
        return self._compile(self._reading.tree, 0)

    def _compile(self, node: ast.expr, depth: int) -> _Compute:
        if depth > DEEPEST:
            raise _wrong(node, "The formula is nested too deeply here.")
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._name(node)
            case ast.UnaryOp():
                return self._unary(node, depth)
            case ast.BinOp():
                return self._binary(node, depth)
            case ast.BoolOp(op=op, values=values):
                parts = tuple((self._compile(value, depth + 1), value.col_offset) for value in values)
                return _all_true(parts) if isinstance(op, ast.And) else _any_true(parts)
            case ast.Compare():
                return self._comparison(node, depth)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._choice(test, body, orelse, depth)
            case ast.Call():
                return self._call(node, depth)
        raise _wrong(node, "This has no meaning in a formula.")

    def _constant(self, node: ast.Constant) -> _Compute:
        literal = self._reading.literals.get(node.col_offset)
        value: Scalar = literal if literal is not None else node.value if isinstance(node.value, bool) else None
        return lambda _, __: value

    def _name(self, node: ast.Name) -> _Compute:
        name = self._reading.names[node.col_offset]
        if name.lower() == "if":
            raise _wrong(node, "if stands between two values, or takes three: if(condition, then, otherwise).")
        return self._field_or_macro(name, node)

    def _field_or_macro(self, name: str, node: ast.expr) -> _Compute:
        if name.startswith("_"):
            macro = _macro(name, node)
            self.macros.append(macro)
            return lambda _, facts: facts[macro]
        if any(step.startswith("__") or step.endswith("__") for step in name.split(".")):
            raise _wrong(node, f"No field is called “{name}”.")
        self.fields.append(name)

        def read(fields: Fields, _: Facts) -> Scalar:
            value = fields.get(name)
            return None if isinstance(value, tuple) else value

        return read

    def _unary(self, node: ast.UnaryOp, depth: int) -> _Compute:
        inner, column = self._compile(node.operand, depth + 1), node.operand.col_offset
        if isinstance(node.op, ast.Not):
            return lambda fields, facts: not _truth(inner(fields, facts), column)
        if not isinstance(node.op, ast.USub | ast.UAdd):
            raise _wrong(node, "This has no meaning in a formula.")
        is_negative = isinstance(node.op, ast.USub)

        def signed(fields: Fields, facts: Facts) -> Scalar:
            number = _number(inner(fields, facts), column)
            return CONTEXT.minus(number) if is_negative and number is not None else number

        return signed

    def _binary(self, node: ast.BinOp, depth: int) -> _Compute:
        left, right = self._compile(node.left, depth + 1), self._compile(node.right, depth + 1)
        columns = node.left.col_offset, node.right.col_offset
        if isinstance(node.op, ast.BitAnd):
            return _joining(left, right, columns)
        known = _ARITHMETIC.get(type(node.op))
        if known is None:
            raise _wrong(node.right, "A formula knows + - * / and & between two values, and no powers.")
        return _calculating(known[1], left, right, columns)

    def _comparison(self, node: ast.Compare, depth: int) -> _Compute:
        if len(node.ops) > 1:
            raise _wrong(node.comparators[1], "Two comparisons are joined with and: 1 < x and x < 5.")
        op, right_node = node.ops[0], node.comparators[0]
        left, columns = self._compile(node.left, depth + 1), (node.left.col_offset, right_node.col_offset)
        if isinstance(op, ast.In | ast.NotIn):
            return self._membership(left, right_node, depth, columns[0], is_wanted=isinstance(op, ast.In))
        right = self._compile(right_node, depth + 1)
        if isinstance(op, ast.Eq):
            return lambda fields, facts: _equal(left(fields, facts), right(fields, facts), columns[1])
        if isinstance(op, ast.NotEq):
            return lambda fields, facts: not _equal(left(fields, facts), right(fields, facts), columns[1])
        known = _ORDERS.get(type(op))
        if known is None:
            raise _wrong(right_node, "Values are compared with ==, <>, <, <=, > and >=.")
        return lambda fields, facts: _ordered(known, left(fields, facts), right(fields, facts), columns[1])

    def _membership(self, left: _Compute, node: ast.expr, depth: int, column: int, *, is_wanted: bool) -> _Compute:
        options = node.elts if isinstance(node, ast.Tuple) else [node]
        if not options:
            raise _wrong(node, "A list holds at least one value: ('a', 'b').")
        parts = tuple((self._compile(option, depth + 1), option.col_offset) for option in options)

        def is_among(fields: Fields, facts: Facts) -> Scalar:
            value = left(fields, facts)
            return any(_equal(value, part(fields, facts), at) for part, at in parts) is is_wanted

        return is_among

    def _choice(self, test: ast.expr, body: ast.expr, orelse: ast.expr, depth: int) -> _Compute:
        decide, column = self._compile(test, depth + 1), test.col_offset
        yes, no = self._compile(body, depth + 1), self._compile(orelse, depth + 1)
        return lambda fields, facts: (yes if _truth(decide(fields, facts), column) else no)(fields, facts)

    def _call(self, node: ast.Call, depth: int) -> _Compute:
        if not isinstance(node.func, ast.Name):
            raise _wrong(node, "Only a function can be called.")
        name = self._reading.names.get(node.func.col_offset, "").lower()
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise _wrong(node, "A function takes plain values, with commas between them.")
        if name == "field":
            return self._named_field(node)
        if name == "if":
            if len(node.args) != 3:
                raise _wrong(node, "if takes 3 values: if(condition, then, otherwise).")
            return self._choice(node.args[0], node.args[1], node.args[2], depth)
        parts = tuple(self._compile(argument, depth + 1) for argument in node.args)
        if name == "coalesce":
            if not 1 <= len(parts) <= MOST_ARGUMENTS:
                raise _wrong(node, f"coalesce takes 1 to {MOST_ARGUMENTS} values.")
            return _coalescing(parts)
        return _calling(name, node, parts)

    def _named_field(self, node: ast.Call) -> _Compute:
        path = self._reading.literals.get(node.args[0].col_offset) if len(node.args) == 1 else None
        if not isinstance(path, str) or not path or not isinstance(node.args[0], ast.Constant):
            raise _wrong(node, "field takes the name of a field as a text: field('in').")
        return self._field_or_macro(path, node)


def _wrong(node: ast.expr, said: str) -> FormulaError:
    return FormulaError(max(node.col_offset, 1), said)


def _macro(name: str, node: ast.expr) -> MacroName:
    try:
        return MacroName(name[1:].lower())
    except ValueError:
        close = get_close_matches(name.upper(), [f"_{one.value.upper()}" for one in MacroName], n=1)
        raise _wrong(node, f"No macro is called “{name}”." + (f" Do you mean {close[0]}?" if close else "")) from None


def _number(value: Scalar, column: int) -> Decimal | None:
    try:
        return number_at((value,), 0)
    except ArgumentError as error:
        raise FormulaError(column, error.said) from None


def _truth(value: Scalar, column: int) -> bool:
    if isinstance(value, bool):
        return value
    if is_blank(value):
        return False
    raise FormulaError(column, f"A yes or no is needed here, and this is {kind_of(value)}.")


def _equal(left: Scalar, right: Scalar, column: int) -> bool:
    if is_blank(left) or is_blank(right):
        return is_blank(left) and is_blank(right)
    _same_kind(left, right, column)
    return left == right


def _ordered(decide: Callable[[int, int], bool], left: Scalar, right: Scalar, column: int) -> bool:
    if is_blank(left) or is_blank(right):
        return False
    _same_kind(left, right, column)
    if isinstance(left, bool) or isinstance(right, bool):
        raise FormulaError(column, "Yes and no have no order.")
    match left, right:
        case (int() | Decimal(), int() | Decimal()):
            order = (left > right) - (left < right)
        case (datetime(), datetime()) | (str(), str()) | (date(), date()):
            order = (left > right) - (left < right)  # type: ignore[operator]  # both are of one kind
        case _:
            raise FormulaError(column, "These values have no order.")
    return decide(order, 0)


def _same_kind(left: Scalar, right: Scalar, column: int) -> None:
    if kind_of(left) != kind_of(right):
        raise FormulaError(column, f"{kind_of(left).capitalize()} and {kind_of(right)} cannot be compared.")


def _all_true(parts: tuple[tuple[_Compute, int], ...]) -> _Compute:
    return lambda fields, facts: all(_truth(part(fields, facts), column) for part, column in parts)


def _any_true(parts: tuple[tuple[_Compute, int], ...]) -> _Compute:
    return lambda fields, facts: any(_truth(part(fields, facts), column) for part, column in parts)


def _joining(left: _Compute, right: _Compute, columns: tuple[int, int]) -> _Compute:
    def join(fields: Fields, facts: Facts) -> Scalar:
        try:
            return short(text_of(left(fields, facts)) + text_of(right(fields, facts)))
        except ArgumentError as error:
            raise FormulaError(columns[1], error.said) from None

    return join


def _calculating(
    operation: Callable[[Decimal, Decimal], Decimal], left: _Compute, right: _Compute, columns: tuple[int, int]
) -> _Compute:
    def calculate(fields: Fields, facts: Facts) -> Scalar:
        one, other = _number(left(fields, facts), columns[0]), _number(right(fields, facts), columns[1])
        if one is None or other is None:
            return None
        try:
            return combine(operation, one, other)
        except NumberError as error:
            raise FormulaError(columns[1], str(error)) from None

    return calculate


def _coalescing(parts: tuple[_Compute, ...]) -> _Compute:
    return lambda fields, facts: next((v for part in parts if not is_blank(v := part(fields, facts))), None)


def _calling(name: str, node: ast.Call, parts: tuple[_Compute, ...]) -> _Compute:
    function = FUNCTIONS.get(name)
    if function is None:
        close = get_close_matches(name, (*FUNCTIONS, *_LAZY), n=1)
        raise _wrong(node, f"No function is called “{name}”." + (f" Do you mean {close[0]}?" if close else ""))
    if not function.fewest <= len(parts) <= function.most:
        raise _wrong(
            node,
            f"{function.name} takes {_counted(function.fewest, function.most)}: {function.name}({function.arguments}).",
        )
    apply, own = function.apply, node.col_offset
    columns = tuple(argument.col_offset for argument in node.args)

    def call(fields: Fields, facts: Facts) -> Scalar:
        try:
            return apply([part(fields, facts) for part in parts])
        except ArgumentError as error:
            raise FormulaError(columns[error.index] if error.index < len(columns) else own, error.said) from None
        except NumberError as error:
            raise FormulaError(own, str(error)) from None

    return call


def _counted(fewest: int, most: int) -> str:
    if fewest == most:
        return "no value" if most == 0 else "1 value" if most == 1 else f"{most} values"
    return f"{fewest} to {most} values"
