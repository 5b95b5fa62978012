"""The one place where statements are made, and where each is scoped to a company.

Callers give table and column names and conditions written in this package, never a user's text: values go in as parameters.
Every statement carries the company: as a condition where rows are read or changed, as a column where they are added.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from suitebridge.adapters.store import batches
from suitebridge.adapters.store.databases import Cell, Database, Parameter, Row
from suitebridge.domain.schemas.registry import CompanySchemas


class CompanyScope:
    """The rows of one company in one database. `address` is from where it is asked, as far as that is known; the trail's entries carry it.

    `schemas` are the company's record types as they were read last, None before that (`custom_fields`).
    """

    def __init__(self, database: Database, company_id: str, *, address: str = "") -> None:
        self.database = database
        self.company_id = company_id
        self.address = address
        self.schemas: CompanySchemas | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether conditions are spoken in SQLite's dialect."""
        return self.database.is_sqlite

    def select(
        self,
        table: str,
        columns: str,
        *,
        where: str = "",
        parameters: Sequence[Parameter] = (),
        joins: str = "",
        joined: Sequence[Parameter] = (),
        tail: str = "",
    ) -> list[tuple[Cell, ...]]:
        """Read rows of a table, called `r`; `joined` are the parameters of `joins`; `tail` groups, orders and limits."""
        condition = f" AND ({where})" if where else ""
        statement = f"SELECT {columns} FROM {table} r {joins} WHERE r.company_id = %s{condition} {tail}"  # noqa: S608
        return self.database.fetch(statement, (*joined, self.company_id, *parameters))

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row], *, conflict: str = "") -> None:
        """Add rows; `conflict` is the ON CONFLICT clause of an upsert, in which no row may occur twice."""
        company_id = self.company_id
        owned = [(company_id, *row) for row in rows]
        batches.insert(self.database, table, ("company_id", *columns), owned, conflict)

    def update(self, table: str, columns: Sequence[str], *, keys: Sequence[str], rows: Sequence[Row]) -> None:
        """Set columns of many rows; each row holds the columns' values, then the keys'."""
        company_id = self.company_id
        owned = [(*row, company_id) for row in rows]
        batches.update(self.database, table, columns, keys=(*keys, "company_id"), rows=owned)

    def set(self, table: str, assignments: str, *, where: str, parameters: Sequence[Parameter]) -> int:
        """Change what a condition finds; `parameters` are the assignments' and then the condition's. Give how many rows."""
        statement = f"UPDATE {table} SET {assignments} WHERE ({where}) AND company_id = %s"  # noqa: S608
        return self.database.execute(statement, (*parameters, self.company_id))

    def delete(self, table: str, *, where: str, parameters: Sequence[Parameter]) -> int:
        """Remove rows; give how many."""
        statement = f"DELETE FROM {table} WHERE company_id = %s AND ({where})"  # noqa: S608
        return self.database.execute(statement, (self.company_id, *parameters))

    def company_switch(self, column: str) -> bool:
        """Read a decision that stands in the company's own row."""
        rows = self.database.fetch(f"SELECT {column} FROM store_company WHERE id = %s", (self.company_id,))  # noqa: S608
        return bool(rows and rows[0][0])

    def set_company_switch(self, column: str, *, is_on: bool) -> None:
        """Write such a decision, in a transaction that holds the row."""
        statement = f"UPDATE store_company SET {column} = %s WHERE id = %s"  # noqa: S608
        self.database.execute(statement, (is_on, self.company_id))

    def among_texts(self, column: str, values: Sequence[str]) -> tuple[str, Parameter]:
        """Write the condition that a text column is one of many values: one parameter, whatever their number."""
        if self.is_sqlite:
            return f"{column} IN (SELECT value FROM json_each(%s))", msgspec.json.encode(values).decode()  # noqa: S608
        return f"{column} = ANY(%s::text[])", list(values)

    def among_numbers(self, column: str, values: Sequence[int]) -> tuple[str, Parameter]:
        """Write the condition that a number column is one of many values: one parameter, whatever their number."""
        if self.is_sqlite:
            return f"{column} IN (SELECT value FROM json_each(%s))", msgspec.json.encode(values).decode()  # noqa: S608
        return f"{column} = ANY(%s::bigint[])", list(values)
