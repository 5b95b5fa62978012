"""Writes SuiteQL queries: a page of records in order of id, ids by the value of a field, the present time.

Every value is a bind parameter; tables and columns come from the field catalog alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import TypeAlias

from suitebridge.adapters.netsuite.filtering import DAY_MASK, INSTANT_MASK, ConditionWriter
from suitebridge.adapters.netsuite.joining import Column, Joins
from suitebridge.adapters.netsuite.tables import Place, column_of, field_of, place_of
from suitebridge.adapters.netsuite.zones import bound_of
from suitebridge.domain.conditions import Condition
from suitebridge.domain.schemas.fields import Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.wire.rest.suiteql import Query

ID, STAMP, VALUE, NOW, COUNT, SUM = "id", "stamp", "value", "now", "records", "total"
PageWriter: TypeAlias = Callable[[str], Query]
"""Writes the query of the page after an id, "" for the first one."""

ASK_NOW = Query(text=f"SELECT TO_CHAR(SYSDATE, '{INSTANT_MASK}') AS {NOW} FROM DUAL")  # noqa: S608 - constants only

ASK_DAY = Query(text=f"SELECT SYSDATE AS {NOW} FROM DUAL")  # noqa: S608 - constants only
"""The present day as the account shows days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A query for records and how its columns are named: `columns` pairs each field path with its column's alias."""

    query: Query
    columns: tuple[tuple[str, str, Column], ...]
    has_stamp: bool


def select_page(request: ReadRequest, zone: tzinfo, types: Mapping[str, RecordSchema] = NETSUITE_TYPES) -> Selection:
    """Write the query of one page."""
    place = place_of(request.record_type, types)
    joins = Joins(place)
    columns = tuple((path, f"c{index}", joins.column(path)) for index, path in enumerate(request.fields))
    key = place.key
    chosen = [f"{key} AS {ID}"]
    change_column = place.schema.change_column
    if change_column is not None:
        chosen.append(f"TO_CHAR(r.{change_column}, '{INSTANT_MASK}') AS {STAMP}")
    chosen.extend(f"{_shown(column)} AS {alias}" for _, alias, column in columns)
    filters = ConditionWriter(joins, zone)
    wanted = _wanted(request, place, filters, zone)
    text = f"SELECT {', '.join(chosen)} {joins.clause()}{_where(wanted)} ORDER BY {key}"
    return Selection(
        query=Query(text=text, parameters=tuple(filters.parameters)),
        columns=columns,
        has_stamp=change_column is not None,
    )


def select_ids(place: Place, field: str, values: Sequence[str], *, after_id: str) -> Query:
    """Write the query for ids of records whose field is one of the values, in order of id."""
    joins = Joins(place)
    column = joins.column(field)
    filters = ConditionWriter(joins, UTC)
    wanted = [*_identity(place, filters), filters.among(column.expression, values), *_after(place, after_id, filters)]
    key = place.key
    text = f"SELECT {key} AS {ID}, {_shown(column)} AS {VALUE} {joins.clause()}{_where(wanted)} ORDER BY {key}"
    return Query(text=text, parameters=tuple(filters.parameters))


def select_any(record_type: str) -> Query:
    """Write the query that proves a record type readable."""
    place = place_of(record_type)
    filters = ConditionWriter(Joins(place), UTC)
    return Query(
        text=f"SELECT {place.key} AS {ID} FROM {place.table} r{_where(_identity(place, filters))}",  # noqa: S608 - names from the catalog
        parameters=tuple(filters.parameters),
    )


def select_names(place: Place, after_id: str) -> Query:
    """Write the query of a page of records to choose from, by id and name, without inactive ones."""
    filters = ConditionWriter(Joins(place), UTC)
    wanted = _identity(place, filters)
    if "isInactive" in place.schema.by_name:
        wanted.append("NVL(r.isinactive, 'F') = 'F'")
    wanted += _after(place, after_id, filters)
    named = column_of(field_of(place.schema, place.schema.title))
    key = place.key
    text = f"SELECT {key} AS {ID}, r.{named} AS {VALUE} FROM {place.table} r{_where(wanted)} ORDER BY {key}"  # noqa: S608 - names from the catalog
    return Query(text=text, parameters=tuple(filters.parameters))


def select_rates(day: date | None, after_id: str) -> Query:
    """Write the query of a page of exchange rates, of one day or of all (netsuite-api.md §9.11)."""
    wanted, parameters = [], []
    if day is not None:
        wanted.append(f"r.effectivedate = TO_DATE(?, '{DAY_MASK}')")
        parameters.append(day.isoformat())
    if after_id:
        wanted.append("r.id > ?")
        parameters.append(after_id)
    shown = f"r.basecurrency AS base, r.transactioncurrency AS currency, r.exchangerate AS rate, TO_CHAR(r.effectivedate, '{DAY_MASK}') AS day"
    text = f"SELECT r.id AS {ID}, {shown} FROM currencyrate r{_where(wanted)} ORDER BY r.id"  # noqa: S608 - constants only
    return Query(text=text, parameters=tuple(parameters))


def select_deleted(script_ids: Sequence[str], since: str, after_id: str, zone: tzinfo) -> Query:
    """Write the query of a page of deleted records (§5.11); that `scriptid` holds a type's name in lower case is assumed."""
    wanted, parameters = [f"LOWER(r.scriptid) IN ({', '.join('?' * len(script_ids))})"], [*script_ids]
    if since:
        wanted.append(f"r.deleteddate >= TO_TIMESTAMP(?, '{INSTANT_MASK}')")
        parameters.append(bound_of(since, zone))
    if after_id:
        wanted.append("r.recordid > ?")
        parameters.append(after_id)
    shown = f"r.recordid AS {ID}, r.name AS {VALUE}, TO_CHAR(r.deleteddate, '{INSTANT_MASK}') AS {STAMP}"
    text = f"SELECT {shown} FROM deletedrecord r{_where(wanted)} ORDER BY r.recordid"  # noqa: S608 - constants only
    return Query(text=text, parameters=tuple(parameters))


def select_totals(place: Place, condition: Condition | None, *, amount: str, unit: str, zone: tzinfo) -> Query:
    """Write the query that counts records and adds up a field of theirs, by unit where one is named."""
    joins = Joins(place)
    added = f", SUM({joins.column(amount).expression}) AS {SUM}" if amount else ""
    by = joins.column(unit).expression if unit else ""
    filters = ConditionWriter(joins, zone)
    wanted = _identity(place, filters)
    if condition is not None:
        wanted.append(filters.write(condition))
    head = f"{by} AS {VALUE}, " if by else ""
    tail = f" GROUP BY {by} ORDER BY {by}" if by else ""
    text = f"SELECT {head}COUNT(*) AS {COUNT}{added} {joins.clause()}{_where(wanted)}{tail}"
    return Query(text=text, parameters=tuple(filters.parameters))


def _wanted(request: ReadRequest, place: Place, filters: ConditionWriter, zone: tzinfo) -> list[str]:
    wanted = _identity(place, filters)
    if request.condition is not None:
        wanted.append(filters.write(request.condition))
    if request.changed_since and place.schema.change_column is not None:
        filters.parameters.append(bound_of(request.changed_since, zone))
        wanted.append(f"r.{place.schema.change_column} >= TO_TIMESTAMP(?, '{INSTANT_MASK}')")
    if request.ids:
        wanted.append(filters.among(place.key, request.ids))
    return [*wanted, *_after(place, request.after_id, filters)]


def _identity(place: Place, filters: ConditionWriter) -> list[str]:
    if not place.transaction_type:
        return []
    filters.parameters.append(place.transaction_type)
    return ["r.type = ?"]


def _after(place: Place, after_id: str, filters: ConditionWriter) -> list[str]:
    if not after_id:
        return []
    filters.parameters.append(after_id)
    return [f"{place.key} > ?"]


def _where(wanted: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(wanted)}" if wanted else ""


def _shown(column: Column) -> str:
    match column.field.kind:
        case Kind.DATE:
            return f"TO_CHAR({column.expression}, '{DAY_MASK}')"
        case Kind.INSTANT:
            return f"TO_CHAR({column.expression}, '{INSTANT_MASK}')"
        case _:
            return column.expression
