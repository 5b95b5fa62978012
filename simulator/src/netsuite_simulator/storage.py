"""The account's SQLite database: opening it, sequences, external ids, custom fields, deletions, settings, snapshots.

How records lie in SQLite (one connection, used from one thread; SuiteQL runs on the same tables):
- one table per NetSuite2 table, `id` the internal id, `externalid` the external id as written (`x_external` folds case);
- a field's column is `tables.column_name(field)`: its NetSuite2 column, or `x_<name>` where NetSuite2 has none;
- booleans 'T'/'F'; days 'YYYY-MM-DD'; instants UTC 'YYYY-MM-DD HH:MM:SS'; decimals and durations numbers; references
  integers; multiple references "1, 3, 4"; choices their id; rows of `item` and `expense` in `transactionline`
  (hidden column `x_list` names the sublist, main line has mainline 'T'), other sublists JSON in their hidden column.

Refuses to know rules and requests. One connection, one thread, explicit transactions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import assert_never

from netsuite_simulator.criteria import FOLD
from netsuite_simulator.customizations import (
    LIST_PREFIX,
    RECORD_PREFIX,
    SCRIPT_ID,
    CustomField,
    Customization,
    CustomizationError,
    CustomList,
    CustomRecordType,
    customized,
    dump,
    list_type_of,
    load,
    record_type_of,
)
from netsuite_simulator.lookups import Lookups
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import Kind, RecordType
from netsuite_simulator.shelves import Shelf, Stored, shelf_of
from netsuite_simulator.standard import STANDARD_ROWS
from netsuite_simulator.tables import DELETED_TABLE, HIDDEN, LINE_TABLE, SETTINGS, Table, definitions, quoted, tables_of
from netsuite_simulator.values import SQL_TYPES, Scalar

ENTITY_TABLES = ("customer", "job", "employee", "vendor", "contact")
_CACHED_STATEMENTS = 2_000
_STANDARD = "standard rows"
_VERSIONS = slice(18, 20)  # of the file's header: 1 for a rollback journal, 2 for a write-ahead log
_CUSTOM = "customizations"


@cache
def _standard() -> tuple[dict[str, Table], dict[str, Shelf]]:
    """Compile the types every account has; nobody changes what is compiled."""
    tables = tables_of(RECORD_TYPES.values())
    return tables, {name: shelf_of(record_type, tables) for name, record_type in RECORD_TYPES.items()}


def _fold(text: Scalar) -> Scalar:
    return text.casefold() if isinstance(text, str) else text


class Storage:
    """One database."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.connection = sqlite3.connect(
            path or ":memory:",
            isolation_level=None,
            cached_statements=_CACHED_STATEMENTS,
            check_same_thread=False,
            timeout=1.0,
        )
        if path:  # one process at a time: a second one would meet rows that change behind its back
            self.connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.connection.execute("PRAGMA journal_mode = WAL" if path else "PRAGMA journal_mode = MEMORY")
        self.connection.execute("PRAGMA synchronous = NORMAL" if path else "PRAGMA synchronous = OFF")
        self.connection.create_function(FOLD, 1, _fold, deterministic=True)
        self.lookups = Lookups(self.connection)
        self._depth = 0
        self._last: dict[str, int] = {}
        self._moved: set[str] = set()
        self.types: dict[str, RecordType] = dict(RECORD_TYPES)
        self.customizations: list[Customization] = []
        self.tables: dict[str, Table] = {}
        self.shelves: dict[str, Shelf] = {}
        self.type_by_lower_name = {name.lower(): record_type for name, record_type in self.types.items()}
        self._open()

    def _open(self) -> None:
        with self.transaction():
            self.connection.execute(SETTINGS)
            kept = self.setting(_CUSTOM)
            self.customizations = load(kept) if kept else []
            for custom in self.customizations:
                self._apply(custom)
            self._compile()
            self._create_tables()
            self._add_columns()
            self._load_sequences()
            if self.setting(_STANDARD) is None:
                self._add_standard_rows()

    def _add_standard_rows(self) -> None:
        """Fill the lists that no account is without; a list that holds rows already stays as it is."""
        with self.transaction():
            for name, rows in STANDARD_ROWS.items():
                shelf = self.shelves[name]
                table = quoted(shelf.type.table)
                if self.connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None:  # noqa: S608
                    continue
                for number, values in rows.items():
                    shelf.insert(self.connection, self.take_id(shelf.type, number), None, shelf.encode(values))
            self.set_setting(_STANDARD, "yes")

    def _load_sequences(self) -> None:
        self._last = dict(self.connection.execute("SELECT family, last FROM x_sequence"))

    def _compile(self) -> None:
        """Compile tables and shelves; what has no customization is compiled once per process."""
        standard_tables, standard_shelves = _standard()
        if not self.customizations and self.types == RECORD_TYPES:
            self.tables, self.shelves = standard_tables, standard_shelves
        else:
            self.tables = tables_of(self.types.values())
            changed = {one.table for name, one in self.types.items() if RECORD_TYPES.get(name) is not one}
            self.shelves = {
                name: shelf_of(one, self.tables) if one.table in changed else standard_shelves[name]
                for name, one in self.types.items()
            }
        self.type_by_lower_name = {name.lower(): record_type for name, record_type in self.types.items()}
        self.lookups.know(self.tables.values())

    # --- transactions ---

    @property
    def is_in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._depth > 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit at the end, roll back on an exception; a nested one joins the outer."""
        if self._depth == 0:
            self.connection.execute("BEGIN")
            self.lookups.open()
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self.lookups.close()
                self.connection.execute("ROLLBACK")
                self._moved.clear()
                self._load_sequences()
            raise
        self._depth -= 1
        if self._depth == 0:
            self.lookups.close()
            if self._moved:
                self.connection.executemany(
                    "INSERT OR REPLACE INTO x_sequence (family, last) VALUES (?, ?)",
                    [(family, self._last[family]) for family in self._moved],
                )
                self._moved.clear()
            self.connection.execute("COMMIT")

    def back_to(self, savepoint: str) -> None:
        """Undo what was written since a savepoint."""
        self.connection.execute(f"ROLLBACK TO {savepoint}")
        self.lookups.forget()

    # --- numbers ---

    def next_number(self, family: str) -> int:
        """Return the next number of a sequence."""
        number = self._last.get(family, 0) + 1
        self._last[family] = number
        self._moved.add(family)
        return number

    def take_id(self, record_type: RecordType, wanted: int | None) -> int:
        """Take a new internal id of the type's family, or the one wanted; it raises ValueError where that is taken."""
        is_entity = record_type.table in ENTITY_TABLES
        family = "entity" if is_entity else record_type.table
        if wanted is None:
            return self.next_number(family)
        for table in ENTITY_TABLES if is_entity else (record_type.table,):
            taken = f"SELECT 1 FROM {quoted(table)} WHERE id = ?"  # noqa: S608 - the schema's own names
            if self.connection.execute(taken, (wanted,)).fetchone() is not None:
                raise ValueError(f"the internal id {wanted} is taken by a record of table {table}")
        if wanted > self._last.get(family, 0):
            self._last[family] = wanted
            self._moved.add(family)
        return wanted

    # --- external ids ---

    def find_external(self, space: str, external_id: str) -> tuple[str, int] | None:
        """Find the type name and internal id behind an external id."""
        found: tuple[str, int] | None = self.connection.execute(
            "SELECT type, id FROM x_external WHERE space = ? AND key = ?", (space, external_id.casefold())
        ).fetchone()
        return found

    def bind_external(self, record_type: RecordType, external_id: str, number: int) -> None:
        """Give a record an external id."""
        self.connection.execute(
            "INSERT INTO x_external (space, key, type, id) VALUES (?, ?, ?, ?)",
            (record_type.external_id_group, external_id.casefold(), record_type.name, number),
        )
        self.lookups.wrote("x_external")

    def rename(self, record_type: RecordType, number: int, external_id: str) -> None:
        """Give a record another external id."""
        self.connection.execute("DELETE FROM x_external WHERE type = ? AND id = ?", (record_type.name, number))
        self.bind_external(record_type, external_id, number)
        table = quoted(record_type.table)
        self.connection.execute(f"UPDATE {table} SET externalid = ? WHERE id = ?", (external_id, number))  # noqa: S608
        self.lookups.wrote(record_type.table)

    # --- deletions ---

    def remove(self, shelf: Shelf, record: Stored, *, trace: Mapping[str, Scalar]) -> None:
        """Remove a record and remember its deletion where NetSuite does (reference §4.7), with what `trace` says of it."""
        number = int(record.id)
        self.connection.execute(f"DELETE FROM {quoted(shelf.type.table)} WHERE id = ?", (number,))  # noqa: S608
        if shelf.type.table == "transaction":
            self.connection.execute(f'DELETE FROM {LINE_TABLE} WHERE "transaction" = ?', (number,))  # noqa: S608
        self.connection.execute("DELETE FROM x_external WHERE type = ? AND id = ?", (shelf.type.name, number))
        for table in (shelf.type.table, LINE_TABLE, "x_external", DELETED_TABLE):
            self.lookups.wrote(table)
        if not shelf.type.in_deleted:
            return
        row = {
            "recordid": number,
            "scriptid": shelf.type.name.lower(),
            "type": shelf.type.label,
            **dict.fromkeys(("iscustomlist", "iscustomrecord", "iscustomtransaction"), "F"),
            f"{HIDDEN}record": shelf.type.name,
            f"{HIDDEN}externalid": record.external_id,
            **trace,
        }
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self.connection.execute(
            f"INSERT INTO {DELETED_TABLE} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
            tuple(row.values()),
        )

    # --- customizations ---

    def customize(self, custom: Customization) -> None:
        """Add a custom field, record type or list; it raises `CustomizationError` where it cannot be one."""
        self._check(custom)
        self._apply(custom)
        self._compile()
        self._create_tables()
        self._add_columns()
        self.customizations.append(custom)
        self.set_setting(_CUSTOM, dump(self.customizations))

    def uncustomize(self, script_id: str) -> None:
        """Remove a custom field from every record type; its column stays behind, unread."""
        kept = [one for one in self.customizations if not isinstance(one, CustomField) or one.script_id != script_id]
        if len(kept) == len(self.customizations):
            raise CustomizationError(f"there is no custom field {script_id}")
        self.types = dict(RECORD_TYPES)
        self.customizations = kept
        for custom in kept:
            self._apply(custom)
        self._compile()
        self.set_setting(_CUSTOM, dump(kept))

    def _check(self, custom: Customization) -> None:
        match custom:
            case CustomField(field=field):
                if not field.is_custom or field.column != field.name.lower() or field.kind is Kind.LINES:
                    raise CustomizationError(
                        f"{field.name} cannot be a custom field: it needs a script id, and a column of that name"
                    )
                for name in (*custom.types, *field.refers_to):
                    if name not in self.types:
                        raise CustomizationError(f"there is no record type {name}")
            case CustomRecordType(script_id=script_id) | CustomList(script_id=script_id):
                prefix = RECORD_PREFIX if isinstance(custom, CustomRecordType) else LIST_PREFIX
                if not script_id.startswith(prefix) or SCRIPT_ID.fullmatch(script_id) is None:
                    raise CustomizationError(
                        f"{script_id} is no script id: it begins with {prefix}, and has at most 40 of a-z, 0-9 and _"
                    )
                if script_id in self.types:
                    raise CustomizationError(f"there is a {script_id} already")
            case _:
                assert_never(custom)

    def _apply(self, custom: Customization) -> None:
        match custom:
            case CustomField():
                self.types.update({name: customized(self.types[name], custom) for name in custom.types})
            case CustomRecordType():
                self.types[custom.script_id] = record_type_of(custom)
            case CustomList():
                self.types[custom.script_id] = list_type_of(custom)
            case _:
                assert_never(custom)

    def _create_tables(self) -> None:
        earlier = self._take_earlier_views()
        for statement in definitions(self.tables):
            self.connection.execute(statement)
        for name, (columns, rows) in earlier.items():
            marks = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {quoted(name)} ({', '.join(map(quoted, columns))}) VALUES ({marks})"  # noqa: S608
            self.connection.executemany(statement, rows)
            last = (
                f"INSERT OR REPLACE INTO x_sequence (family, last) SELECT ?, COALESCE(MAX(id), 0) FROM {quoted(name)}"  # noqa: S608
            )
            self.connection.execute(last, (name,))

    def _take_earlier_views(self) -> dict[str, tuple[list[str], list[tuple[Scalar, ...]]]]:
        """Take the rows of views of an earlier version's state file that are tables now: primary subsidiaries were no rows."""
        views = {row[0] for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        taken = {}
        for table in self.tables.values():
            if table.view is None and table.name in views:
                found = self.connection.execute(f"SELECT * FROM {quoted(table.name)}")  # noqa: S608 - our own names
                taken[table.name] = ([one[0] for one in found.description], found.fetchall())
                self.connection.execute(f"DROP VIEW {quoted(table.name)}")
        return taken

    def _add_columns(self) -> None:
        """Add columns the tables lack: custom fields, and fields a state file of an earlier version did not know."""
        for table in self.tables.values():
            if table.view is not None:
                continue
            known = {row[1] for row in self.connection.execute(f"PRAGMA table_info({quoted(table.name)})")}
            for column in table.columns.values():
                if column.name not in known:
                    self.connection.execute(
                        f"ALTER TABLE {quoted(table.name)} ADD COLUMN {quoted(column.name)} {SQL_TYPES[column.kind]}"
                    )

    # --- settings and snapshots ---

    def setting(self, name: str) -> str | None:
        """Read a setting."""
        row = self.connection.execute("SELECT value FROM x_setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Write a setting."""
        self.connection.execute("INSERT OR REPLACE INTO x_setting (name, value) VALUES (?, ?)", (name, value))

    def snapshot(self) -> bytes:
        """Return the whole database as bytes, which open in memory too: there is no write-ahead log there."""
        content = bytearray(self.connection.serialize())
        content[_VERSIONS] = b"\x01\x01"
        return bytes(content)

    def restore(self, content: bytes) -> None:
        """Put a snapshot in the place of everything."""
        source = sqlite3.connect(":memory:")
        try:
            source.deserialize(content)
            source.backup(self.connection)
        finally:
            source.close()
        self.types = dict(RECORD_TYPES)
        self._open()

    def close(self) -> None:
        """Close the database."""
        self.connection.close()
