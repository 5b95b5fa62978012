"""SELECT statements, compiled: clauses, joins, set operations, row limits (reference §5.11).

The result of a compilation is text for SQLite and the names and forms of its output columns; nothing is run here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from netsuite_simulator.suiteql.errors import invalid, unsupported
from netsuite_simulator.suiteql.expressions import compile_condition, compile_value, only
from netsuite_simulator.suiteql.parsing import parse
from netsuite_simulator.suiteql.pieces import Form, Piece, in_form, shared_form
from netsuite_simulator.suiteql.rowlimits import limits, row_limit, whole
from netsuite_simulator.suiteql.rows import is_row_name
from netsuite_simulator.suiteql.scopes import Names, Nested, Scope, Source
from netsuite_simulator.tables import Table, quoted

DEEPEST = 20  # nested SELECTs
_CONSTANT = re.compile(r"[-\d.() ]+")
_NEVER_NULL = frozenset({"id", "uniquekey"})
_SET_WORDS: dict[type[exp.Expr], str] = {exp.Union: "UNION", exp.Except: "EXCEPT", exp.Intersect: "INTERSECT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A query in parts: `limit` and `offset` are whole numbers or the names of parameters (":p3")."""

    core: str
    order: str
    outputs: tuple[tuple[str, Piece], ...]
    limit: int | str | None = None
    offset: int | str | None = None
    parameters: int = 0
    simple: bool = True  # one plain SELECT, not a set operation
    tail: str | None = None  # FROM and all that follows in `core`, where another select list may stand before it
    counted: str | None = None  # what has as many rows as `core` and computes no column; None where only `core` has
    table: str | None = None  # the one table that is read, where every row of the answer is one of its rows

    @property
    def sql(self) -> str:
        """The whole statement."""
        text = self.core + self.order
        if self.limit is not None or self.offset is not None:
            text += f" LIMIT {-1 if self.limit is None else self.limit}"
        return text if self.offset is None else f"{text} OFFSET {self.offset}"


def compile_text(text: str, tables: Mapping[str, Table]) -> Compiled:
    """Parse and compile a query over the tables that its role may see."""
    tree, parameters = parse(text)
    try:
        compiled = _query(tree, Scope(names=Names(tables=tables, nested=_nested)))
    except RecursionError as error:
        raise unsupported("A query nested this deeply") from error
    return replace(compiled, parameters=parameters, outputs=_distinct_names(compiled.outputs))


def _distinct_names(outputs: tuple[tuple[str, Piece], ...]) -> tuple[tuple[str, Piece], ...]:
    """Give a repeated output name a number, as one JSON object holds it once."""
    taken = {"links"}  # each item has its links
    found = []
    for name, piece in outputs:
        numbered = (f"{name}_{count}" for count in range(1, len(outputs) + 2))
        free = name if name not in taken else next(one for one in numbered if one not in taken)
        taken.add(free)
        found.append((free, piece))
    return tuple(found)


def _nested(node: exp.Expr, outer: Scope) -> Nested:
    names = outer.names
    names.depth += 1
    if names.depth > DEEPEST:
        raise unsupported(f"More than {DEEPEST} nested queries")
    compiled = _query(node, outer)
    names.depth -= 1
    return Nested(sql=compiled.sql, outputs=compiled.outputs)


def _query(node: exp.Expr, outer: Scope) -> Compiled:
    """Compile a query; `outer` is what its expressions may also name."""
    match node:
        case exp.Subquery():
            only(node, "this", "alias")
            return _query(node.this, outer)
        case exp.Select():
            return _select(node, outer)
        case exp.Union() | exp.Except() | exp.Intersect():
            return _set_operation(node, outer)
        case _:
            raise unsupported(f"'{node.key.upper()}' as a query")


def _with(node: exp.Expr, scope: Scope) -> None:
    clause = node.args.get("with_")
    if clause is None:
        return
    only(clause, "expressions")
    for one in clause.expressions:
        only(one, "this", "alias")
        if one.args["alias"].args.get("columns"):
            raise unsupported("A column list in WITH")
        scope.subqueries[one.alias.lower()] = scope.names.nested(one.this, scope)


def _select(node: exp.Select, outer: Scope) -> Compiled:
    only(
        node,
        *("with_", "hint", "distinct", "expressions", "from_", "joins", "where", "group", "having"),
        *("order", "limit", "offset"),
    )
    scope = Scope(names=outer.names, outer=outer)
    _with(node, scope)
    origin = _from(node, scope)
    conditions, row_limit = _where(node, scope)
    groups = _groups(node, scope)
    outputs = _outputs(node, scope)
    having = compile_condition(node.args["having"].this, scope) if node.args.get("having") else None
    order = _order(node, scope, outputs, conditions)
    _check_groups(bool(groups) or having is not None, outputs, having, order)
    distinct = "DISTINCT " if node.args.get("distinct") else ""
    head = f"SELECT {distinct}" + ", ".join(f"{piece.sql} AS c{i}" for i, (_, piece) in enumerate(outputs, 1))
    tail = origin + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    tail += f" GROUP BY {', '.join(group.sql for group in groups)}" if groups else ""
    tail += f" HAVING {having.sql}" if having is not None else ""
    limit, offset = limits(node)
    aggregates = any(piece.aggregates for _, piece in outputs)
    compiled = Compiled(
        core=head + tail,
        order=_order_text(order),
        outputs=outputs,
        limit=limit,
        offset=offset,
        tail=None if distinct else tail,
        counted=f"SELECT 1{tail}" if groups or not (distinct or aggregates or having is not None) else None,
        table=None if groups or distinct or aggregates or having is not None else _only_table(node, scope),
    )
    if row_limit is None:
        return compiled
    if groups or distinct or aggregates:
        raise unsupported("ROWNUM beside GROUP BY, DISTINCT or a group function; put the query into FROM (…)")
    return _first_rows(compiled, (head, tail), row_limit, order)


def _groups(node: exp.Select, scope: Scope) -> tuple[Piece, ...]:
    """Compile GROUP BY; from here on its expressions count as constants of their group."""
    clause = node.args.get("group")
    if clause is None:
        return ()
    only(clause, "expressions")
    groups = tuple(compile_value(one, scope) for one in clause.expressions)
    if any(_CONSTANT.fullmatch(group.sql) for group in groups):
        raise unsupported("A constant in GROUP BY")
    scope.grouped = frozenset(group.sql for group in groups)
    return groups


def _from(node: exp.Select, scope: Scope) -> str:
    clause = node.args.get("from_")
    if clause is None:
        raise invalid("Invalid or unsupported search. FROM keyword not found where expected; use FROM DUAL.")
    only(clause, "this")
    source = _source(clause.this, scope)
    text = f" FROM {source.sql} AS {source.alias}"
    for join in node.args.get("joins") or ():
        only(join, "this", "on", "side", "kind")
        side, kind = join.side.upper(), join.kind.upper()
        if side not in {"", "LEFT"} or kind not in {"", "INNER", "OUTER", "CROSS"}:
            raise unsupported(" ".join(filter(None, (side, kind, "JOIN"))))
        joined = _source(join.this, scope)
        condition = compile_condition(join.args["on"], scope) if join.args.get("on") else None
        if condition is None and (side or kind in {"INNER", "OUTER"}):
            raise invalid("Invalid or unsupported search. A JOIN needs ON.")
        word = "LEFT JOIN" if side else "JOIN" if condition else "CROSS JOIN"
        text += f" {word} {joined.sql} AS {joined.alias}"
        text += f" ON {condition.sql}" if condition else ""
    return text


def _only_table(node: exp.Select, scope: Scope) -> str | None:
    """Name the one table a query reads its rows from; None where there are more, or where it is no plain table."""
    source = node.args["from_"].this
    if node.args.get("joins") or not isinstance(source, exp.Table):
        return None
    table = scope.names.tables.get(source.name.lower())
    is_plain = table is not None and table.view is None and scope.subquery(source.name.lower()) is None
    return quoted(source.name.lower()) if is_plain else None


def _source(node: exp.Expr, scope: Scope) -> Source:
    match node:
        case exp.Table():
            only(node, "this", "alias")
            name = node.name.lower()
            nested = scope.subquery(name)
            source = scope.names.table_source(name) if nested is None else nested.source(scope.names.alias())
        case exp.Subquery():
            only(node, "this", "alias")
            name = f"({scope.names.aliases})"  # no identifier looks like this
            # A subquery in FROM may not name its neighbors, but it may name what WITH defined.
            inner = Scope(names=scope.names, outer=scope.outer, subqueries=scope.subqueries)
            source = scope.names.nested(node.this, inner).source(scope.names.alias())
        case _:
            raise unsupported(f"'{node.key.upper()}' in FROM")
    scope.add(node.alias.lower() or name, source)
    return source


def _conjuncts(node: exp.Expr) -> list[exp.Expr]:
    bare = node.unnest()
    return list(bare.flatten()) if isinstance(bare, exp.And) else [node]


def _where(node: exp.Select, scope: Scope) -> tuple[list[str], int | str | None]:
    """Compile WHERE; conditions on ROWNUM become a row limit."""
    clause = node.args.get("where")
    if clause is None:
        return [], None
    conditions: list[str] = []
    limit: int | str | None = None
    for one in _conjuncts(clause.this):
        rows = row_limit(one)
        if rows is not None:
            if limit is not None:
                raise unsupported("More than one condition on ROWNUM")
            limit = rows
            continue
        condition = compile_condition(one, scope)
        if condition.aggregates:
            raise invalid("Invalid or unsupported search. A group function is not allowed in WHERE.")
        conditions.append(condition.sql)
    return conditions, limit


def _outputs(node: exp.Select, scope: Scope) -> tuple[tuple[str, Piece], ...]:
    found: list[tuple[str, Piece]] = []
    scope.numbers_rows = True
    for one in node.expressions:
        inner = one.this if isinstance(one, exp.Alias) else one
        if isinstance(inner, exp.Star):
            only(inner)
            found += scope.star(None)
        elif isinstance(inner, exp.Column) and isinstance(inner.this, exp.Star):
            found += scope.star(inner.table.lower())
        else:
            name = one.alias.lower() if isinstance(one, exp.Alias) else ""
            if not is_row_name(name):
                raise unsupported("An alias with a quotation mark, a backslash or a control character")
            if not name:
                name = inner.name.lower() if isinstance(inner, exp.Column) else f"expr{len(found) + 1}"
            found.append((name, compile_value(inner, scope)))
    scope.numbers_rows = False
    if not found:
        raise invalid("Invalid or unsupported search. The SELECT list is empty.")
    return tuple(found)


def _check_groups(
    grouped: bool, outputs: tuple[tuple[str, Piece], ...], having: Piece | None, order: list[tuple[Piece, str]]
) -> None:
    """Refuse a bare column beside group functions, as Oracle does (ORA-00979)."""
    if not grouped and not any(piece.aggregates for _, piece in outputs):
        return
    for name, piece in outputs:
        if piece.loose:
            raise invalid(f"Invalid or unsupported search. '{name}' is not a GROUP BY expression.")
    if (having is not None and having.loose) or any(piece.loose for piece, _ in order):
        raise invalid("Invalid or unsupported search. HAVING or ORDER BY names what is not a GROUP BY expression.")


def _order(
    node: exp.Expr, scope: Scope, outputs: tuple[tuple[str, Piece], ...], conditions: list[str]
) -> list[tuple[Piece, str]]:
    """Compile ORDER BY: positions, output names, then any expression, each with its direction."""
    clause = node.args.get("order")
    found: list[tuple[Piece, str]] = []
    for one in clause.expressions if clause is not None else ():
        only(one, "this", "desc", "nulls_first")
        piece = _output_named(one.this, outputs) or compile_value(one.this, scope)
        if _CONSTANT.fullmatch(piece.sql):
            continue  # orders nothing, and SQLite would take it for a position
        descending, nulls_first = bool(one.args.get("desc")), bool(one.args.get("nulls_first"))
        direction = " DESC" if descending else ""
        # SQLite's own order of NULLs is the opposite of Oracle's; naming it costs the index, so not where none can be.
        never_null = piece.column is not None and piece.column.name in _NEVER_NULL
        is_compared = any(text.startswith(f"({piece.sql} {sign}") for text in conditions for sign in "<>=")
        if not never_null and not is_compared:
            direction += " NULLS FIRST" if nulls_first else " NULLS LAST"
        found.append((piece, direction))
    return found


def _output_named(node: exp.Expr, outputs: tuple[tuple[str, Piece], ...]) -> Piece | None:
    if isinstance(node, exp.Literal) and not node.is_string:
        position = whole(node)
        if not isinstance(position, int) or not 1 <= position <= len(outputs):
            raise invalid(f"Invalid or unsupported search. ORDER BY item {node.this} is not in the SELECT list.")
        return outputs[position - 1][1]
    if isinstance(node, exp.Column) and not node.table:
        return next((piece for name, piece in outputs if name == node.name.lower()), None)
    return None


def _order_text(order: list[tuple[Piece, str]]) -> str:
    return f" ORDER BY {', '.join(piece.sql + direction for piece, direction in order)}" if order else ""


def _first_rows(
    compiled: Compiled, parts: tuple[str, str], rows: int | str, order: list[tuple[Piece, str]]
) -> Compiled:
    """Limit first and order afterwards, which is what ROWNUM means beside ORDER BY."""
    if not order:
        if compiled.limit is not None or compiled.offset is not None:
            raise unsupported("ROWNUM beside FETCH FIRST")
        return replace(compiled, limit=rows)
    head, tail = parts
    keys = "".join(f", {piece.sql} AS o{number}" for number, (piece, _) in enumerate(order, 1))
    columns = ", ".join(f"c{number}" for number in range(1, len(compiled.outputs) + 1))
    core = f"SELECT {columns} FROM ({head}{keys}{tail} LIMIT {rows})"  # noqa: S608 - compiled parts only
    keys_out = ", ".join(f"o{number}{direction}" for number, (_, direction) in enumerate(order, 1))
    return replace(compiled, core=core, order=f" ORDER BY {keys_out}", tail=None, counted=None, table=None)


def _set_operation(node: exp.SetOperation, outer: Scope) -> Compiled:
    only(node, "with_", "this", "expression", "distinct", "order", "limit", "offset")
    scope = Scope(names=outer.names, outer=outer)
    _with(node, scope)
    word = _SET_WORDS[type(node)]
    if not node.args.get("distinct"):
        if word != "UNION":
            raise unsupported(f"{word} ALL")
        word = "UNION ALL"
    left, right = _query(node.left, scope), _query(node.right, scope)
    if len(left.outputs) != len(right.outputs):
        raise invalid(
            "Invalid or unsupported search. The queries of a set operation have different numbers of columns."
        )
    forms = [shared_form(one, other) for (_, one), (_, other) in zip(left.outputs, right.outputs, strict=True)]
    outputs = tuple(
        (name, Piece(sql=f"c{number}", form=form))
        for number, ((name, _), form) in enumerate(zip(left.outputs, forms, strict=True), 1)
    )
    order = _order(node, Scope(names=outer.names), outputs, [])
    core = f"{_operand(left, forms)} {word} {_operand(right, forms)}"
    limit, offset = limits(node)
    return Compiled(core=core, order=_order_text(order), outputs=outputs, limit=limit, offset=offset, simple=False)


def _operand(compiled: Compiled, forms: list[Form]) -> str:
    pieces = [piece for _, piece in compiled.outputs]
    if compiled.simple and compiled.sql == compiled.core and [piece.form for piece in pieces] == forms:
        return compiled.core
    columns = ", ".join(
        f"{in_form(Piece(sql=f'c{number}', form=piece.form), form)} AS c{number}"
        for number, (piece, form) in enumerate(zip(pieces, forms, strict=True), 1)
    )
    return f"SELECT {columns} FROM ({compiled.sql})"  # noqa: S608 - compiled parts only
