"""Values and conditions of a query, compiled node by node (reference §5.11).

Every node type has a case here or is refused; nothing that a user typed reaches SQLite except quoted literals and
numbers. Subqueries are compiled by whoever made the `Names`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from netsuite_simulator.suiteql.calls import AGGREGATES, aggregate, call, concatenation
from netsuite_simulator.suiteql.displays import display
from netsuite_simulator.suiteql.errors import QueryError, invalid, unsupported
from netsuite_simulator.suiteql.pieces import (
    TEMPORAL,
    Form,
    Piece,
    as_local,
    as_number,
    as_text,
    built,
    in_form,
    meet,
    quoted_text,
    shared_form,
)
from netsuite_simulator.suiteql.scopes import Nested, Scope

LONGEST_LIST = 1000  # Oracle's own limit, ORA-01795
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_NOW = frozenset({"sysdate", "systimestamp", "current_date", "current_timestamp", "localtimestamp"})
_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}
_PARTS = {"YEAR": (1, 4), "MONTH": (6, 2), "DAY": (9, 2), "HOUR": (12, 2), "MINUTE": (15, 2), "SECOND": (18, 2)}
_CONDITIONS: tuple[type[exp.Expr], ...] = (
    *(exp.And, exp.Or, exp.Not, exp.Like, exp.Escape, exp.Between, exp.In, exp.Is, exp.Exists),
    *_COMPARISONS,
)


def only(node: exp.Expr, *known: str) -> None:
    """Refuse a node with a clause that is not among the known ones."""
    for name, value in node.args.items():
        if name not in known and value not in (None, False, []):
            raise unsupported(f"'{name.rstrip('_').replace('_', ' ').upper()}' in {type(node).__name__.upper()}")


def compile_value(node: exp.Expr, scope: Scope) -> Piece:
    """Compile what has a value; an expression that GROUP BY names counts as a constant of its group."""
    piece = _value(node, scope)
    if piece.loose and piece.sql in scope.grouped:
        return replace(piece, loose=frozenset())
    return piece


def _value(node: exp.Expr, scope: Scope) -> Piece:
    match node:
        case exp.Paren():
            return compile_value(node.this, scope)
        case exp.Column():
            return _column(node, scope)
        case exp.Literal():
            return _literal(node)
        case exp.Null():
            return Piece(sql="NULL", form=Form.OPEN)
        case exp.Placeholder():
            return Piece(sql=f":{node.name}", form=Form.OPEN)
        case exp.Neg():
            operand = compile_value(node.this, scope)
            return built(f"(- {as_number(operand)})", Form.NUMBER, operand)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
            return _arithmetic(node, compile_value(node.left, scope), compile_value(node.right, scope))
        case exp.DPipe():
            return concatenation((compile_value(node.left, scope), compile_value(node.right, scope)))
        case exp.Case():
            return _case(node, scope)
        case exp.Anonymous() | exp.Dot():
            return _call(node, scope)
        case exp.Subquery() | exp.Select():
            nested = _single(scope.names.nested(node, scope))
            return Piece(sql=f"({nested.sql})", form=nested.outputs[0][1].form, column=nested.outputs[0][1].column)
        case _:
            return _typed(node, scope)


def _typed(node: exp.Expr, scope: Scope) -> Piece:
    """Compile what names a type or a part of a date."""
    match node:
        case exp.Cast():
            only(node, "this", "to")
            return _cast(compile_value(node.this, scope), str(node.to.this.value).upper())
        case exp.DateStrToDate():
            value = compile_value(node.this, scope)
            return built(f"ns_read({as_text(value)}, 'YYYY-MM-DD')", Form.LOCAL, value)
        case exp.StrToTime():
            value = compile_value(node.this, scope)
            return built(f"ns_read({as_text(value)}, 'YYYY-MM-DD HH24:MI:SSXFF')", Form.LOCAL, value)
        case exp.Extract():
            value = compile_value(node.expression, scope)
            part = _PARTS.get(node.name.upper())
            if part is None:
                raise unsupported(f"EXTRACT({node.name.upper()})")
            return built(f"CAST(substr({as_local(value)}, {part[0]}, {part[1]}) AS INTEGER)", Form.NUMBER, value)
        case _ if isinstance(node, _CONDITIONS):
            raise unsupported("A condition where a value is expected")
        case _:
            raise unsupported(f"The expression '{node.key.upper()}'")


def _column(node: exp.Column, scope: Scope) -> Piece:
    only(node, "this", "table")
    name = node.name.lower()
    if isinstance(node.this, exp.Star):
        raise unsupported("'*' here")
    if not node.table:
        if name in _NOW:
            return Piece(sql=":now", form=Form.LOCAL)
        if name == "rownum":
            if not scope.numbers_rows:
                raise unsupported("ROWNUM other than as 'ROWNUM <= number' in WHERE or in the select list")
            return Piece(sql="row_number() OVER ()", form=Form.NUMBER)
    return scope.column(name, node.table.lower() or None)


def _literal(node: exp.Literal) -> Piece:
    text = str(node.this)
    if node.is_string:
        return Piece(sql=quoted_text(text), form=Form.TEXT) if text else Piece(sql="NULL", form=Form.OPEN)
    if not _NUMBER.fullmatch(text):
        raise invalid(f"Search error occurred: '{text}' is not a number.")
    return Piece(sql=text, form=Form.NUMBER)


def _arithmetic(node: exp.Expr, left: Piece, right: Piece) -> Piece:
    temporal = (left.form in TEMPORAL, right.form in TEMPORAL)
    match node:
        case exp.Sub() if all(temporal):
            return built(f"ns_days_between({as_local(left)}, {as_local(right)})", Form.NUMBER, left, right)
        case exp.Add() if temporal == (False, True):
            return _arithmetic(node, right, left)
        case exp.Add() | exp.Sub() if temporal == (True, False):
            sign = "-" if isinstance(node, exp.Sub) else "+"
            return built(f"ns_shift({as_local(left)}, {sign} {as_number(right)})", Form.LOCAL, left, right)
        case exp.Add():
            sql = f"({as_number(left)} + {as_number(right)})"
        case exp.Sub():
            sql = f"({as_number(left)} - {as_number(right)})"
        case exp.Mul():
            sql = f"({as_number(left)} * {as_number(right)})"
        case _:
            sql = f"({as_number(left)} * 1.0 / {as_number(right)})"
    return built(sql, Form.NUMBER, left, right)


def _case(node: exp.Case, scope: Scope) -> Piece:
    tested = compile_value(node.this, scope) if node.this else None
    parts: list[Piece] = []
    branches: list[tuple[str, Piece]] = []
    for branch in node.args["ifs"]:
        if tested is None:
            condition = compile_condition(branch.this, scope)
        else:
            condition = _compared("=", tested, compile_value(branch.this, scope))
        result = compile_value(branch.args["true"], scope)
        parts += [condition, result]
        branches.append((condition.sql, result))
    default = compile_value(node.args["default"], scope) if node.args.get("default") else None
    results = [result for _, result in branches] + ([default] if default else [])
    form = shared_form(*results)
    sql = "CASE" + "".join(f" WHEN {condition} THEN {in_form(result, form)}" for condition, result in branches)
    sql += f" ELSE {in_form(default, form)} END" if default else " END"
    return built(sql, form, *parts, *results)


def _call(node: exp.Anonymous | exp.Dot, scope: Scope) -> Piece:
    if isinstance(node, exp.Dot):
        inner = node.expression
        if node.this.name.upper() != "BUILTIN" or not isinstance(inner, exp.Anonymous):
            raise unsupported(f"'{node.this.name}.{inner.name}'")
        if inner.name.upper() != "DF" or len(inner.expressions) != 1:
            raise unsupported(f"BUILTIN.{inner.name.upper()} with {len(inner.expressions)} arguments")
        return display(compile_value(inner.expressions[0], scope), scope.names.tables)
    name = node.name.upper()
    given: Sequence[exp.Expr] = node.expressions
    if name not in AGGREGATES:
        return call(name, [compile_value(one, scope) for one in given])
    if len(given) != 1:
        raise invalid(f"Search error occurred: the function '{name}' takes one argument.")
    distinct = isinstance(given[0], exp.Distinct)
    if distinct:
        given = given[0].expressions
    if len(given) != 1:
        raise unsupported(f"{name}(DISTINCT …) over several columns")
    return aggregate(
        name, None if isinstance(given[0], exp.Star) else compile_value(given[0], scope), distinct=distinct
    )


def _cast(value: Piece, kind: str) -> Piece:
    match kind:
        case "VARCHAR" | "NVARCHAR" | "CHAR" | "NCHAR" | "TEXT":
            return built(as_text(value), Form.TEXT, value)
        case "DECIMAL" | "INT" | "BIGINT" | "FLOAT" | "DOUBLE" | "NUMBER":
            return built(as_number(value), Form.NUMBER, value)
        case "DATE" | "TIMESTAMP" | "DATETIME":
            sql = f"ns_read({value.sql}, 'YYYY-MM-DD HH24:MI:SSXFF')" if value.form is Form.TEXT else as_local(value)
            if value.form is Form.TEXT and kind == "DATE":
                sql = f"ns_read({value.sql}, 'YYYY-MM-DD')"
            return built(sql, Form.LOCAL, value)
        case _:
            raise unsupported(f"CAST to {kind}")


def compile_condition(node: exp.Expr, scope: Scope) -> Piece:
    """Compile what is true, false or unknown."""
    match node:
        case exp.Paren():
            return compile_condition(node.this, scope)
        case exp.And() | exp.Or():
            word = "AND" if isinstance(node, exp.And) else "OR"
            parts = [compile_condition(one, scope) for one in node.flatten()]
            return built("(" + f" {word} ".join(part.sql for part in parts) + ")", Form.OPEN, *parts)
        case exp.Not():
            inner = compile_condition(node.this, scope)
            return built(f"(NOT {inner.sql})", Form.OPEN, inner)
        case exp.EQ() | exp.NEQ() | exp.GT() | exp.GTE() | exp.LT() | exp.LTE():
            return _compared(
                _COMPARISONS[type(node)], compile_value(node.left, scope), compile_value(node.right, scope)
            )
        case exp.Like() | exp.Escape():
            return _like(node, scope)
        case exp.Between():
            only(node, "this", "low", "high")
            value, low, high = (compile_value(node.args[name], scope) for name in ("this", "low", "high"))
            lower, upper = _compared(">=", value, low), _compared("<=", value, high)
            return built(f"({lower.sql} AND {upper.sql})", Form.OPEN, lower, upper)
        case exp.In():
            return _contained(node, scope)
        case exp.Is() if isinstance(node.expression, exp.Null):
            value = compile_value(node.this, scope)
            return built(f"({value.sql} IS NULL)", Form.OPEN, value)
        case exp.Exists():
            return Piece(sql=f"EXISTS ({scope.names.nested(node.this, scope).sql})", form=Form.OPEN)
        case _:
            raise _no_condition(node)


def _no_condition(node: exp.Expr) -> QueryError:
    if isinstance(node, exp.Column | exp.Literal | exp.Anonymous | exp.Case):
        return invalid(
            "Search error occurred: a value stands where a condition is expected; compare it with something."
        )
    return unsupported(f"The condition '{node.key.upper()}'")


def _compared(operator: str, left: Piece, right: Piece) -> Piece:
    left_sql, right_sql = meet(left, right)
    return built(f"({left_sql} {operator} {right_sql})", Form.OPEN, left, right)


def _like(node: exp.Like | exp.Escape, scope: Scope) -> Piece:
    """Oracle's LIKE tells upper from lower case and SQLite's does not; its GLOB does."""
    escape = ""
    like = node
    if isinstance(node, exp.Escape):
        like = node.this
        if not isinstance(like, exp.Like) or not isinstance(node.expression, exp.Literal):
            raise unsupported("ESCAPE other than after LIKE, with one letter")
        escape = f", {quoted_text(node.expression.name)}"
    only(like, "this", "expression", "negate")
    value, pattern = compile_value(like.this, scope), compile_value(like.expression, scope)
    negation = "NOT " if like.args.get("negate") else ""
    sql = f"({as_text(value)} {negation}GLOB ns_glob({as_text(pattern)}{escape}))"
    return built(sql, Form.OPEN, value, pattern)


def _contained(node: exp.In, scope: Scope) -> Piece:
    only(node, "this", "expressions", "query", "negate")
    value = compile_value(node.this, scope)
    negation = "NOT " if node.args.get("negate") else ""
    query = node.args.get("query")
    if query is not None:
        nested = _single(scope.names.nested(query, scope))
        alias = scope.names.alias()
        left, right = meet(value, Piece(sql=f"{alias}.c1", form=nested.outputs[0][1].form))
        rows = f"SELECT {right} FROM ({nested.sql}) AS {alias}"  # noqa: S608 - compiled parts only
        return built(f"({left} {negation}IN ({rows}))", Form.OPEN, value)
    given = [compile_value(one, scope) for one in node.expressions]
    if len(given) > LONGEST_LIST:
        raise invalid(f"Search error occurred: a list holds more than {LONGEST_LIST} expressions.")
    pairs = [meet(value, one) for one in given]
    lefts = {left for left, _ in pairs}
    if len(lefts) == 1:
        sql = f"({lefts.pop()} {negation}IN ({', '.join(right for _, right in pairs)}))"
    else:
        sql = f"({negation}(" + " OR ".join(f"{left} = {right}" for left, right in pairs) + "))"
    return built(sql, Form.OPEN, value, *given)


def _single(nested: Nested) -> Nested:
    if len(nested.outputs) != 1:
        raise invalid("Search error occurred: a subquery used as a value must have exactly one column.")
    return nested
