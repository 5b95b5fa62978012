"""`BUILTIN.DF`: the text that NetSuite's pages show for a reference, a choice or a check box (reference §5.11).

Knows the tables only as data; an id whose record is not there, or whose list the account does not hold, stays an id.
"""

from __future__ import annotations

from collections.abc import Mapping

from netsuite_simulator.schemas.fields import Kind, RecordType
from netsuite_simulator.suiteql.pieces import Form, Piece, as_text, built, quoted_text
from netsuite_simulator.tables import Table, column_name, quoted


def display(piece: Piece, tables: Mapping[str, Table]) -> Piece:
    """Compile `BUILTIN.DF(piece)`."""
    column = piece.column
    if column is None:
        return built(as_text(piece), Form.TEXT, piece)
    match column.kind:
        case Kind.REFERENCE:
            sql = _one(piece.sql, _types(column.refers_to, tables))
        case Kind.REFERENCES:
            sql = _many(piece.sql, _types(column.refers_to, tables))
        case Kind.CHOICE:
            cases = "".join(
                f" WHEN {quoted_text(one.id)} THEN {quoted_text(one.label)}" for one in dict.fromkeys(column.choices)
            )
            sql = f"CASE {piece.sql}{cases} ELSE {piece.sql} END" if cases else piece.sql
        case Kind.BOOLEAN:
            sql = f"CASE {piece.sql} WHEN 'T' THEN 'Yes' WHEN 'F' THEN 'No' END"
        case _:
            sql = as_text(piece)
    return built(sql, Form.TEXT, piece)


Shown = tuple[RecordType, Table]


def _types(names: tuple[str, ...], tables: Mapping[str, Table]) -> list[Shown]:
    """List the record types referred to, one per table: types of one table share its ids."""
    by_table = {
        table.name: (record_type, table)
        for table in tables.values()
        for record_type in table.types
        if record_type.name in names
    }
    return list(by_table.values())


def _name_column(record_type: RecordType) -> str | None:
    for one in record_type.fields:
        if one.name == record_type.name_field:
            return quoted(column_name(one))
    return None


def _name_of(shown: Shown, where: str) -> str | None:
    record_type, table = shown
    column = _name_column(record_type)
    if column is None:
        return None
    source = quoted(record_type.table)
    if table.restriction is not None:  # a role reads no names of records that it may not see
        source = f"(SELECT * FROM {source} WHERE {table.restriction})"  # noqa: S608 - ids and the schema's own names
    return f"(SELECT r.{column} FROM {source} AS r WHERE r.id = {where})"  # noqa: S608 - schema names


def _one(sql: str, types: list[Shown]) -> str:
    names = [name for shown in types if (name := _name_of(shown, sql)) is not None]
    return f"COALESCE({', '.join([*names, f'CAST({sql} AS TEXT)'])})" if names else f"CAST({sql} AS TEXT)"


def _many(sql: str, types: list[Shown]) -> str:
    """Ids are kept as "1, 3, 4", which between brackets is a JSON array."""
    each = _one("j.value", types)
    return f"(SELECT group_concat({each}, ', ') FROM json_each('[' || {sql} || ']') AS j)"  # noqa: S608 - compiled parts only
