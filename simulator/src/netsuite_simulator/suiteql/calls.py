"""The functions that a query may call, by name; what is not here is refused (reference §5.11).

A function gets its arguments compiled and answers with a piece. Functions of our own in SQLite (`ns_…`) are in
`functions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from netsuite_simulator.suiteql.errors import invalid, unsupported
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
    shared_form,
)

Call = Callable[[Sequence[Piece]], Piece]


def _text(template: str) -> Call:
    """Compile to a native function whose arguments are texts, `{0}`, `{1}` … in the template."""
    return lambda given: built(template.format(*map(as_text, given)), Form.TEXT, *given)


def _number(template: str) -> Call:
    return lambda given: built(template.format(*map(as_number, given)), Form.NUMBER, *given)


def _coalesce(given: Sequence[Piece]) -> Piece:
    form = shared_form(*given)
    return built(f"COALESCE({', '.join(in_form(one, form) for one in given)})", form, *given)


def _when_set(given: Sequence[Piece]) -> Piece:
    tested, present, absent = given
    form = shared_form(present, absent)
    sql = f"CASE WHEN {tested.sql} IS NOT NULL THEN {in_form(present, form)} ELSE {in_form(absent, form)} END"
    return built(sql, form, *given)


def _decode(given: Sequence[Piece]) -> Piece:
    """DECODE takes two NULLs for equal, which is what SQLite's IS does."""
    tested, *rest = given
    pairs = list(zip(rest[0::2], rest[1::2], strict=False))
    default = rest[-1] if len(rest) % 2 else None
    form = shared_form(*(result for _, result in pairs), *([default] if default else []))
    cases = ""
    for value, result in pairs:
        left, right = meet(tested, value)
        cases += f" WHEN {left} IS {right} THEN {in_form(result, form)}"
    tail = f" ELSE {in_form(default, form)}" if default else ""
    return built(f"CASE{cases}{tail} END", form, *given)


def _null_if(given: Sequence[Piece]) -> Piece:
    left, right = meet(given[0], given[1])
    return built(f"CASE WHEN {left} = {right} THEN NULL ELSE {given[0].sql} END", given[0].form, *given)


def _extreme(function: str) -> Call:
    def call(given: Sequence[Piece]) -> Piece:
        form = shared_form(*given)
        return built(f"{function}({', '.join(in_form(one, form) for one in given)})", form, *given)

    return call


def _substring(given: Sequence[Piece]) -> Piece:
    start = as_number(given[1])
    length = f", {as_number(given[2])}" if len(given) > 2 else ""
    sql = f"substr({as_text(given[0])}, CASE {start} WHEN 0 THEN 1 ELSE {start} END{length})"  # Oracle takes 0 for 1
    return built(sql, Form.TEXT, *given)


def _to_char(given: Sequence[Piece]) -> Piece:
    value = given[0]
    if len(given) == 1:
        return built(as_text(value), Form.TEXT, *given)
    if value.form is Form.MOMENT:
        return built(f"ns_write_moment({value.sql}, {as_text(given[1])})", Form.TEXT, *given)
    if value.form in TEMPORAL:
        return built(f"ns_write({as_local(value)}, {as_text(given[1])})", Form.TEXT, *given)
    raise unsupported("TO_CHAR with a format for a value that is no date")


def _to_date(given: Sequence[Piece]) -> Piece:
    if given[0].form in TEMPORAL:
        return built(as_local(given[0]), Form.LOCAL, *given)
    if len(given) == 1:
        return built(f"ns_day_text({as_text(given[0])})", Form.LOCAL, *given)
    return built(f"ns_read({as_text(given[0])}, {as_text(given[1])})", Form.LOCAL, *given)


def _extract_utc(given: Sequence[Piece]) -> Piece:
    """Give a time in UTC; that one without a zone is taken for the user's is assumed (§5.11)."""
    value = given[0]
    if value.form is Form.MOMENT:
        return built(value.sql, Form.LOCAL, *given)
    if value.form is Form.LOCAL:
        return built(f"ns_utc({value.sql})", Form.LOCAL, *given)
    raise invalid("Search error occurred: 'SYS_EXTRACT_UTC' takes a time.")


def _truncate(given: Sequence[Piece]) -> Piece:
    if given[0].form in TEMPORAL:
        unit = as_text(given[1]) if len(given) > 1 else "'DD'"
        return built(f"ns_truncate_day({as_local(given[0])}, {unit})", Form.LOCAL, *given)
    places = as_number(given[1]) if len(given) > 1 else "0"
    return built(f"ns_truncate({as_number(given[0])}, {places})", Form.NUMBER, *given)


def _round(given: Sequence[Piece]) -> Piece:
    places = as_number(given[1]) if len(given) > 1 else "0"
    return built(f"ns_round({as_number(given[0])}, {places})", Form.NUMBER, *given)


def _add_months(given: Sequence[Piece]) -> Piece:
    return built(f"ns_add_months({as_local(given[0])}, {as_number(given[1])})", Form.LOCAL, *given)


def _last_day(given: Sequence[Piece]) -> Piece:
    return built(f"ns_last_day({as_local(given[0])})", Form.LOCAL, *given)


def _length(given: Sequence[Piece]) -> Piece:
    return built(f"length({as_text(given[0])})", Form.NUMBER, *given)


def _position(given: Sequence[Piece]) -> Piece:
    return built(f"instr({as_text(given[0])}, {as_text(given[1])})", Form.NUMBER, *given)


def _pad(side: str) -> Call:
    def call(given: Sequence[Piece]) -> Piece:
        fill = as_text(given[2]) if len(given) > 2 else "' '"
        return built(f"ns_pad({as_text(given[0])}, {as_number(given[1])}, {fill}, '{side}')", Form.TEXT, *given)

    return call


def concatenation(given: Sequence[Piece]) -> Piece:
    """Join texts; Oracle takes NULL for an empty text, and an empty text for NULL."""
    joined = " || ".join(f"COALESCE({as_text(one)}, '')" for one in given)
    return built(f"NULLIF({joined}, '')", Form.TEXT, *given)


# Name: fewest arguments, most arguments, what compiles it.
CALLS: Mapping[str, tuple[int, int, Call]] = {
    "NVL": (2, 2, _coalesce),
    "COALESCE": (2, 100, _coalesce),
    "NVL2": (3, 3, _when_set),
    "DECODE": (3, 255, _decode),
    "NULLIF": (2, 2, _null_if),
    "GREATEST": (2, 100, _extreme("max")),
    "LEAST": (2, 100, _extreme("min")),
    "UPPER": (1, 1, _text("ns_upper({0})")),
    "LOWER": (1, 1, _text("ns_lower({0})")),
    "TRIM": (1, 1, _text("trim({0})")),
    "LTRIM": (1, 1, _text("ltrim({0})")),
    "RTRIM": (1, 1, _text("rtrim({0})")),
    "REPLACE": (3, 3, _text("replace({0}, {1}, COALESCE({2}, ''))")),
    "SUBSTR": (2, 3, _substring),
    "LPAD": (2, 3, _pad("left")),
    "RPAD": (2, 3, _pad("right")),
    "CONCAT": (2, 2, concatenation),
    "LENGTH": (1, 1, _length),
    "INSTR": (2, 2, _position),
    "TO_CHAR": (1, 2, _to_char),
    "TO_DATE": (1, 2, _to_date),
    "TO_TIMESTAMP": (1, 2, _to_date),
    "SYS_EXTRACT_UTC": (1, 1, _extract_utc),
    "TO_NUMBER": (1, 1, _number("{0}")),
    "TRUNC": (1, 2, _truncate),
    "ROUND": (1, 2, _round),
    "ABS": (1, 1, _number("abs({0})")),
    "MOD": (2, 2, _number("ns_remainder({0}, {1})")),
    "CEIL": (1, 1, _number("ns_ceiling({0})")),
    "FLOOR": (1, 1, _number("ns_floor({0})")),
    "ADD_MONTHS": (2, 2, _add_months),
    "LAST_DAY": (1, 1, _last_day),
}
AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG"})


def call(name: str, given: Sequence[Piece]) -> Piece:
    """Compile a call of a plain function."""
    known = CALLS.get(name)
    if known is None:
        raise invalid(
            f"Search error occurred: the function '{name}' is not known to SuiteQL, or not to this simulator."
        )
    fewest, most, compiles = known
    if not fewest <= len(given) <= most:
        raise invalid(f"Search error occurred: the function '{name}' does not take {len(given)} arguments.")
    return compiles(given)


def aggregate(name: str, given: Piece | None, *, distinct: bool) -> Piece:
    """Compile a call of an aggregate; None stands for `*`."""
    if given is None:
        if name != "COUNT" or distinct:
            raise invalid(f"Search error occurred: '{name}(*)' means nothing; name a column.")
        return Piece(sql="COUNT(*)", form=Form.NUMBER, aggregates=True)
    if given.aggregates:
        raise invalid(f"Search error occurred: the group function '{name}' holds another group function.")
    form = given.form if name in {"MIN", "MAX"} else Form.NUMBER
    argument = as_number(given) if name in {"SUM", "AVG"} else given.sql
    return Piece(sql=f"{name}({'DISTINCT ' if distinct else ''}{argument})", form=form, aggregates=True)
