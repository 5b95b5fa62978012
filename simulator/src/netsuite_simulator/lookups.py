"""Rows that writes ask for again and again while one transaction is open, remembered until their table is written to.

A list of a hundred records names the same few people, projects and items a hundred times. What was asked is remembered by
the statement and its values, and forgotten with the first change to any table that the statement names; nothing outlives
its transaction. Whoever changes rows has to say so here. Refuses to know what is asked, and why.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from netsuite_simulator.tables import HIDDEN, Table
from netsuite_simulator.values import Scalar

Row = tuple[Scalar, ...]

MOST = 10_000  # rows remembered at once, and statements known: a transaction may be as long as an import
_WORD = re.compile(r"\w+")


class Lookups:
    """The rows that are remembered of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables: frozenset[str] = frozenset()
        self._views: frozenset[str] = frozenset()
        self._named: dict[str, frozenset[str]] = {}  # the tables that a statement names
        self._is_open = False
        self._count = 0
        self._rows: dict[str, dict[tuple[Scalar, ...], Row | None]] = {}
        self._asking: dict[str, set[str]] = {}  # the remembered statements that name a table

    def know(self, tables: Iterable[Table]) -> None:
        """Learn which tables there are, and which of them are views: those stand for tables that nobody names."""
        known = list(tables)
        self._tables = frozenset(one.name for one in known)
        self._views = frozenset(one.name for one in known if one.view is not None)
        self._named.clear()
        self.forget()

    def row(self, sql: str, values: tuple[Scalar, ...]) -> Row | None:
        """Return the first row of a query."""
        known = self._rows.get(sql)
        if known is not None and values in known:
            return known[values]
        found: Row | None = self._connection.execute(sql, values).fetchone()
        if self._is_open:
            self._remember(sql, values, found)
        return found

    def _remember(self, sql: str, values: tuple[Scalar, ...], found: Row | None) -> None:
        if self._count >= MOST:
            self.forget()
        known = self._rows.get(sql)
        if known is None:
            tables = self._tables_in(sql)
            if not self._views.isdisjoint(tables):
                return
            for table in tables:
                self._asking.setdefault(table, set()).add(sql)
            known = self._rows[sql] = {}
        self._count += 1
        known[values] = found

    def _tables_in(self, sql: str) -> frozenset[str]:
        """List the tables that a statement may name: a column that is called like one counts as that one."""
        found = self._named.get(sql)
        if found is None:
            if len(self._named) >= MOST:
                self._named.clear()
            words = set(_WORD.findall(sql.lower()))
            found = frozenset(word for word in words if word in self._tables or word.startswith(HIDDEN))
            self._named[sql] = found
        return found

    def open(self) -> None:
        """Begin to remember: a transaction was opened."""
        self.forget()
        self._is_open = True

    def close(self) -> None:
        """Forget everything and remember nothing: the transaction ended."""
        self.forget()
        self._is_open = False

    def forget(self) -> None:
        """Forget everything: rows changed, and nobody can say which."""
        self._rows.clear()
        self._asking.clear()
        self._count = 0

    def wrote(self, table: str) -> None:
        """Forget what was asked of a table: a row of it changed."""
        for sql in self._asking.pop(table, ()):
            self._rows.pop(sql, None)

    def did(self, sql: str) -> None:
        """Forget what was asked of every table that a statement which changed rows may name."""
        for table in self._tables_in(sql):
            self.wrote(table)
