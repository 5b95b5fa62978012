"""Search criteria over stored records, turned into SQLite conditions.

A criterion is a tuple `(field, operator, value)`; a sequence of criteria means all of them; `AnyOf`, `AllOf` and `Not`
build trees. `field` is a field's name, a column's name, "id" or "externalId". Values are of the field's Python kind.

Operators: = != < <= > >= between (two values) in (a list) contains starts ends is hasKeywords empty, and each of them
with "not " before it. Text compares without regard to case. `empty` takes any value. An absent value matches no
positive operator and every negative one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.shelves import Shelf
from netsuite_simulator.tables import quoted
from netsuite_simulator.values import Scalar, encoder

Criterion = tuple[str, str, object]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of its parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of its parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not its part."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Among:
    """A field's value is among those a query finds: how a search reaches records of other types."""

    field: str
    query: str
    values: tuple[Scalar, ...]


Condition = Criterion | AllOf | AnyOf | Not | Among

COMPARISONS = {"=": "=", "is": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
FOLD = "x_fold"  # the connection's function that folds the case of any script
TEXT_KINDS = (Kind.TEXT, Kind.CHOICE)
LONGEST_LIST = 30_000  # SQLite's default limit of bound values is 32,766


class UnknownCriterionError(ValueError):
    """A criterion names a field or an operator that does not exist."""


def where_clause(shelf: Shelf, where: Sequence[Condition]) -> tuple[str, list[Scalar]]:
    """Write the condition of a search and the values it binds."""
    values: list[Scalar] = []
    return _condition(shelf, AllOf(tuple(where)), values), values


def _condition(shelf: Shelf, condition: Condition, values: list[Scalar]) -> str:
    match condition:
        case AllOf(parts):
            return " AND ".join(f"({_condition(shelf, part, values)})" for part in parts) or "1 = 1"
        case AnyOf(parts):
            return " OR ".join(f"({_condition(shelf, part, values)})" for part in parts) or "1 = 0"
        case Not(part):
            return f"NOT ({_condition(shelf, part, values)})"
        case Among(name, query, bound):
            values.extend(bound)
            return f"{quoted(_column(shelf, name)[0])} IN ({query})"
        case (name, operator, value):
            return _criterion(shelf, name, operator, value, values)
        case _:
            assert_never(condition)


def _column(shelf: Shelf, name: str) -> tuple[str, Kind]:
    if name == "id":
        return "id", Kind.REFERENCE
    if name.lower() == "externalid":
        return "externalid", Kind.TEXT
    found = shelf.fields.get(name)
    if found is None:
        found = next((one for one in shelf.fields.values() if one.column == name), None)
    if found is None or found.kind is Kind.LINES:
        raise UnknownCriterionError(f"{shelf.type.name} has no field {name} to search by")
    return shelf.columns[found.name], found.kind


def _folded(value: object) -> object:
    if isinstance(value, list | tuple):
        return [one.casefold() if isinstance(one, str) else one for one in value]
    return value.casefold() if isinstance(value, str) else value


def _pattern(operator: str, value: object) -> str:
    escaped = str(value).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    before = "" if operator == "starts" else "%"
    after = "" if operator == "ends" else "%"
    return f"{before}{escaped}{after}"


def _criterion(shelf: Shelf, name: str, operator: str, value: object, values: list[Scalar]) -> str:
    column, kind = _column(shelf, name)
    negative = operator.startswith("not ") or operator == "!="
    positive = "=" if operator == "!=" else operator.removeprefix("not ")
    if column == "externalid" and positive in ("=", "is", "in"):
        sql = _external(shelf, value, values)
    else:
        sql = _positive(quoted(column), kind, positive, value, values)
    return f"NOT COALESCE({sql}, 0)" if negative else sql


def _external(shelf: Shelf, value: object, values: list[Scalar]) -> str:
    """Find external ids through their index rather than by reading every row."""
    wanted = value if isinstance(value, list | tuple) else (value,)
    if len(wanted) > LONGEST_LIST:
        raise UnknownCriterionError(f"in takes a list of at most {LONGEST_LIST:,} values")
    values += [shelf.type.external_id_group, shelf.type.name, *(str(_folded(one)) for one in wanted)]
    marks = ", ".join("?" * len(wanted))
    return f"id IN (SELECT id FROM x_external WHERE space = ? AND type = ? AND key IN ({marks}))"  # noqa: S608 - marks only


def _positive(column: str, kind: Kind, operator: str, value: object, values: list[Scalar]) -> str:
    encode = encoder(kind)
    if kind in TEXT_KINDS:
        column, value = f"{FOLD}({column})", _folded(value)
    if operator == "empty":
        return f"({column} IS NULL OR {column} = '')"
    if operator in ("contains", "starts", "ends"):
        values.append(_pattern(operator, value))
        return f"{column} LIKE ? ESCAPE '\\'"
    if operator == "hasKeywords":
        words = str(value).split()
        values.extend(_pattern("contains", word) for word in words)
        return " AND ".join(f"{column} LIKE ? ESCAPE '\\'" for _ in words) or "1 = 0"
    if operator in ("in", "between"):
        if not isinstance(value, list | tuple) or len(value) > LONGEST_LIST:
            raise UnknownCriterionError(f"{operator} takes a list of at most {LONGEST_LIST:,} values")
        if kind is Kind.REFERENCES:
            values.extend(f"%, {one},%" for one in value)
            return " OR ".join(f"(', ' || {column} || ',') LIKE ?" for _ in value) or "1 = 0"
        encoded = [encode(one) for one in value]
        if operator == "between":
            values.extend(encoded)
            return f"{column} BETWEEN ? AND ?"
        values.extend(encoded)
        return f"{column} IN ({', '.join('?' * len(encoded))})"
    if operator in COMPARISONS:
        values.append(encode(value))
        return f"{column} {COMPARISONS[operator]} ?"
    raise UnknownCriterionError(f"there is no operator {operator}")
