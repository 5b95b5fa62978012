"""Reading workspace records: by id, by a field's value, by condition, as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from suitebridge.adapters.store import beside, clearance, related
from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.custom_fields import schema_of
from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.encoding import field_from_stored, from_stored
from suitebridge.adapters.store.promotion import TITLE_LENGTH, column_of
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.selection import Selection
from suitebridge.adapters.store.texts import integer, literal, number_of
from suitebridge.domain import conditions
from suitebridge.domain.conditions import Condition
from suitebridge.domain.people import Stamp
from suitebridge.domain.reaching import Reach, types_on
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import as_text
from suitebridge.ports.clock import Clock
from suitebridge.ports.workspace import RecordQuery

_TABLE: Final = "store_record"


class StoredRecords:
    """The records of one company, with a stamp as its author may see them in a run; implements `ports.workspace.WorkspaceRecords`."""

    def __init__(self, scope: CompanyScope, clock: Clock, stamp: Stamp | None = None) -> None:
        self._scope = scope
        self._clock = clock
        self._stamp = stamp

    def in_the_name_of(self, stamp: Stamp) -> StoredRecords:
        """Give the same records for one author."""
        return StoredRecords(self._scope, self._clock, stamp)

    def _require(self, record_types: tuple[str, ...]) -> None:
        if self._stamp is not None:
            clearance.require(self._scope, self._stamp, Reach(reads=record_types), at=self._clock.now())

    def fetch(self, record_type: str, ids: Sequence[str], paths: Sequence[str]) -> Sequence[Record]:
        """Read records by id with the named paths, in the order asked; unknown ids are left out."""
        self._require(types_on(schema_of(self._scope, record_type).name, paths))
        numbers = [number for number in map(number_of, ids) if number is not None]
        found = related.read(self._scope, record_type, numbers, paths)
        return [
            Record(type=record_type, id=str(number), version=str(found[number].revision), fields=found[number].fields)
            for number in dict.fromkeys(numbers)
            if number in found
        ]

    def find(
        self, record_type: str, field: str, values: Sequence[str], *, ignores_case: bool = False
    ) -> Mapping[str, tuple[str, ...]]:
        """Give the ids of records whose field equals one of the values; a blank value finds nothing."""
        schema = schema_of(self._scope, record_type)
        self._require((schema.name,))
        if field != "id" and field not in schema.by_name:
            raise LookupError(f"The workspace type {schema.label} has no field “{field}”.")
        wanted = {value.casefold() if ignores_case else value for value in values if value}
        found: dict[str, list[int]] = {}
        for number, value in self._candidates(schema, field, wanted, ignores_case=ignores_case) if wanted else ():
            key = value.casefold() if ignores_case else value
            if key in wanted:
                found.setdefault(key, []).append(number)
        return {key: tuple(str(number) for number in sorted(numbers)) for key, numbers in found.items()}

    def _candidates(
        self, schema: RecordSchema, field: str, wanted: set[str], *, ignores_case: bool
    ) -> Sequence[tuple[int, str]]:
        """Read (number, value) of records that may match: by index where a column exists, all of the type elsewhere."""
        if field == "id":
            numbers = [number for number in map(number_of, wanted) if number is not None]
            where, parameter = self._scope.among_numbers("r.number", numbers)
            return [(integer(cell), str(cell)) for (cell,) in self._rows(schema, "r.number", where, parameter)]
        if field in {schema.title, schema.second_key}:
            keys = sorted({value.casefold()[:TITLE_LENGTH] for value in wanted})
            column = "r.title_key" if field == schema.title else "r.second_key"
            where, parameter = self._scope.among_texts(column, keys)
            return self._values(schema, field, where, parameter)
        if field in {beside.NETSUITE_ID, "load_key"} and column_of(schema, field) and not ignores_case:
            column = f"r.{field}"
            where, parameter = self._scope.among_texts(column, sorted(wanted))
            counts = () if field == "load_key" else (account_of(self._scope),)
            where = f"{where} AND r.netsuite_account = %s" if counts else where
            rows = self._rows(schema, f"r.number, {column}", where, parameter, *counts)
            return [(integer(number), str(value)) for number, value in rows]
        return self._values(schema, field)

    def _values(
        self, schema: RecordSchema, field: str, where: str = "", *parameters: Parameter
    ) -> Sequence[tuple[int, str]]:
        pairs = []
        for number, *kept in self._rows(schema, f"r.number, {beside.columns(schema.name)}", where, *parameters):
            value = field_from_stored(schema, beside.whole(*kept), field)
            if value is not None and not isinstance(value, tuple):
                pairs.append((integer(number), as_text(value)))
        return pairs

    def _rows(
        self, schema: RecordSchema, columns: str, where: str, *parameters: Parameter
    ) -> Sequence[tuple[Cell, ...]]:
        condition = f"r.type = %s AND {where}" if where else "r.type = %s"
        return self._scope.select(_TABLE, columns, where=condition, parameters=(schema.name, *parameters))

    def select(
        self, record_type: str, condition: Condition | None, *, after_id: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        """Give (id, version) of the records that satisfy a condition, after an id, in numeric order of id."""
        self._require(types_on(record_type, _paths(condition)))
        selection = Selection(self._scope, record_type, condition)
        where = f"r.type = %s AND r.number > %s AND ({selection.where or '1 = 1'})"
        rows = self._scope.select(
            _TABLE,
            "r.number, r.revision",
            joins=selection.joins,
            where=where,
            parameters=(record_type, number_of(after_id) or 0, *selection.parameters),
            tail=f"ORDER BY r.number LIMIT {int(limit)}",
        )
        return [(str(number), str(revision)) for number, revision in rows]

    def query(self, query: RecordQuery) -> Sequence[Record]:
        """Read one page of a record list with every field."""
        schema = schema_of(self._scope, query.record_type)
        self._require(types_on(schema.name, _paths(query.condition)))
        selection = Selection(self._scope, query.record_type, query.condition)
        where, parameters = ["r.type = %s"], [query.record_type, *selection.parameters]
        if selection.where:
            where.append(f"({selection.where})")
        if query.text:
            where.append("r.title_key LIKE %s ESCAPE '\\'")
            parameters.append(f"%{literal(query.text.casefold()[:TITLE_LENGTH])}%")
        after = number_of(query.after_id)
        if after is not None:
            where.append("r.number < %s" if query.newest_first else "r.number > %s")
            parameters.append(after)
        rows = self._scope.select(
            _TABLE,
            f"r.number, r.revision, {beside.columns(schema.name)}",
            joins=selection.joins,
            where=" AND ".join(where),
            parameters=parameters,
            tail=f"ORDER BY r.number {'DESC' if query.newest_first else 'ASC'} LIMIT {int(query.limit)}",
        )
        return [
            Record(
                type=query.record_type,
                id=str(number),
                version=str(revision),
                fields=from_stored(schema, beside.whole(*kept)),
            )
            for number, revision, *kept in rows
        ]

    def count(self, record_type: str) -> int:
        """Count the records of a type."""
        self._require((schema_of(self._scope, record_type).name,))
        ((count,),) = self._scope.select(_TABLE, "COUNT(*)", where="r.type = %s", parameters=(record_type,))
        return integer(count)


def _paths(condition: Condition | None) -> Sequence[str]:
    return tuple(conditions.paths(condition)) if condition is not None else ()
