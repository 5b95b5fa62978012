"""Conditions as SQL: the same decision as `domain.conditions.holds`, made by the database.

A promoted column is used where there is one, the record's JSON elsewhere; a dotted path joins the record it refers to. Negation is pushed
down to single comparisons, where a missing value is spelled out: SQL's unknown must never decide. SQLite compares decimals as binary
fractions of 53 bits, exact to 15 digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, assert_never

from suitebridge.adapters.store import beside
from suitebridge.adapters.store.custom_fields import schema_of
from suitebridge.adapters.store.databases import Parameter
from suitebridge.adapters.store.promotion import column_of
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, number_of
from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf
from suitebridge.domain.schemas import Kind, RecordSchema
from suitebridge.domain.values import Scalar, is_blank

_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.DURATION})
_OPPOSITES: Final = {Comparison.EQUAL: Comparison.NOT_EQUAL, Comparison.NOT_EQUAL: Comparison.EQUAL}
_TRUE: Final = "1 = 1"
_FALSE: Final = "1 = 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A field as SQL. `whole` reads the JSON; `column` is the promoted one, NULL exactly where the field is blank, or ""."""

    kind: Kind
    whole: str
    column: str

    @property
    def is_number_column(self) -> bool:
        """Whether the column holds the number of a record id."""
        return self.column.endswith((".number", ".parent_id"))


class Selection:
    """Translates one condition; gathers the joins and the parameters it needs."""

    def __init__(self, scope: CompanyScope, record_type: str, condition: Condition | None) -> None:
        self._scope = scope
        self._schema = schema_of(scope, record_type)
        self._is_sqlite = scope.is_sqlite
        self._aliases: dict[tuple[str, ...], str] = {}
        self._joins: list[str] = []
        self.parameters: list[Parameter] = []
        self.where = self._translate(condition, wanted=True) if condition is not None else ""

    @property
    def joins(self) -> str:
        """The joins of the records that dotted paths lead to."""
        return " ".join(self._joins)

    def _translate(self, condition: Condition, *, wanted: bool) -> str:
        match condition:
            case Compare():
                return self._compare(condition, wanted=wanted)
            case OneOf(path=path, values=values):
                return self._one_of(self._operand(path), values, wanted=wanted)
            case Blank(path=path):
                return self._blank(self._operand(path), wanted=wanted)
            case AllOf(conditions=inner):
                return self._combine(inner, wanted=wanted, is_all=wanted)
            case AnyOf(conditions=inner):
                return self._combine(inner, wanted=wanted, is_all=not wanted)
            case Not(condition=part):
                return self._translate(part, wanted=not wanted)
            case _:
                assert_never(condition)

    def _combine(self, inner: Sequence[Condition], *, wanted: bool, is_all: bool) -> str:
        if not inner:
            return _TRUE if is_all else _FALSE
        word = " AND " if is_all else " OR "
        return "(" + word.join(self._translate(part, wanted=wanted) for part in inner) + ")"

    def _blank(self, operand: Operand, *, wanted: bool) -> str:
        if wanted and operand.column == "r.exported_at":
            # Both say the same of a record; this one is what the index of unexported records is made of.
            return "r.awaits_export = TRUE"
        if operand.column:
            return f"{operand.column} IS NULL" if wanted else f"{operand.column} IS NOT NULL"
        empty = "'[]'" if operand.kind is Kind.LINES else "''"
        if operand.kind in _NUMBERS or operand.kind in {Kind.BOOLEAN, Kind.DATE, Kind.INSTANT}:
            return f"{operand.whole} IS NULL" if wanted else f"{operand.whole} IS NOT NULL"
        if wanted:
            return f"({operand.whole} IS NULL OR {operand.whole} = {empty})"
        return f"({operand.whole} IS NOT NULL AND {operand.whole} <> {empty})"

    def _compare(self, condition: Compare, *, wanted: bool) -> str:
        operand = self._operand(condition.path)
        comparison, value = condition.comparison, condition.value
        if comparison in _OPPOSITES:
            is_equal = (comparison is Comparison.EQUAL) is wanted
            return self._one_of(operand, (value,), wanted=is_equal)
        parameter = _parameter(operand.kind, value)
        if parameter is None or isinstance(value, bool) or is_blank(value):
            return _FALSE if wanted else _TRUE
        left = operand.column if operand.kind in {Kind.DATE, Kind.INSTANT} and operand.column else operand.whole
        if isinstance(value, str):
            left = f"NULLIF({left}, '')"
        mark = self._mark(operand.kind)
        self.parameters.append(parameter)
        if wanted:
            return f"{left} {comparison.value} {mark}"
        return f"({left} IS NULL OR NOT ({left} {comparison.value} {mark}))"

    def _one_of(self, operand: Operand, values: Sequence[Scalar], *, wanted: bool) -> str:
        filled = [value for value in values if not is_blank(value)]
        usable = [known for value in filled if (known := _parameter(operand.kind, value)) is not None]
        left, mark = operand.column or operand.whole, self._mark(operand.kind)
        if operand.is_number_column:
            usable = [number for number in (number_of(str(text)) for text in usable) if number is not None]
        self.parameters.extend(usable)
        among = f"{left} IN ({', '.join([mark] * len(usable))})" if usable else _FALSE
        if len(filled) < len(values):
            blank = self._blank(operand, wanted=wanted)
            return f"({among} OR {blank})" if wanted else f"({blank} AND NOT ({among}))"
        return among if wanted else f"({left} IS NULL OR NOT ({among}))"

    def _mark(self, kind: Kind) -> str:
        if kind in _NUMBERS:
            return "CAST(%s AS REAL)" if self._is_sqlite else "CAST(%s AS numeric)"
        return "%s"

    def _operand(self, path: str) -> Operand:
        *steps, name = path.split(".")
        schema, alias = self._schema, "r"
        for depth, step in enumerate(steps, 1):
            schema, alias = self._joined(schema, alias, step, tuple(steps[:depth]))
        if name == "id":
            number = f"{alias}.number"
            return Operand(kind=Kind.REFERENCE, whole=f"CAST({number} AS text)", column=number)
        field = schema.by_name.get(name)
        if field is None:
            raise LookupError(f"The workspace type {schema.label} has no field “{name}” (in “{path}”).")
        whole, column = self._json(alias, name, field.kind), column_of(schema, name)
        if (schema.name, name) == (beside.EMPLOYEE_TYPE, beside.ROLE):
            return Operand(kind=field.kind, whole=beside.role_column(alias), column="")
        if column == beside.NETSUITE_ID:
            stamp = beside.stamp_column(alias)
            whole = f"CASE WHEN {alias}.netsuite_id IS NULL THEN {whole} ELSE {stamp} END"
            return Operand(kind=field.kind, whole=whole, column=stamp)
        return Operand(kind=field.kind, whole=whole, column=f"{alias}.{column}" if column else "")

    def _joined(self, schema: RecordSchema, alias: str, step: str, steps: tuple[str, ...]) -> tuple[RecordSchema, str]:
        field = schema.by_name.get(step)
        if field is None or field.kind is not Kind.REFERENCE:
            raise LookupError(f"The workspace type {schema.label} has no reference “{step}” (in “{'.'.join(steps)}”).")
        target = schema_of(self._scope, field.refers_to)
        if steps not in self._aliases:
            joined = f"j{len(self._aliases) + 1}"
            self._aliases[steps] = joined
            link = f"{alias}.parent_id" if step == schema.parent else self._number(alias, step)
            # The type's name comes from the schema, never from a user.
            self._joins.append(
                f"LEFT JOIN store_record {joined} ON {joined}.company_id = r.company_id"
                f" AND {joined}.type = '{target.name}' AND {joined}.number = {link}"
            )
        return target, self._aliases[steps]

    def _number(self, alias: str, name: str) -> str:
        if self._is_sqlite:
            return f"CAST(json_extract({alias}.data, '$.{name}') AS INTEGER)"
        text = f"({alias}.data ->> '{name}')"
        return f"CASE WHEN {text} ~ '^[0-9]{{1,18}}$' THEN CAST({text} AS bigint) END"

    def _json(self, alias: str, name: str, kind: Kind) -> str:
        if self._is_sqlite:
            text = f"json_extract({alias}.data, '$.{name}')"
            return f"CAST({text} AS REAL)" if kind in _NUMBERS else text
        text = f"({alias}.data ->> '{name}')"
        if kind in _NUMBERS:
            return f"CAST({text} AS numeric)"
        return f"CAST({text} AS boolean)" if kind is Kind.BOOLEAN else f'{text} COLLATE "C"'


def _parameter(kind: Kind, value: Scalar) -> Parameter:
    """Give a comparison value in the column's form, or None where it is of another kind and so can never be equal."""
    if kind in _NUMBERS:
        is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        return format(Decimal(value), "f") if is_number and isinstance(value, (int, Decimal)) else None
    match kind:
        case Kind.BOOLEAN:
            return value if isinstance(value, bool) else None
        case Kind.DATE:
            return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None
        case Kind.INSTANT:
            return instant_text(value) if isinstance(value, datetime) else None
        case Kind.LINES:
            return None
        case _:
            return value if isinstance(value, str) else None
