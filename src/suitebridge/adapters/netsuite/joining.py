"""Turns field paths into SuiteQL columns: a dotted path follows a reference by a LEFT JOIN, once per reference."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.adapters.netsuite.tables import Place, column_of, field_of, place_of, unreadable
from suitebridge.domain.schemas.fields import FieldSchema, Kind

_RECORD = "r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the query; `is_joined` when its record may be absent altogether."""

    expression: str
    field: FieldSchema
    is_joined: bool = False


class Joins:
    """The FROM clause of one query, growing as paths are asked for."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._aliases: dict[str, tuple[str, Place]] = {"": (_RECORD, place)}
        self._clauses: list[str] = []

    def column(self, path: str) -> Column:
        """Give the column of a path such as "email" or "currency.symbol"; `RunStoppedError` where there is none."""
        prefix, _, name = path.rpartition(".")
        alias, place = self._follow(prefix)
        field = field_of(place.schema, name)
        expression = field.derived.format(row=alias) if field.derived else f"{alias}.{column_of(field)}"
        return Column(expression=expression, field=field, is_joined=bool(prefix))

    def clause(self) -> str:
        """Write the FROM clause with every join asked for so far."""
        return " ".join((f"FROM {self._place.table} {_RECORD}", *self._clauses))

    def _follow(self, path: str) -> tuple[str, Place]:
        known = self._aliases.get(path)
        if known is not None:
            return known
        reference = self.column(path)
        if reference.field.kind is not Kind.REFERENCE or not reference.field.refers_to:
            raise unreadable(self._place.schema.plural, f"The field {path} points to no other record.")
        place = place_of(reference.field.refers_to, self._place.types)
        alias = f"j{len(self._clauses)}"
        self._clauses.append(f"LEFT JOIN {place.table} {alias} ON {alias}.id = {reference.expression}")
        self._aliases[path] = alias, place
        return alias, place
