"""Third station: what should the target's fields hold? Lookups are asked first, in bulk; then it is a pure function.

A workflow is compiled once per run into closures; the same compiled mapping serves a run, a preview and "why did this happen".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from suitebridge.domain.conditions import Condition, holds
from suitebridge.domain.errors import Problem
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    FirstOf,
    Join,
    Lookup,
    Macro,
    MacroName,
    Shorten,
    Translate,
    When,
    walk,
)
from suitebridge.domain.flow.fitting import Fit, UnfitValueError, fit_for
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.intents import Refuse
from suitebridge.domain.masking import is_sensitive
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Fields, Line, Scalar, Value, as_text, is_blank
from suitebridge.domain.workflow import MappingGroup, Row, Workflow, expression_paths

_NOT_QUOTED: Final = (
    "It does not fit the field. What it holds is not quoted here, because not everybody who sees this may see it."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A record of the other side that a value points to: by a field of it, or as counterpart of a workspace record (`by` is "")."""

    record_type: str
    by: str
    value: str


Answers: TypeAlias = Mapping[Question, str]
"""The ids that were found; a question without an answer has no entry."""

Facts: TypeAlias = Mapping[MacroName, Scalar]
_Evaluate: TypeAlias = Callable[[Fields, Answers], Scalar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the target should hold: header fields and lists of lines. A field that is absent is to be left as it is."""

    fields: Fields


class _UnansweredError(Exception):
    """A value points to a record that has no counterpart."""

    def __init__(self, question: Question, *, leaves: bool) -> None:
        super().__init__(question)
        self.question = question
        self.leaves = leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class _CompiledRow:
    target: str
    label: str
    evaluate: _Evaluate
    fit: Fit
    is_required: bool
    default: str
    is_open: bool
    place: str
    known: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CompiledGroup:
    source_list: str
    target_list: str
    condition: Condition | None
    rows: tuple[_CompiledRow, ...]
    asking: tuple[tuple[str, str, _Evaluate], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledMapping:
    """A workflow's mapping, ready to be asked for questions and drafts."""

    groups: tuple[_CompiledGroup, ...]
    initial_only: frozenset[str]

    def questions(self, selected: Selected) -> Iterator[Question]:
        """Name every record of the other side that the draft will need; the same one may come twice."""
        asking = [group for group in self.groups if group.asking]
        header = _with_id(selected) if asking else {}
        for group in asking:
            for fields in _sources(group, header):
                for record_type, by, evaluate in group.asking:
                    value = evaluate(fields, {})
                    if not is_blank(value):
                        yield Question(record_type, by, as_text(value))

    def draft(self, selected: Selected, answers: Answers) -> Draft | Refuse:
        """Compute the target's fields; the first row that cannot be computed refuses the record with its problem."""
        header = _with_id(selected)
        drafted: dict[str, Value] = {}
        for group in self.groups:
            lines: list[Line] = []
            for fields in _sources(group, header):
                line = _draft_rows(group.rows, fields, answers, selected.title)
                if isinstance(line, Refuse):
                    return line
                if not group.target_list:
                    drafted.update(line)
                else:
                    lines.append(line)
            if group.target_list:
                earlier = drafted.get(group.target_list, ())
                drafted[group.target_list] = (*earlier, *lines) if isinstance(earlier, tuple) else tuple(lines)
        return Draft(fields=drafted)


def compile_mapping(workflow: Workflow, target: RecordSchema, facts: Facts) -> CompiledMapping:
    """Compile a workflow against the target's schema and the facts of one run."""
    return CompiledMapping(
        groups=tuple(_compile_group(workflow, group, target, facts) for group in workflow.groups),
        initial_only=frozenset(row.target for group in workflow.groups for row in group.rows if row.is_initial_only),
    )


def _compile_group(workflow: Workflow, group: MappingGroup, target: RecordSchema, facts: Facts) -> _CompiledGroup:
    schema = target
    if group.target_list:
        lines = target.by_name[group.target_list].lines
        if lines is None:
            raise ValueError(f"{target.name}.{group.target_list} is no list.")
        schema = lines
    rows = tuple(row for row in group.rows if row.is_active)
    place = f"{workflow.title} > {group.title}"
    prefix = f"{group.source_list}." if group.source_list else ""
    return _CompiledGroup(
        source_list=group.source_list,
        target_list=group.target_list,
        condition=group.condition,
        rows=tuple(
            _compile_row(row, schema, facts, is_open=_is_open(workflow, row, prefix), place=place) for row in rows
        ),
        asking=tuple(ask for row in rows for ask in _compile_asking(row.source, facts)),
    )


def _compile_row(row: Row, schema: RecordSchema, facts: Facts, *, is_open: bool, place: str) -> _CompiledRow:
    field = schema.by_name[row.target]
    return _CompiledRow(
        target=row.target,
        label=field.label,
        evaluate=_compile(row.source, facts),
        fit=fit_for(field.kind),
        is_required=row.is_required,
        default=field.default,
        is_open=is_open,
        place=place,
        known=frozenset(literal for literal, _ in field.choices),
    )


def _is_open(workflow: Workflow, row: Row, prefix: str) -> bool:
    """Whether everybody who sees the run's errors may see the value: rates and personal data are not quoted there (quality.md S28)."""
    if workflow.direction is Direction.IMPORT:
        return not is_sensitive(workflow.target_type, row.target)
    return not any(is_sensitive(workflow.source_type, prefix + path) for path in expression_paths(row.source))


def _compile_asking(source: Expression, facts: Facts) -> Iterator[tuple[str, str, _Evaluate]]:
    for part in walk(source):
        match part:
            case Lookup(of=of, record_type=record_type, by=by):
                yield record_type, by, _compile(of, facts)
            case Counterpart(of=of, record_type=record_type):
                yield record_type, "", _compile(of, facts)
            case _:
                pass


def _compile(expression: Expression, facts: Facts) -> _Evaluate:
    match expression:
        case Field(path=path):
            return lambda fields, _: _scalar(fields.get(path))
        case Constant(value=value):
            return lambda _, __: value
        case Macro(name=name):
            fact = facts[name]
            return lambda _, __: fact
        case Join(parts=parts):
            inner = tuple(_compile(part, facts) for part in parts)
            return lambda fields, answers: _joined(tuple(part(fields, answers) for part in inner))
        case FirstOf(options=options):
            inner = tuple(_compile(option, facts) for option in options)
            return lambda fields, answers: _first(inner, fields, answers)
        case Shorten(of=of, length=length):
            long = _compile(of, facts)
            return lambda fields, answers: _shortened(long(fields, answers), length)
        case Translate():
            return _compile_translate(expression, facts)
        case Lookup(of=of, record_type=record_type, by=by):
            return _compile_question(_compile(of, facts), record_type, by, leaves=False)
        case Counterpart(of=of, record_type=record_type, or_leave=or_leave):
            return _compile_question(_compile(of, facts), record_type, "", leaves=or_leave)
        case When(condition=condition, then=then, otherwise=otherwise):
            yes, no = _compile(then, facts), _compile(otherwise, facts)
            return lambda fields, answers: (yes if holds(condition, fields) else no)(fields, answers)
        case _:
            assert_never(expression)


def _compile_translate(expression: Translate, facts: Facts) -> _Evaluate:
    inner, pairs, otherwise = _compile(expression.of, facts), dict(expression.pairs), expression.otherwise

    def translate(fields: Fields, answers: Answers) -> Scalar:
        value = inner(fields, answers)
        return pairs.get(as_text(value), value if otherwise is None else otherwise)

    return translate


def _compile_question(inner: _Evaluate, record_type: str, by: str, *, leaves: bool) -> _Evaluate:
    def answer(fields: Fields, answers: Answers) -> Scalar:
        value = inner(fields, answers)
        if is_blank(value):
            return None
        question = Question(record_type, by, as_text(value))
        found = answers.get(question)
        if found is None:
            raise _UnansweredError(question, leaves=leaves)
        return found

    return answer


def _draft_rows(
    rows: tuple[_CompiledRow, ...], fields: Fields, answers: Answers, title: str
) -> dict[str, Scalar] | Refuse:
    drafted: dict[str, Scalar] = {}
    for row in rows:
        try:
            value = row.fit(row.evaluate(fields, answers))
        except _UnansweredError as unanswered:
            if unanswered.leaves:
                continue
            return _blocked(row, unanswered.question, title)
        except UnfitValueError as unfit:
            facts = {"record": title, "field": row.label, "said": str(unfit) if row.is_open else _NOT_QUOTED}
            return Refuse(kind=OutcomeKind.FAILED, problem=Problem(code="SB-MAP-002", facts=facts))
        if row.is_required and is_blank(value):
            facts = {"record": title, "field": row.label}
            return Refuse(kind=OutcomeKind.FAILED, problem=Problem(code="SB-MAP-001", facts=facts))
        if row.known and not is_blank(value) and as_text(value) not in row.known:
            return _unlisted(row, as_text(value), title)
        drafted[row.target] = row.default if row.default and is_blank(value) else value
    return drafted


def _blocked(row: _CompiledRow, question: Question, title: str) -> Refuse:
    facts = {
        "record": title,
        "label": row.label.lower(),
        "field": row.label,
        "table": question.record_type.replace("_", " "),
        "value": question.value,
    }
    return Refuse(kind=OutcomeKind.BLOCKED, problem=Problem(code="SB-BLK-001", facts=facts))


def _unlisted(row: _CompiledRow, value: str, title: str) -> Refuse:
    """Name the row whose value map can give the list a value that it knows (quality.md F40)."""
    facts = {
        "record": title,
        "field": row.label,
        "place": row.place,
        "value": value if row.is_open else "(hidden)",
        "known": ", ".join(sorted(row.known)),
    }
    return Refuse(kind=OutcomeKind.FAILED, problem=Problem(code="SB-MAP-003", facts=facts))


def _with_id(selected: Selected) -> Fields:
    return {**selected.record.fields, "id": selected.record.id}


def _sources(group: _CompiledGroup, header: Fields) -> Iterator[Fields]:
    if not group.source_list:
        yield header
        return
    lines = header.get(group.source_list)
    for line in lines if isinstance(lines, tuple) else ():
        if group.condition is None or holds(group.condition, line):
            yield line


def _scalar(value: Value) -> Scalar:
    return None if isinstance(value, tuple) else value


def _joined(parts: tuple[Scalar, ...]) -> Scalar:
    return None if all(is_blank(part) for part in parts) else "".join(as_text(part) for part in parts)


def _first(options: tuple[_Evaluate, ...], fields: Fields, answers: Answers) -> Scalar:
    return next((value for option in options if not is_blank(value := option(fields, answers))), None)


def _shortened(value: Scalar, length: int) -> Scalar:
    return as_text(value)[:length] if isinstance(value, str) else value
