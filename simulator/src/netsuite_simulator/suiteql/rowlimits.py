"""How many rows a query wants: ROWNUM, FETCH FIRST and OFFSET as Oracle writes them (reference §5.11).

Reads syntax trees; compiles nothing.
"""

from __future__ import annotations

from sqlglot import exp

from netsuite_simulator.suiteql.errors import unsupported
from netsuite_simulator.suiteql.expressions import only


def row_limit(node: exp.Expr) -> int | str | None:
    """Read `ROWNUM <= n`, `ROWNUM < n` or `ROWNUM = 1`."""
    bare = node.unnest()
    column = bare.this
    if not isinstance(column, exp.Column) or column.table or column.name.lower() != "rownum":
        return None
    limit = whole(bare.expression)
    match bare:
        case exp.LTE():
            return limit
        case exp.LT() if isinstance(limit, int):
            return max(limit - 1, 0)
        case exp.EQ() if limit == 1:
            return 1
        case _:
            raise unsupported("ROWNUM other than as 'ROWNUM <= number'")


def whole(node: exp.Expr | None) -> int | str:
    """Read a whole number, or the name of the parameter that will hold one."""
    if isinstance(node, exp.Placeholder):
        return f":{node.name}"
    if isinstance(node, exp.Literal) and not node.is_string and str(node.this).isdigit():
        return int(node.this)
    raise unsupported("A number of rows other than a whole number")


def limits(node: exp.Expr) -> tuple[int | str | None, int | str | None]:
    """Read FETCH FIRST and OFFSET: how many rows, and after how many."""
    limit: int | str | None = None
    offset: int | str | None = None
    fetch, skip = node.args.get("limit"), node.args.get("offset")
    if fetch is not None:
        options = fetch.args.get("limit_options")
        if not isinstance(fetch, exp.Fetch) or (
            options and (options.args.get("percent") or options.args.get("with_ties"))
        ):
            raise unsupported("A row limit other than FETCH FIRST n ROWS ONLY or ROWNUM")
        limit = whole(fetch.args["count"]) if fetch.args.get("count") else 1
    if skip is not None:
        only(skip, "expression")
        offset = whole(skip.expression)
    return limit, offset
