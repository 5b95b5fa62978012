"""Fields behind references and of belonging records, read in bulk: one query for each relation, whatever the number of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from suitebridge.adapters.store import beside
from suitebridge.adapters.store.custom_fields import schema_of
from suitebridge.adapters.store.databases import Parameter
from suitebridge.adapters.store.encoding import Stored, field_from_stored, from_stored
from suitebridge.adapters.store.promotion import column_of
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer, number_of
from suitebridge.domain.schemas import Kind, RecordSchema, Related
from suitebridge.domain.values import Line, Scalar, Value


@dataclass(slots=True, kw_only=True)
class Loaded:
    """One record on its way from the table: what is stored, and the fields gathered so far."""

    number: int
    revision: int
    stored: Stored
    fields: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Paths sorted by what their first step is."""

    own: Sequence[str]
    references: Mapping[str, Sequence[str]]
    belonging: Mapping[str, Sequence[str]]


def read(scope: CompanyScope, record_type: str, numbers: Sequence[int], paths: Sequence[str]) -> dict[int, Loaded]:
    """Read records by number and gather the paths; no paths means every field."""
    if not numbers:
        return {}
    where, parameter = scope.among_numbers("r.number", sorted(set(numbers)))
    return _gather(scope, record_type, f"r.type = %s AND {where}", (record_type, parameter), paths)


def _gather(
    scope: CompanyScope, record_type: str, where: str, parameters: tuple[Parameter, ...], paths: Sequence[str]
) -> dict[int, Loaded]:
    rows = scope.select(
        "store_record",
        f"r.number, r.revision, {beside.columns(record_type)}",
        where=where,
        parameters=parameters,
    )
    # Sorted here: asked to sort, SQLite walks all records of the type in their order rather than look up the wanted ones.
    records = {
        integer(number): Loaded(number=integer(number), revision=integer(revision), stored=beside.whole(*kept))
        for number, revision, *kept in sorted(rows, key=itemgetter(0))
    }
    complete(scope, schema_of(scope, record_type), records, paths)
    return records


def complete(scope: CompanyScope, schema: RecordSchema, records: Mapping[int, Loaded], paths: Sequence[str]) -> None:
    """Fill in the fields of records that were read."""
    if not paths:
        for record in records.values():
            record.fields.update(from_stored(schema, record.stored))
        return
    plan = _sort(schema, paths)
    for record in records.values():
        for name in plan.own:
            record.fields[name] = str(record.number) if name == "id" else field_from_stored(schema, record.stored, name)
    for name, rest in plan.references.items():
        _follow(scope, schema, records, name, rest)
    for name, rest in plan.belonging.items():
        _collect(scope, schema.related_by_name[name], records, rest)


def _sort(schema: RecordSchema, paths: Sequence[str]) -> _Plan:
    own: list[str] = []
    references: dict[str, list[str]] = {}
    belonging: dict[str, list[str]] = {}
    for path in paths:
        first, _, rest = path.partition(".")
        known = schema.by_name.get(first)
        if first in schema.related_by_name:
            belonging.setdefault(first, []).extend([rest] if rest else [])
        elif rest and known is not None and known.kind is Kind.REFERENCE:
            references.setdefault(first, []).append(rest)
        elif not rest and (known is not None or first == "id"):
            own.append(first)
        else:
            raise LookupError(f"The workspace type {schema.label} has no field “{path}”.")
    return _Plan(own=own, references=references, belonging=belonging)


def _follow(
    scope: CompanyScope, schema: RecordSchema, records: Mapping[int, Loaded], name: str, rest: Sequence[str]
) -> None:
    targets = {
        record.number: target
        for record in records.values()
        if (target := number_of(str(record.stored.get(name) or ""))) is not None
    }
    found = read(scope, schema.by_name[name].refers_to, list(targets.values()), rest)
    for record in records.values():
        target = targets.get(record.number)
        fields = found[target].fields if target in found else {}
        for path in rest:
            record.fields[f"{name}.{path}"] = fields.get(path)


def _collect(scope: CompanyScope, related: Related, records: Mapping[int, Loaded], rest: Sequence[str]) -> None:
    child = schema_of(scope, related.type)
    parents = list(records)
    if column_of(child, related.by) == "parent_id":
        among, parameter = scope.among_numbers("r.parent_id", parents)
    else:
        path = f"json_extract(r.data, '$.{related.by}')" if scope.is_sqlite else f"(r.data ->> '{related.by}')"
        among, parameter = scope.among_texts(path, [str(number) for number in parents])
    children = _gather(scope, child.name, f"r.type = %s AND {among}", (child.name, parameter), rest)
    lines: dict[int, list[Line]] = {number: [] for number in parents}
    for line in children.values():
        parent = number_of(str(line.stored.get(related.by)))
        if parent in lines:
            lines[parent].append({path: _scalar(value) for path, value in line.fields.items()})
    for number, record in records.items():
        record.fields[related.name] = tuple(lines[number])


def _scalar(value: Value) -> Scalar:
    if isinstance(value, tuple):
        raise TypeError("Lines of lines are not read; name their fields one level deep.")
    return value
