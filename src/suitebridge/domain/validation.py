"""Says what is wrong with a workflow's mapping before it runs: all at once, each problem with its place and the way out.

Pure: the schemas are handed in, a company's custom fields among them. Strict by default; relaxed, it names only what would stop a run or
every record of it. Who may save a mapping with problems is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, TypeAlias

from suitebridge.domain import conditions
from suitebridge.domain.conditions import Condition
from suitebridge.domain.errors import Problem
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    Formula,
    Leave,
    Lookup,
    LookupSide,
    Macro,
    When,
    walk,
)
from suitebridge.domain.flow.fitting import UnfitValueError, fit_for
from suitebridge.domain.formulas import FormulaError, compile_formula
from suitebridge.domain.macros import days
from suitebridge.domain.records import Direction, System
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.values import Scalar, as_text, is_blank
from suitebridge.domain.workflow import MappingGroup, Method, Row, Workflow

Schemas: TypeAlias = Callable[[System, str], RecordSchema]
"""Gives a record type's schema in one of the systems, `KeyError` where there is none."""

MOST_DAYS: Final = 36_525
_OWN: Final = ("id", "internalId", "externalId")
_TEXTS: Final = frozenset({Kind.TEXT, Kind.CHOICE, Kind.REFERENCE})
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.DURATION})
# Which kinds of source can give a value that fits: texts may hold anything, so that they are judged record by record.
_TAKES: Final = {
    **dict.fromkeys(_TEXTS - {Kind.REFERENCE}, frozenset(Kind) - {Kind.LINES}),
    Kind.REFERENCE: _TEXTS,
    **dict.fromkeys(_NUMBERS, _NUMBERS | {Kind.TEXT, Kind.CHOICE}),
    Kind.BOOLEAN: frozenset({Kind.BOOLEAN, Kind.TEXT, Kind.CHOICE, Kind.INTEGER}),
    Kind.DATE: frozenset({Kind.DATE, Kind.TEXT}),
    Kind.INSTANT: frozenset({Kind.INSTANT}),
    Kind.LINES: frozenset[Kind](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProblem:
    """One problem and where it is; `group` and `target` are "" for what concerns the whole workflow, `column` 0 where none is known."""

    workflow: str
    group: str
    target: str
    column: int
    problem: Problem


def problems_of(workflow: Workflow, schemas: Schemas, *, strict: bool = True) -> tuple[MappingProblem, ...]:
    """Name everything that is wrong with an effective workflow; what is switched off is not looked at."""
    return tuple(_Judge(workflow, schemas, strict=strict).problems())


class _Judge:
    """Looks at one workflow; each method yields what it finds."""

    def __init__(self, workflow: Workflow, schemas: Schemas, *, strict: bool) -> None:
        is_import = workflow.direction is Direction.IMPORT
        self._workflow, self._schemas, self._strict = workflow, schemas, strict
        self._source_system, self._target_system = (
            (System.NETSUITE, System.WORKSPACE) if is_import else (System.WORKSPACE, System.NETSUITE)
        )
        self._source = schemas(self._source_system, workflow.source_type)
        self._target = schemas(self._target_system, workflow.target_type)

    def problems(self) -> Iterator[MappingProblem]:
        yield from self._reading()
        for group in self._workflow.groups:
            yield from self._group(group)
        if self._strict:
            yield from self._doubles()
            yield from self._unmapped()
        yield from self._pull_backs()

    def _reading(self) -> Iterator[MappingProblem]:
        if self._workflow.reads is not None:
            yield from self._condition(self._workflow.reads, self._source, "")
        for guard in self._workflow.guards:
            yield from self._condition(guard.condition, self._source, "")

    def _group(self, group: MappingGroup) -> Iterator[MappingProblem]:
        source = (
            self._lines(self._source_system, self._source, group.source_list) if group.source_list else self._source
        )
        if source is None:
            yield self._structure(group, f"{self._source.label} has no list “{group.source_list}”.")
        target = (
            self._lines(self._target_system, self._target, group.target_list) if group.target_list else self._target
        )
        if target is None:
            yield self._structure(group, f"{self._target.label} has no list “{group.target_list}”.")
        if source is None or target is None:
            return
        if group.condition is not None:
            yield from self._condition(group.condition, source, group.name)
        for order in group.order:
            yield from self._path(order.path, source, group.name, "")
        for row in group.rows:
            if row.is_active:
                yield from self._row(group, row, source, target)

    def _row(
        self, group: MappingGroup, row: Row, source: RecordSchema, target: RecordSchema
    ) -> Iterator[MappingProblem]:
        field = target.by_name.get(row.target)
        if field is None:
            yield self._unknown(group.name, row.target, target, row.target)
        for part in walk(row.source):
            yield from self._part(group, row, part, source)
        if field is not None and self._strict:
            yield from (
                self._problem(group.name, row.target, "SB-VAL-003", {"said": said})
                for said in self._unfit(row.source, field, source)
            )

    def _part(self, group: MappingGroup, row: Row, part: Expression, source: RecordSchema) -> Iterator[MappingProblem]:
        match part:
            case Field(path=path):
                yield from self._path(path, source, group.name, row.target)
            case When(condition=condition):
                yield from self._condition(condition, source, group.name, row.target)
            case Formula(text=text):
                yield from self._formula(group, row, text, source)
            case Lookup() | Counterpart():
                yield from (
                    self._problem(group.name, row.target, "SB-VAL-004", {"said": said}) for said in self._lookup(part)
                )
            case Macro(days=moved) if moved and (part.name not in set(days()) or abs(moved) > MOST_DAYS):
                said = f"Only a day can be moved, and by at most {MOST_DAYS:,} days."
                yield self._problem(group.name, row.target, "SB-VAL-003", {"said": said})
            case _:
                return

    def _formula(self, group: MappingGroup, row: Row, text: str, source: RecordSchema) -> Iterator[MappingProblem]:
        try:
            fields = compile_formula(text).fields
        except FormulaError as error:
            facts = {"column": str(error.column), "said": error.said}
            yield self._problem(group.name, row.target, "SB-VAL-005", facts, column=error.column)
            return
        for path in fields:
            yield from self._path(path, source, group.name, row.target)

    def _lookup(self, part: Lookup | Counterpart) -> Iterator[str]:
        if any(isinstance(inner, Lookup | Counterpart) for inner in walk(part.of)):
            yield "A lookup cannot take its value from another lookup."
        if isinstance(part, Counterpart):
            if self._known(System.WORKSPACE, part.record_type) is None:
                yield f"The workspace has no record type “{part.record_type}”."
            return
        system = self._target_system if part.side is LookupSide.TARGET else self._source_system
        schema = self._known(system, part.record_type)
        if schema is None:
            yield f"{_SYSTEMS[system]} has no record type “{part.record_type}”."
            return
        for name in (part.by, part.returns):
            if name and self._find(system, schema, name) is None:
                yield f"{schema.label} has no field “{name}”.{_meant(name, schema)}"

    def _condition(
        self, condition: Condition, schema: RecordSchema, group: str, target: str = ""
    ) -> Iterator[MappingProblem]:
        for path in dict.fromkeys(conditions.paths(condition)):
            yield from self._path(path, schema, group, target)
        if self._strict:
            for path, comparison, value in conditions.comparisons(condition):
                field = self._find(self._source_system, schema, path)
                said = _incomparable(field, comparison.value, value) if isinstance(field, FieldSchema) else ""
                if said:
                    yield self._problem(group, target or path, "SB-VAL-003", {"said": said})

    def _path(self, path: str, schema: RecordSchema, group: str, target: str) -> Iterator[MappingProblem]:
        if self._find(self._source_system, schema, path) is None:
            yield self._unknown(group, target or path, schema, path)

    def _doubles(self) -> Iterator[MappingProblem]:
        headers = [group for group in self._workflow.groups if not group.target_list]
        lines = [(group,) for group in self._workflow.groups if group.target_list]
        for groups in (tuple(headers), *lines):
            rows = [(group.name, row.target) for group in groups for row in group.rows if row.is_active]
            for target, count in Counter(target for _, target in rows).items():
                if count > 1:
                    name = next(group for group, one in rows if one == target)
                    yield self._problem(name, target, "SB-VAL-002", {"field": target, "count": str(count)})

    def _unmapped(self) -> Iterator[MappingProblem]:
        if self._workflow.method is Method.UPDATE:  # What an update leaves out stays as it stands there.
            return
        for name, target, groups in self._filled():
            mapped = {row.target for group in groups for row in group.rows if row.is_active}
            for field in target.fields:
                if field.is_required and not field.default and not field.is_read_only and field.name not in mapped:
                    facts = {"field": field.label, "type": target.label}
                    yield self._problem(name, field.name, "SB-VAL-006", facts)

    def _filled(self) -> Iterator[tuple[str, RecordSchema, tuple[MappingGroup, ...]]]:
        headers = tuple(group for group in self._workflow.groups if not group.target_list)
        if headers:
            filled = {group.target_list for group in self._workflow.groups if group.target_list}
            lists = MappingGroup(
                name="", title="", rows=tuple(Row(target=name, source=Leave()) for name in sorted(filled))
            )
            yield headers[0].name, self._target, (*headers, lists)
        for group in self._workflow.groups:
            lines = self._lines(self._target_system, self._target, group.target_list) if group.target_list else None
            if lines is not None:
                yield group.name, lines, (group,)

    def _pull_backs(self) -> Iterator[MappingProblem]:
        for one in self._workflow.pull_backs:
            if self._workflow.direction is Direction.IMPORT:
                said = "An import has nothing to pull back: the values come with the record."
                yield self._problem("", one.target, "SB-VAL-007", {"said": said})
                continue
            found = self._find(self._target_system, self._target, one.source)
            if found is None:
                yield self._unknown("", one.target, self._target, one.source)
            goal = self._find(self._source_system, self._source, one.target)
            is_of_lines = one.target.partition(".")[0] in self._source.related_by_name
            if not isinstance(goal, FieldSchema) or not (is_of_lines == ("." in one.target) == ("." in one.source)):
                yield self._unknown("", one.target, self._source, one.target)
            elif isinstance(found, FieldSchema) and not one.is_id and found.kind not in _TAKES[goal.kind]:
                said = (
                    f"{found.label} is of the kind {found.kind.value}, and {goal.label} of the kind {goal.kind.value}."
                )
                yield self._problem("", one.target, "SB-VAL-003", {"said": said})

    def _unfit(self, source: Expression, field: FieldSchema, schema: RecordSchema) -> Iterator[str]:
        """Say why a source can never fill a field in: a constant that does not fit, or a field of another kind."""
        match source:
            case Constant(value=value) if not is_blank(value):
                yield from _unfit_constant(value, field)
            case Field(path=path):
                found = self._find(self._source_system, schema, path)
                if isinstance(found, FieldSchema) and found.kind not in _TAKES[field.kind]:
                    yield f"{found.label} is of the kind {found.kind.value}, and {field.label} of the kind {field.kind.value}."
            case When(then=then, otherwise=otherwise):
                yield from self._unfit(then, field, schema)
                yield from self._unfit(otherwise, field, schema)
            case _:
                return

    def _find(self, system: System, schema: RecordSchema, path: str) -> FieldSchema | bool | None:
        """Find a field along references; True for what is there but has no schema, None for what is not there."""
        first, _, rest = path.partition(".")
        if first in _OWN and not rest:
            return True
        related = schema.related_by_name.get(first)
        if related is not None:
            inner = self._known(system, related.type)
            return True if inner is None or not rest else self._find(system, inner, rest)
        field = schema.by_name.get(first)
        if field is None or not rest:
            return field
        if field.lines is not None:
            return self._find(system, field.lines, rest)
        if not field.refers_to:
            return None
        inner = self._known(system, field.refers_to)
        return True if inner is None else self._find(system, inner, rest)

    def _lines(self, system: System, schema: RecordSchema, name: str) -> RecordSchema | None:
        related = schema.related_by_name.get(name)
        if related is not None:
            return self._known(system, related.type)
        field = schema.by_name.get(name)
        return field.lines if field is not None else None

    def _known(self, system: System, record_type: str) -> RecordSchema | None:
        try:
            return self._schemas(system, record_type)
        except KeyError:
            return None

    def _unknown(self, group: str, target: str, schema: RecordSchema, name: str) -> MappingProblem:
        facts = {"type": schema.label, "field": name, "suggestion": _meant(name, schema).lstrip()}
        facts["suggestion"] += " " if facts["suggestion"] else ""
        return self._problem(group, target, "SB-VAL-001", facts)

    def _structure(self, group: MappingGroup, said: str) -> MappingProblem:
        return self._problem(group.name, "", "SB-VAL-007", {"said": said})

    def _problem(self, group: str, target: str, code: str, facts: dict[str, str], *, column: int = 0) -> MappingProblem:
        title = next((one.title for one in self._workflow.groups if one.name == group), "")
        place = " > ".join(part for part in (self._workflow.title, title, target) if part)
        problem = Problem(code=code, facts={"place": place, **facts})
        return MappingProblem(workflow=self._workflow.name, group=group, target=target, column=column, problem=problem)


_SYSTEMS: Final = {System.NETSUITE: "NetSuite", System.WORKSPACE: "The workspace"}


def _meant(name: str, schema: RecordSchema) -> str:
    last = name.rpartition(".")[2]
    close = get_close_matches(last.casefold(), {one.name.casefold(): one.name for one in schema.fields}, n=1)
    known = {one.name.casefold(): one.name for one in schema.fields}
    return f" Do you mean {known[close[0]]}?" if close else ""


def _unfit_constant(value: Scalar, field: FieldSchema) -> Iterator[str]:
    try:
        fitted = fit_for(field.kind)(value)
    except UnfitValueError as error:
        yield f"{field.label} is of the kind {field.kind.value}: {error}"
        return
    known = [literal for literal, _ in field.choices]
    if known and as_text(fitted) not in known:
        yield f"“{as_text(value)}” is none of the values that {field.label} takes: {', '.join(known)}."


def _incomparable(field: FieldSchema, sign: str, value: Scalar) -> str:
    """Say why a field can never be compared with a value so; "" where it can."""
    if is_blank(value):
        return ""
    if sign in {"<", "<=", ">", ">="} and field.kind in {Kind.BOOLEAN, Kind.REFERENCE, Kind.LINES}:
        return f"{field.label} is of the kind {field.kind.value}, which has no order: use = or <>."
    if field.kind is Kind.LINES:
        return f"{field.label} is a list: it can only be empty or not."
    try:
        fitted = fit_for(field.kind)(value)
    except UnfitValueError as error:
        return f"{field.label} is compared with what it cannot be: {error}"
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if type(fitted) is type(value) or (field.kind in _NUMBERS and is_number):
        return ""
    return f"{field.label} is of the kind {field.kind.value}, and “{as_text(value)}” is of another."
