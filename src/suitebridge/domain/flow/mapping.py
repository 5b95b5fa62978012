"""Third station: what should the target's fields hold? Lookups are asked first, in bulk; then it is a pure function.

A workflow is compiled once per run into closures; the same compiled mapping serves a run, a preview and "why did this happen".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from suitebridge.domain.conditions import Condition, holds
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.flow.evaluating import (
    Answers,
    Ask,
    Evaluate,
    LeftAloneError,
    Question,
    UnansweredError,
    compile_expression,
    compile_questions,
)
from suitebridge.domain.flow.fitting import Fit, UnfitValueError, fit_for
from suitebridge.domain.flow.ordering import in_order
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.formulas import FormulaError
from suitebridge.domain.intents import Refuse, Skip
from suitebridge.domain.macros import Facts
from suitebridge.domain.masking import is_sensitive
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Fields, Line, Scalar, Value, as_text, is_blank
from suitebridge.domain.workflow import LineOrder, MappingGroup, Row, SyncRule, Workflow, expression_paths

__all__ = ["Answers", "CompiledMapping", "Draft", "Facts", "Question", "compile_mapping"]

_NOT_QUOTED: Final = (
    "It does not fit the field. What it holds is not quoted here, because not everybody who sees this may see it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the target should hold: header fields and lists of lines. A field that is absent is to be left as it is."""

    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class _CompiledRow:
    target: str
    label: str
    evaluate: Evaluate
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
    order: tuple[LineOrder, ...]
    rows: tuple[_CompiledRow, ...]
    asking: tuple[Ask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledMapping:
    """A workflow's mapping, ready to be asked for questions and drafts."""

    groups: tuple[_CompiledGroup, ...]
    initial_only: frozenset[str]
    sync: Mapping[str, SyncRule]

    def questions(self, selected: Selected) -> Iterator[Question]:
        """Name every record of the other side that the draft will need; the same one may come twice."""
        asking = [group for group in self.groups if group.asking]
        header = _with_id(selected) if asking else {}
        for group in asking:
            for fields in _sources(group, header):
                for ask in group.asking:
                    question = ask(fields)
                    if question is not None:
                        yield question

    def draft(self, selected: Selected, answers: Answers) -> Draft | Refuse | Skip:
        """Compute the target's fields; the first row that cannot be computed refuses the record with its problem, or skips it."""
        header = _with_id(selected)
        drafted: dict[str, Value] = {}
        for group in self.groups:
            lines: list[Line] = []
            for fields in _sources(group, header):
                line = _draft_rows(group.rows, fields, answers, selected.title)
                if isinstance(line, Refuse | Skip):
                    return line
                if not group.target_list:
                    drafted.update(line)
                else:
                    lines.append(line)
            if group.target_list:
                earlier = drafted.get(group.target_list, ())
                drafted[group.target_list] = (*earlier, *lines) if isinstance(earlier, tuple) else tuple(lines)
        return Draft(fields=drafted)


DRIFTED: Final = "NS-FLD-002"


def compile_mapping(workflow: Workflow, target: RecordSchema, facts: Facts) -> CompiledMapping:
    """Compile a workflow against the target's schema and the facts of one run."""
    rows = [row for group in workflow.groups if not group.target_list for row in group.rows if row.is_active]
    return CompiledMapping(
        groups=tuple(_compile_group(workflow, group, target, facts) for group in workflow.groups),
        initial_only=frozenset(row.target for row in rows if row.is_initial_only),
        sync={row.target: row.sync for row in rows if row.sync is not SyncRule.ALWAYS},
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
        order=group.order,
        asking=tuple(ask for row in rows for ask in compile_questions(row.source, facts)),
    )


def _compile_row(row: Row, schema: RecordSchema, facts: Facts, *, is_open: bool, place: str) -> _CompiledRow:
    field = schema.by_name.get(row.target)
    if field is None:
        # A custom field that was removed under the mapping, on either side: nothing of the workflow may be nulled for it (quality.md F39).
        said = f"{schema.label} has no field {row.target} any more"
        raise RunStoppedError(Problem(code=DRIFTED, facts={"workflow": place, "said": said}))
    return _CompiledRow(
        target=row.target,
        label=field.label,
        evaluate=compile_expression(row.source, facts),
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


def _draft_rows(
    rows: tuple[_CompiledRow, ...], fields: Fields, answers: Answers, title: str
) -> dict[str, Scalar] | Refuse | Skip:
    drafted: dict[str, Scalar] = {}
    for row in rows:
        try:
            value = row.fit(row.evaluate(fields, answers))
        except UnansweredError as unanswered:
            if unanswered.leaves:
                continue
            return _absent(row, unanswered, title)
        except LeftAloneError:
            continue
        except FormulaError as wrong:
            facts = {
                "record": title,
                "field": row.label,
                "said": wrong.said,
                "column": str(wrong.column),
                "place": row.place,
            }
            return Refuse(kind=OutcomeKind.FAILED, problem=Problem(code="SB-MAP-004", facts=facts))
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


def _absent(row: _CompiledRow, unanswered: UnansweredError, title: str) -> Refuse | Skip:
    question = unanswered.question
    if unanswered.skips:
        kind = question.record_type.replace("_", " ")
        return Skip(reason=f"The {kind} {question.value} that it belongs to is in one of the two systems only.")
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


def _sources(group: _CompiledGroup, header: Fields) -> Iterable[Fields]:
    if not group.source_list:
        return (header,) if group.condition is None or holds(group.condition, header) else ()
    lines = header.get(group.source_list)
    if not isinstance(lines, tuple):
        return ()
    condition = group.condition
    taken = lines if condition is None else [line for line in lines if holds(condition, line)]
    return in_order(taken, group.order) if group.order else taken
