"""Names in a query: which source a column belongs to, and what it is.

User text never becomes SQL: a source is `t1`, `t2` … and a derived column `c1`, `c2` …; only columns of the account's
own tables keep their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from netsuite_simulator.suiteql.errors import field_not_found, invalid, record_not_found, unknown_identifier
from netsuite_simulator.suiteql.pieces import FORM_OF_KIND, Form, Piece
from netsuite_simulator.tables import Column, Table, quoted

DUAL = Table(name="dual")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One output column of a subquery."""

    sql: str
    form: Form
    column: Column | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of FROM: a table or a subquery under an alias."""

    alias: str  # ours
    record: str  # as errors name it
    sql: str  # what stands after FROM, without the alias
    columns: Mapping[str, Derived]

    def piece(self, name: str) -> Piece:
        """Name one of its columns."""
        found = self.columns[name]
        sql = f"{self.alias}.{found.sql}"
        return Piece(sql=sql, form=found.form, column=found.column, loose=frozenset({sql}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A compiled subquery: complete SQL whose output columns are c1, c2 …"""

    sql: str
    outputs: Sequence[tuple[str, Piece]]

    def source(self, alias: str) -> Source:
        """Make it an entry of FROM."""
        columns: dict[str, Derived] = {}
        for number, (name, piece) in enumerate(self.outputs, start=1):
            columns.setdefault(name, Derived(sql=f"c{number}", form=piece.form, column=piece.column))
        return Source(alias=alias, record="subquery", sql=f"({self.sql})", columns=columns)


@dataclass(slots=True, kw_only=True)
class Names:
    """What a whole query may know: the tables its role may see, how to compile a subquery, how many sources it met."""

    tables: Mapping[str, Table]
    nested: Callable[[exp.Expr, Scope], Nested]
    aliases: int = 0
    depth: int = 0

    def alias(self) -> str:
        """Name the next source."""
        self.aliases += 1
        return f"t{self.aliases}"

    def table_source(self, name: str) -> Source:
        """Find a table by name; one that the role may not see does not exist for it (reference §5.11)."""
        if name == DUAL.name:
            return Source(alias=self.alias(), record=name, sql="(SELECT 'X' AS dummy)", columns={})
        table = self.tables.get(name)
        if table is None:
            raise record_not_found(name)
        columns = {
            column.name: Derived(sql=quoted(column.name), form=FORM_OF_KIND[column.kind], column=column)
            for column in table.visible
        }
        sql = quoted(name)
        if table.restriction is not None:
            sql = f"(SELECT * FROM {sql} WHERE {table.restriction})"  # noqa: S608 - ids and the schema's own names
        return Source(alias=self.alias(), record=name, sql=sql, columns=columns)


@dataclass(slots=True, kw_only=True)
class Scope:
    """The sources that one SELECT may name, and the SELECT around it."""

    names: Names
    outer: Scope | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    subqueries: dict[str, Nested] = field(default_factory=dict)  # of WITH
    grouped: frozenset[str] = frozenset()  # compiled GROUP BY expressions
    numbers_rows: bool = False  # whether ROWNUM may stand here: in the select list only

    def subquery(self, name: str) -> Nested | None:
        """Find what a WITH defined under a name, here or further out."""
        found = self.subqueries.get(name)
        if found is None and self.outer is not None:
            return self.outer.subquery(name)
        return found

    def add(self, name: str, source: Source) -> None:
        """Put a source under the name that the query gives it."""
        if name in self.sources:
            raise invalid(f"Search error occurred: the alias '{name}' is used twice.")
        self.sources[name] = source

    def column(self, name: str, qualifier: str | None) -> Piece:
        """Find a column here or further out; columns from further out count as constants here."""
        found = self._own(name, qualifier)
        if found is not None:
            return found
        scope = self.outer
        while scope is not None:
            found = scope._own(name, qualifier)
            if found is not None:
                return Piece(sql=found.sql, form=found.form, column=found.column)
            scope = scope.outer
        raise self._missing(name, qualifier)

    def _own(self, name: str, qualifier: str | None) -> Piece | None:
        if qualifier is not None:
            source = self.sources.get(qualifier)
            return source.piece(name) if source is not None and name in source.columns else None
        owners = [source for source in self.sources.values() if name in source.columns]
        if len(owners) > 1:
            raise invalid(
                f"Search error occurred: the identifier '{name}' is ambiguous; qualify it with a table alias."
            )
        return owners[0].piece(name) if owners else None

    def _missing(self, name: str, qualifier: str | None) -> Exception:
        if qualifier is not None and qualifier in self.sources:
            return field_not_found(name, self.sources[qualifier].record)
        if qualifier is None and len(self.sources) == 1:
            return field_not_found(name, next(iter(self.sources.values())).record)
        return unknown_identifier(f"{qualifier}.{name}" if qualifier else name, self.sources)

    def star(self, qualifier: str | None) -> Iterator[tuple[str, Piece]]:
        """List the columns that `*` or `alias.*` stands for."""
        if qualifier is not None and qualifier not in self.sources:
            raise unknown_identifier(qualifier, self.sources)
        for alias, source in self.sources.items():
            if qualifier in {None, alias}:
                for name in source.columns:
                    yield name, source.piece(name)
