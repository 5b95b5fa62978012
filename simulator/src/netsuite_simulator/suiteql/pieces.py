"""Compiled parts of a query: SQLite text together with the form its values have, and how forms meet (reference §5.11).

The forms of time: a DAY is "YYYY-MM-DD", a MOMENT is UTC "YYYY-MM-DD HH:MM:SS" as the tables keep it, a LOCAL is the
same in the account's zone, which is what Oracle's date functions work on. Knows nothing of parsing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.suiteql.errors import invalid
from netsuite_simulator.tables import Column


class Form(enum.Enum):
    """What an expression's values look like inside SQLite."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"  # 'T' or 'F'
    DAY = "day"
    MOMENT = "moment"
    LOCAL = "local"
    OPEN = "open"  # a parameter or NULL: takes the form of what it meets


TEMPORAL = frozenset({Form.DAY, Form.MOMENT, Form.LOCAL})
FORM_OF_KIND = {
    Kind.TEXT: Form.TEXT,
    Kind.INTEGER: Form.NUMBER,
    Kind.DECIMAL: Form.NUMBER,
    Kind.DURATION: Form.NUMBER,
    Kind.BOOLEAN: Form.FLAG,
    Kind.DATE: Form.DAY,
    Kind.INSTANT: Form.MOMENT,
    Kind.CHOICE: Form.TEXT,
    Kind.REFERENCE: Form.NUMBER,
    Kind.REFERENCES: Form.TEXT,
    Kind.LINES: Form.TEXT,
    Kind.SUBRECORD: Form.TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An expression: `loose` names its columns outside any aggregate, `column` is set while it is a bare column."""

    sql: str
    form: Form
    column: Column | None = None
    loose: frozenset[str] = frozenset()
    aggregates: bool = False


def built(sql: str, form: Form, *parts: Piece) -> Piece:
    """Make a piece out of others."""
    return Piece(
        sql=sql,
        form=form,
        loose=frozenset().union(*(part.loose for part in parts)),
        aggregates=any(part.aggregates for part in parts),
    )


def quoted_text(text: str) -> str:
    """Write a text literal; SQLite text ends at a NUL, so there may be none."""
    if "\0" in text:
        raise invalid("Search error occurred: a text holds a NUL character.")
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def as_number(piece: Piece) -> str:
    """Write a piece where a number is needed."""
    if piece.form is Form.NUMBER:
        return piece.sql
    if piece.form in {Form.TEXT, Form.OPEN}:
        return f"ns_number({piece.sql})"
    raise invalid("Search error occurred: a number is expected, not a date or a check box.")


def as_local(piece: Piece) -> str:
    """Write a piece where a local date and time is needed; texts are read in the account's date format."""
    match piece.form:
        case Form.LOCAL:
            return piece.sql
        case Form.DAY:
            return f"({piece.sql} || ' 00:00:00')"
        case Form.MOMENT:
            return f"ns_local({piece.sql})"
        case Form.TEXT | Form.OPEN:
            return f"ns_day_text({piece.sql})"
        case _:
            raise invalid("Search error occurred: a date is expected, not a number or a check box.")


def as_text(piece: Piece) -> str:
    """Write a piece where text is needed."""
    match piece.form:
        case Form.TEXT | Form.FLAG | Form.OPEN:
            return piece.sql
        case Form.NUMBER:
            return f"ns_number_text({piece.sql})"
        case _:
            return f"ns_user_day({as_local(piece)})"


def meet(left: Piece, right: Piece) -> tuple[str, str]:
    """Write two pieces so that they compare as Oracle would compare them."""
    forms = {left.form, right.form}
    if len(forms) == 1:
        return left.sql, right.sql
    if forms & TEMPORAL:
        if Form.MOMENT in forms and Form.DAY not in forms:
            # The column stays bare, so that its index serves.
            return _in_utc(left), _in_utc(right)
        return as_local(left), as_local(right)
    if Form.NUMBER in forms:
        return as_number(left), as_number(right)
    return left.sql, right.sql


def _in_utc(piece: Piece) -> str:
    return piece.sql if piece.form is Form.MOMENT else f"ns_utc({as_local(piece)})"


def shared_form(*pieces: Piece) -> Form:
    """Name the form that branches of one expression share; an open one follows the others."""
    forms = {piece.form for piece in pieces} - {Form.OPEN}
    if not forms:
        return Form.OPEN
    if len(forms) == 1:
        return forms.pop()
    if forms <= {Form.TEXT, Form.FLAG}:
        return Form.TEXT
    if forms <= TEMPORAL:
        return Form.LOCAL
    return Form.TEXT


def in_form(piece: Piece, form: Form) -> str:
    """Write a piece in a form that `shared_form` named."""
    if piece.form in {form, Form.OPEN} or form is Form.OPEN:
        return piece.sql
    if form is Form.LOCAL:
        return as_local(piece)
    return as_text(piece)
