"""Statements for many rows at once, in each database's own fast way. It knows columns and their types, no meaning.

SQLite repeats one prepared statement. PostgreSQL takes one statement with an array for each column: one plan for all rows, where a plan
for each row costs more and, on statistics that lag behind a growing table, may choose a scan for every single one (measured: 6 ms a row).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from django.apps import apps

from suitebridge.adapters.store.databases import Database, Parameter, Row


def insert(database: Database, table: str, columns: Sequence[str], rows: Sequence[Row], conflict: str) -> None:
    """Add rows; `conflict` is the ON CONFLICT clause of an upsert. PostgreSQL refuses a batch that upserts one row twice."""
    if not rows:
        return
    names = ", ".join(columns)
    if database.is_sqlite:
        marks = ", ".join(["%s"] * len(columns))
        database.execute_many(f"INSERT INTO {table} ({names}) VALUES ({marks}) {conflict}", rows)  # noqa: S608
    else:
        statement = f"INSERT INTO {table} ({names}) SELECT * FROM {_arrays(database, table, columns)} {conflict}"  # noqa: S608
        database.execute(statement, _by_column(rows))


def update(database: Database, table: str, columns: Sequence[str], *, keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Set columns of rows found by their keys; each row holds the columns' values, then the keys'."""
    if not rows:
        return
    if database.is_sqlite:
        assignments = ", ".join(f"{column} = %s" for column in columns)
        condition = " AND ".join(f"{key} = %s" for key in keys)
        database.execute_many(f"UPDATE {table} SET {assignments} WHERE {condition}", rows)  # noqa: S608
    else:
        named = (*columns, *keys)
        assignments = ", ".join(f"{column} = v.{column}" for column in columns)
        condition = " AND ".join(f"t.{key} = v.{key}" for key in keys)
        source = f"{_arrays(database, table, named)} AS v({', '.join(named)})"
        statement = f"UPDATE {table} t SET {assignments} FROM {source} WHERE {condition}"  # noqa: S608
        database.execute(statement, _by_column(rows))


def _arrays(database: Database, table: str, columns: Sequence[str]) -> str:
    types = _column_types(database, table)
    return f"unnest({', '.join(f'%s::{types[column]}[]' for column in columns)})"


def _by_column(rows: Sequence[Row]) -> list[Parameter]:
    """Turn rows into columns; a column may mix values and None, which the driver's array takes and its type does not say."""
    return cast("list[Parameter]", [list(column) for column in zip(*rows, strict=True)])


@cache
def _column_types(database: Database, table: str) -> Mapping[str, str]:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    connection = database.connection
    return {
        field.column: str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))
        for field in model._meta.concrete_fields
        if field.column
    }
