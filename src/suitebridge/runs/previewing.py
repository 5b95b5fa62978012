"""Previews one real record through a mapping: every row's value on both sides, the rule behind it, and what would be sent (quality.md U16).

Nothing is written anywhere and no request leaves that could change something. What a role hides is hidden here. It knows no record type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from zoneinfo import ZoneInfo

from suitebridge.domain.bindings import Binding, external_id_for
from suitebridge.domain.conditions import Condition, holds
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.expressions import When, walk
from suitebridge.domain.flow import matching, planning
from suitebridge.domain.flow.mapping import Answers, CompiledMapping, Draft, compile_mapping
from suitebridge.domain.flow.matching import Ambiguous, Match
from suitebridge.domain.flow.merging import Clash
from suitebridge.domain.flow.selecting import Selected, name_record, select
from suitebridge.domain.intents import Change, Create, Keep, Refuse, Skip, Update
from suitebridge.domain.macros import Facts, facts_of
from suitebridge.domain.masking import MASK, mask_differences
from suitebridge.domain.picking import systems_of
from suitebridge.domain.records import Direction, Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Fields, Value, as_text, is_blank
from suitebridge.domain.workflow import MappingGroup, Method, Row, Workflow, expression_paths
from suitebridge.ports.netsuite import OutgoingRecord, ReadRequest
from suitebridge.runs import updating
from suitebridge.runs.asking import ask_netsuite, ask_workspace
from suitebridge.runs.finding import PreviewDesk, may_see
from suitebridge.runs.importing import find_candidates

MOST_LINES = 20


class Fate(Enum):
    """What becomes of a field of a record that is there: it follows the source, stays as it is, or was edited on both sides."""

    FOLLOWS = "follows"
    STAYS = "stays"
    CLASHES = "clashes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPreview:
    """One row with this record: what it read, what the target holds now and would hold; `branches` are its conditions with whether they hold.

    `line` counts the lines of a list from one, 0 for the header. With a `problem` there is no value.
    """

    group: MappingGroup
    row: Row
    line: int
    inputs: tuple[tuple[str, Value], ...]
    branches: tuple[tuple[Condition, bool], ...]
    before: Value
    after: Value
    is_left: bool
    problem: Problem | None
    fate: Fate = Fate.FOLLOWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One record through one workflow. `reason` says why a run would leave it out, `problem` why it could not be written.

    `request` is what would be sent or written, "" where nothing would, or where the role hides a part of it.
    """

    workflow: Workflow
    source_id: str
    title: str
    target_id: str
    reason: str
    problem: Problem | None
    rows: tuple[RowPreview, ...]
    request: str
    is_hidden: bool

    @property
    def makes_only(self) -> bool:
        """Whether the workflow never changes what it made in NetSuite."""
        return self.workflow.direction is Direction.EXPORT and self.workflow.method is Method.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A record on its way: what is known before its rows are looked at."""

    desk: PreviewDesk
    workflow: Workflow
    target: RecordSchema
    facts: Facts
    selected: Selected
    answers: Answers
    there: Record | None
    earlier: Binding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What a run would send or write, or why it would not; of a record that is there, what becomes of its fields, by name."""

    request: str = ""
    reason: str = ""
    problem: Problem | None = None
    fates: Mapping[str, Fate] = field(default_factory=dict)


def preview(desk: PreviewDesk, workflow: Workflow, record_id: str) -> Preview | None:
    """Carry one record through the mapping without writing; None where there is no such record. Raise `RunStoppedError` where it cannot be read."""
    may_see(desk.user, workflow)
    record = _fetch(desk, workflow, record_id)
    if record is None:
        return None
    case, problem = _case(desk, workflow, record)
    rows = tuple(row for group in workflow.groups for row in _group_rows(case, group))
    schema = desk.schemas(systems_of(workflow)[0], workflow.source_type)
    is_export = workflow.direction is Direction.EXPORT
    taken = updating.choose(workflow, schema, record, case.earlier) if is_export else select(workflow, schema, record)
    is_hidden = any(_is_hidden(case, one.group, one.row) for one in rows)
    problem = problem or next((one.problem for one in rows if one.problem is not None), None)
    written = _Written(problem=problem) if problem is not None else _written(case)
    return Preview(
        workflow=workflow,
        source_id=record.id,
        title=case.selected.title,
        target_id=case.there.id if case.there is not None else "",
        reason=taken.reason if isinstance(taken, Skip) else written.reason,
        problem=written.problem,
        rows=tuple(_masked(case, _with_fate(one, written.fates)) for one in rows),
        request="" if is_hidden else written.request,
        is_hidden=is_hidden,
    )


def _fetch(desk: PreviewDesk, workflow: Workflow, record_id: str) -> Record | None:
    paths = workflow.source_paths()
    if workflow.direction is Direction.EXPORT:
        return next(iter(desk.store.records.fetch(workflow.source_type, [record_id], paths)), None)
    request = ReadRequest(record_type=workflow.source_type, fields=paths, ids=(record_id,), limit=1)
    return next(iter(desk.gateway.fetch(request).records), None)


def _case(desk: PreviewDesk, workflow: Workflow, record: Record) -> tuple[_Case, Problem | None]:
    """Put together what the rows need; with the problem where more than one counterpart is there."""
    source, target = (
        desk.schemas(system, name)
        for system, name in zip(systems_of(workflow), (workflow.source_type, workflow.target_type), strict=True)
    )
    facts = facts_of(asked_at=desk.clock.now(), zone=ZoneInfo(desk.store.company.zone), owner=desk.user.id)
    mapping = compile_mapping(workflow, target, facts)
    selected = Selected(record=record, title=name_record(workflow, source, record))
    records, problem, earlier = desk.store.records, None, None
    if workflow.direction is Direction.IMPORT:
        answers = ask_workspace(desk.gateway, records, mapping, [selected])
        matched = matching.match(workflow, selected, find_candidates(records, workflow, [selected]))
        there = matched.target if isinstance(matched, Match) else None
        problem = matched.problem if isinstance(matched, Ambiguous) else None
    else:
        answers = ask_netsuite(desk.gateway, records, mapping, [selected])
        earlier = _binding(desk, workflow, record)
        there = _written_before(desk, workflow, earlier)
        if there is None and earlier is not None and updating.is_update(workflow, earlier):
            problem = updating.gone_problem(selected.title, earlier.netsuite_id or "")
    case = _Case(
        desk=desk,
        workflow=workflow,
        target=target,
        facts=facts,
        selected=selected,
        answers=answers,
        there=there,
        earlier=earlier,
    )
    return case, problem


def _binding(desk: PreviewDesk, workflow: Workflow, record: Record) -> Binding | None:
    kept = desk.store.runs.bindings_by_workspace(workflow.source_type, workflow.target_type, [record.id])
    return kept.get(record.id)


def _written_before(desk: PreviewDesk, workflow: Workflow, binding: Binding | None) -> Record | None:
    """Give what NetSuite holds of the record, where it is bound."""
    if binding is None or not binding.netsuite_id:
        return None
    paths = [
        f"{group.target_list}.{row.target}" if group.target_list else row.target
        for group in workflow.groups
        for row in group.rows
    ]
    found = desk.gateway.read_back(workflow.target_type, [binding.netsuite_id], list(dict.fromkeys(paths)))
    return next(iter(found), None)


def _group_rows(case: _Case, group: MappingGroup) -> Iterator[RowPreview]:
    for row in group.rows:
        if row.is_active:
            yield from _row(case, group, row)


def _row(case: _Case, group: MappingGroup, row: Row) -> Iterator[RowPreview]:
    """Map this row alone, line by line, so that one that fails hides no other."""
    prefix = f"{group.source_list}." if group.source_list else ""
    for number, fields in enumerate(_sources(case, group), start=1):
        line = number if group.source_list else 0
        after, problem, is_left = _value(case, group, row, fields)
        reads = tuple(dict.fromkeys(expression_paths(row.source)))
        yield RowPreview(
            group=group,
            row=row,
            line=line,
            inputs=tuple((prefix + path, fields.get(path)) for path in reads),
            branches=tuple(
                (part.condition, holds(part.condition, fields)) for part in walk(row.source) if isinstance(part, When)
            ),
            before=_before(case, group, row, line),
            after=after,
            is_left=is_left,
            problem=problem,
        )


def _sources(case: _Case, group: MappingGroup) -> Sequence[Fields]:
    record = case.selected.record
    if not group.source_list:
        header: Fields = {**record.fields, "id": record.id}
        return [header] if group.condition is None or holds(group.condition, header) else []
    lines = record.fields.get(group.source_list)
    taken = lines if isinstance(lines, tuple) else ()
    return [line for line in taken if group.condition is None or holds(group.condition, line)][:MOST_LINES]


def _value(case: _Case, group: MappingGroup, row: Row, fields: Fields) -> tuple[Value, Problem | None, bool]:
    """Give the row's value, or its problem, and whether the target is left as it is."""
    record = case.selected.record
    held: Fields = {group.source_list: (fields,)} if group.source_list else fields  # type: ignore[dict-item]  # lines hold scalars
    alone = replace(case.workflow, groups=(replace(group, rows=(row,), condition=None),))
    mapping = compile_mapping(alone, case.target, case.facts)
    selected = replace(case.selected, record=replace(record, fields=held))
    draft = mapping.draft(selected, case.answers)
    if isinstance(draft, Skip):
        return None, None, True
    if isinstance(draft, Refuse):
        return None, draft.problem, False
    if not group.target_list:
        return draft.fields.get(row.target), None, row.target not in draft.fields
    lines = draft.fields.get(group.target_list)
    line = lines[0] if isinstance(lines, tuple) and lines else {}
    return line.get(row.target), None, row.target not in line


def _before(case: _Case, group: MappingGroup, row: Row, line: int) -> Value:
    if case.there is None:
        return None
    if not group.target_list:
        return case.there.fields.get(row.target)
    lines = case.there.fields.get(group.target_list)
    return lines[line - 1].get(row.target) if isinstance(lines, tuple) and 0 < line <= len(lines) else None


def _with_fate(one: RowPreview, fates: Mapping[str, Fate]) -> RowPreview:
    return replace(one, fate=fates.get(one.group.target_list or one.row.target, Fate.FOLLOWS))


def _written(case: _Case) -> _Written:
    """Write what would be sent, or written into the workspace."""
    mapping = compile_mapping(case.workflow, case.target, case.facts)
    draft = mapping.draft(case.selected, case.answers)
    if isinstance(draft, Skip):
        return _Written(reason=draft.reason)
    if isinstance(draft, Refuse):
        return _Written(problem=draft.problem)
    if case.workflow.direction is Direction.IMPORT:
        return _workspace_write(case, draft, mapping)
    try:
        if case.there is not None and updating.is_update(case.workflow, case.earlier):
            return _change(case, draft, mapping, case.there)
        return _Written(request="" if case.there is not None else _creation(case, draft))
    except RunStoppedError as error:
        return _Written(problem=error.problem)


def _creation(case: _Case, draft: Draft) -> str:
    """Spell the request that makes the record in NetSuite."""
    company, record = case.desk.store.company, case.selected.record
    external_id = external_id_for(
        company_token=company.token, record_type=case.workflow.source_type, record_id=record.id
    )
    fields = {name: value for name, value in draft.fields.items() if value is not None}
    outgoing = OutgoingRecord(external_id=external_id, fields=fields)
    return case.desk.gateway.spell(case.workflow.target_type, outgoing)


def _change(case: _Case, draft: Draft, mapping: CompiledMapping, there: Record) -> _Written:
    """Compare a linked record three ways, and spell the change that NetSuite would be sent."""
    asked = updating.Asked(workflow=case.workflow, mapping=mapping, selected=case.selected)
    record_id, store = case.selected.record.id, case.desk.store
    known = store.agreements.of(case.workflow.name, [record_id]).get(record_id)
    intent = updating.compare_one(asked, draft, there, known=known).intent
    match intent:
        case Update(changes=changes):
            outgoing = updating.outgoing_change(case.target, intent)
            request = case.desk.gateway.spell(case.workflow.target_type, outgoing)
            return _Written(request=request, fates=_fates(draft, changes))
        case Clash(changes=changes):
            problem = updating.clash_of(case.target, case.selected.title, there.id, changes)
            return _Written(problem=problem, fates={one.field: Fate.CLASHES for one in changes})
        case _:
            return _Written(fates=_fates(draft, ()))


def _fates(draft: Draft, changes: Sequence[Change]) -> Mapping[str, Fate]:
    changed = {one.field for one in changes}
    return {name: Fate.STAYS for name in draft.fields if name not in changed}


def _workspace_write(case: _Case, draft: Draft, mapping: CompiledMapping) -> _Written:
    name = case.target.label.lower()
    match planning.plan(draft, case.there, mapping.initial_only, mapping.sync):
        case Create(fields=fields):
            return _Written(request=f"Create a {name}\n{_spelled(fields)}")
        case Update(target_id=target_id, changes=changes):
            told = _spelled({one.field: one.after for one in changes})
            return _Written(request=f"Change the {name} {target_id}\n{told}", fates=_fates(draft, changes))
        case Keep():
            return _Written(fates=_fates(draft, ()))


def _spelled(fields: Fields) -> str:
    texts = {
        name: None if value is None or isinstance(value, tuple) else as_text(value) for name, value in fields.items()
    }
    return json.dumps(texts, indent=1, ensure_ascii=False)


def _is_hidden(case: _Case, group: MappingGroup, row: Row) -> bool:
    alone = replace(case.workflow, groups=(replace(group, rows=(row,)),))
    asked = Change(field=group.target_list or row.target, before=None, after="a value")
    return any(one.after == MASK for one in mask_differences(alone, (asked,), case.desk.user.role))


def _masked(case: _Case, one: RowPreview) -> RowPreview:
    if not _is_hidden(case, one.group, one.row):
        return one

    def hide(value: Value) -> Value:
        return value if is_blank(value) else MASK

    inputs = tuple((path, hide(value)) for path, value in one.inputs)
    problem = None if one.problem is None else Problem(code="SB-MAP-002", facts={**one.problem.facts, "said": MASK})
    return replace(one, inputs=inputs, before=hide(one.before), after=hide(one.after), problem=problem)
