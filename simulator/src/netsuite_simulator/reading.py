"""Reading records: by id, by criteria, by name, and those deleted (reference §4.7, §4.10).

Refuses to write and to know permissions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from netsuite_simulator.criteria import Condition, UnknownCriterionError, where_clause
from netsuite_simulator.results import DeletedRecord
from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.shelves import Shelf, Stored
from netsuite_simulator.standard import STANDARD_ROWS
from netsuite_simulator.storage import Storage
from netsuite_simulator.tables import GOES_ALONG, HIDDEN, quoted
from netsuite_simulator.values import Scalar, is_internal_id

_NAMES_AT_ONCE = 900


class Reader:
    """Reads one account's database."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self, shelf: Shelf, number: int) -> Stored | None:
        """Read a record with its sublists."""
        record = shelf.read(self._storage.connection, number)
        if record is not None and shelf.type.table == "transaction":
            record.values.update(shelf.read_lines(self._storage.connection, number))
        return record

    def find(self, shelf: Shelf, internal_id: str | None, external_id: str | None) -> Stored | None:
        """Read a record by one of its ids."""
        if internal_id is not None:
            text = str(internal_id)
            return self.read(shelf, int(text)) if is_internal_id(text) else None
        if external_id is None:
            return None
        found = self._storage.find_external(shelf.type.external_id_group, external_id)
        return self.read(shelf, found[1]) if found is not None and found[0] == shelf.type.name else None

    def count(self, shelf: Shelf) -> int:
        """Count the records of a type, without the standard rows of a new account."""
        own = ", ".join(map(str, STANDARD_ROWS.get(shelf.type.name, ())))
        row = self._storage.connection.execute(
            f"SELECT COUNT(*) FROM {quoted(shelf.type.table)}"  # noqa: S608 - the schema's own names
            f" WHERE {shelf.restriction or '1 = 1'} AND id NOT IN ({own})"
        ).fetchone()
        return int(row[0])

    def search(
        self,
        shelves: Sequence[Shelf],
        where: Sequence[Condition],
        *,
        order: str,
        limit: int,
        offset: int,
        after_id: str | int | None,
        lines: bool,
    ) -> tuple[list[Stored], int]:
        """Find a page of records and the number of all."""
        selects, values = [], []
        columns = {column for shelf in shelves for column in (*shelf.columns.values(), "id", "externalid")}
        if order not in columns:
            order = shelves[0].columns.get(order, "id")
        unknown: UnknownCriterionError | None = None
        for index, shelf in enumerate(shelves):
            try:
                condition, bound = where_clause(shelf, where)
            except UnknownCriterionError as error:
                unknown = error
                continue
            selects.append(
                f"SELECT id, {index} AS kind, {quoted(order)} AS place FROM {quoted(shelf.type.table)}"  # noqa: S608
                f" WHERE {shelf.restriction or '1 = 1'} AND ({condition})"
            )
            values += bound
        if not selects and unknown is not None:
            raise unknown
        union = " UNION ALL ".join(selects)
        connection = self._storage.connection
        total = int(connection.execute(f"SELECT COUNT(*) FROM ({union})", values).fetchone()[0])  # noqa: S608
        after = "" if after_id is None else " WHERE id > ?"
        page = connection.execute(
            f"SELECT id, kind FROM ({union}){after} ORDER BY place, id LIMIT ? OFFSET ?",  # noqa: S608
            [*values, *([] if after_id is None else [int(after_id)]), limit, offset],
        ).fetchall()
        found = []
        for number, index in page:
            shelf = shelves[index]
            record = self.read(shelf, number) if lines else shelf.read(connection, number)
            if record is not None:
                found.append(record)
        return found, total

    def names_of(self, shelves: Sequence[Shelf], internal_ids: Collection[str]) -> dict[str, str]:
        """Return the name field of records by internal id."""
        names: dict[str, str] = {}
        wanted = list(dict.fromkeys(internal_ids))
        for shelf in shelves:
            column = shelf.columns.get(shelf.type.name_field, "id")
            for start in range(0, len(wanted), _NAMES_AT_ONCE):
                part = wanted[start : start + _NAMES_AT_ONCE]
                rows = self._storage.connection.execute(
                    f"SELECT id, {quoted(column)} FROM {quoted(shelf.type.table)}"  # noqa: S608
                    f" WHERE {shelf.restriction or '1 = 1'} AND id IN ({', '.join('?' * len(part))})",
                    part,
                )
                names.update((str(number), str(name)) for number, name in rows if name is not None)
        return names

    def shown(self, record: Stored) -> str:
        """Return what a reference to a record shows."""
        return str(record.values.get(record.type.name_field, record.id))

    def is_referred_to(self, record: Stored) -> bool:
        """Whether another record refers to this one."""
        for table in self._storage.tables.values():
            if table.view is not None:
                continue
            for column in table.columns.values():
                if column.kind is not Kind.REFERENCE or record.type.name not in column.refers_to:
                    continue
                if (table.name, column.name) in GOES_ALONG:
                    continue
                sql = f"SELECT 1 FROM {quoted(table.name)} WHERE {quoted(column.name)} = ?"  # noqa: S608
                values: list[Scalar] = [record.id]
                if table.name == record.type.table:
                    sql += " AND id <> ?"
                    values.append(record.id)
                if self._storage.connection.execute(f"{sql} LIMIT 1", values).fetchone() is not None:
                    return True
        return False

    def employee_of(self, email: str) -> str | None:
        """Return the internal id of the employee with an email address, in any case."""
        sql = "SELECT id FROM employee WHERE lower(email) = ? ORDER BY id LIMIT 1"
        found = self._storage.connection.execute(sql, (email.lower(),)).fetchone()
        return None if found is None else str(found[0])

    def trace_of(self, record: Stored, *, at: str, author: str) -> dict[str, Scalar]:
        """Say of a record what its deletion keeps: its name, when and by whom, and whose it was."""
        values = record.values
        subsidiary = values.get("subsidiary", values.get("subsidiaryList"))
        employee = record.id if record.type.name == "employee" else values.get("employee")
        if record.type.name == "expenseReport":
            employee = values.get("entity")
        return {
            "name": self.shown(record),
            "deleteddate": at,
            "deletedby": int(author),
            f"{HIDDEN}subsidiary": ", ".join(subsidiary) if isinstance(subsidiary, tuple) else _text(subsidiary),
            f"{HIDDEN}employee": _text(employee),
        }

    def deleted(
        self, type_names: Sequence[str], *, since: datetime | None, condition: str | None = None
    ) -> list[DeletedRecord]:
        """Return deletions of the types, oldest first; only those that meet a condition of ours where there is one."""
        marks = ", ".join("?" * len(type_names))
        start = "" if since is None else since.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        rows = self._storage.connection.execute(
            f"SELECT {HIDDEN}record, recordid, {HIDDEN}externalid, name, deleteddate, {HIDDEN}reason, {HIDDEN}memo"  # noqa: S608
            f" FROM deletedrecord WHERE {HIDDEN}record IN ({marks}) AND deleteddate >= ? AND ({condition or '1 = 1'})"
            " ORDER BY deleteddate, recordid",
            (*type_names, start),
        )
        return [
            DeletedRecord(
                type=self._storage.types[type_name],
                id=str(number),
                external_id=external_id,
                name=str(name),
                deleted_at=datetime.fromisoformat(at).replace(tzinfo=UTC),
                reason=reason,
                memo=memo,
            )
            for type_name, number, external_id, name, at, reason, memo in rows
        ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
