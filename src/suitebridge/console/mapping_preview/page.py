"""What the preview shows: a record to choose, then every row with its values on both sides and the request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.wording import Span
from suitebridge.domain.errors import Problem
from suitebridge.domain.picking import Schemas, label_of, source_of, systems_of, target_of
from suitebridge.domain.records import Direction
from suitebridge.domain.telling import tell_condition, tell_source
from suitebridge.domain.values import Value, as_text, is_blank
from suitebridge.domain.workflow import MappingGroup, Workflow
from suitebridge.runs.finding import FoundRecord
from suitebridge.runs.previewing import Fate, Preview, RowPreview

_FATES = {
    Fate.FOLLOWS: "",
    Fate.STAYS: "not written: what is there stays",
    Fate.CLASHES: "edited on both sides since they were alike: somebody has to decide",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InputLine:
    """A source field with what the record holds in it."""

    label: str
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One row with this record; `remedy` is what to do about `problem`."""

    target: str
    label: str
    inputs: tuple[InputLine, ...]
    rule: str
    branches: tuple[str, ...]
    before: str
    after: str
    is_changed: bool
    is_left: bool
    note: str
    problem: str
    remedy: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSection:
    """The rows of the header, or of one line."""

    title: str
    lines: tuple[ValueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """A record that can be chosen."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """The page; `notice` says why nothing can be shown."""

    tabs: tuple[Tab, ...]
    workflow: str
    workflow_href: str
    here_href: str
    text: str
    was_asked: bool
    candidates: tuple[CandidateLine, ...]
    title: str
    target: str
    reason: str
    problem: str
    sections: tuple[ValueSection, ...]
    request: str
    request_note: str
    notice: Notice | None


def preview_page(
    workflow: Workflow,
    *,
    schemas: Schemas,
    text: str,
    candidates: Sequence[FoundRecord] | None,
    found: Preview | None = None,
    problem: Problem | None = None,
    is_administrator: bool,
) -> PreviewPage:
    """Write the page; `candidates` are None before anything was asked for."""
    here = links.address("mapping-preview", workflow_name=workflow.name)
    return PreviewPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        workflow=workflow.title,
        workflow_href=links.address("mapping-workflow", workflow_name=workflow.name),
        here_href=here,
        text=text,
        was_asked=candidates is not None,
        candidates=tuple(_candidate(workflow, one, text) for one in candidates or ()),
        title=found.title if found is not None else "",
        target=_target(found, schemas) if found is not None else "",
        reason=found.reason if found is not None else "",
        problem=wording.capitalized(found.problem.title) if found is not None and found.problem is not None else "",
        sections=tuple(_sections(found, schemas)) if found is not None else (),
        request=found.request if found is not None else "",
        request_note=_note(found) if found is not None else "",
        notice=notice_of(problem) if problem is not None else None,
    )


def _candidate(workflow: Workflow, found: FoundRecord, text: str) -> CandidateLine:
    query = {"text": text, "record": found.id}
    href = links.address("mapping-preview", query=query, workflow_name=workflow.name)
    return CandidateLine(title=found.title, href=href)


def _target(found: Preview, schemas: Schemas) -> str:
    workflow = found.workflow
    schema = schemas(systems_of(workflow)[1], workflow.target_type)
    side = "the workspace" if workflow.direction is Direction.IMPORT else "NetSuite"
    if not found.target_id:
        return f"It has no counterpart in {side} yet."
    return f"Its counterpart in {side} is {schema.label.lower()} {found.target_id}."


def _note(found: Preview) -> str:
    if found.is_hidden:
        return "It holds values that your role does not show."
    if found.problem is not None:
        return "Nothing would be sent: see the problem above."
    if found.request:
        return ""
    if found.reason:
        return "Nothing: a run would leave it out."
    if found.target_id and found.makes_only:
        return "Nothing: this workflow makes records and never changes one, and this one is there."
    return "Nothing: both sides are alike."


def _sections(found: Preview, schemas: Schemas) -> Iterator[ValueSection]:
    for group in found.workflow.groups:
        rows = [one for one in found.rows if one.group == group]
        for line in dict.fromkeys(one.line for one in rows):
            title = f"{group.title} {line}" if line else group.title
            lines = tuple(_line(found.workflow, group, one, schemas) for one in rows if one.line == line)
            yield ValueSection(title=title, lines=lines)


def _line(workflow: Workflow, group: MappingGroup, one: RowPreview, schemas: Schemas) -> ValueLine:
    source, target = source_of(workflow, group, schemas), target_of(workflow, group, schemas)
    prefix = f"{group.source_list}." if group.source_list else ""

    def name(path: str) -> str:
        return label_of(source, path, schemas)

    is_blank_still = is_blank(one.before) and is_blank(one.after)
    differs = not one.is_left and one.before != one.after and not is_blank_still
    return ValueLine(
        target=one.row.target,
        label=label_of(target, one.row.target, schemas),
        inputs=tuple(
            InputLine(label=name(path.removeprefix(prefix)), path=path, text=_written(value))
            for path, value in one.inputs
        ),
        rule=tell_source(one.row.source, name),
        branches=tuple(
            f"{wording.capitalized(tell_condition(condition, name))}: {'yes' if holds else 'no'}"
            for condition, holds in one.branches
        ),
        before=_written(one.before),
        after="" if one.is_left else _written(one.after),
        is_changed=differs and one.fate is Fate.FOLLOWS,
        is_left=one.is_left,
        note=_FATES[one.fate] if differs else "",
        problem=wording.capitalized(one.problem.cause) if one.problem is not None else "",
        remedy=wording.spans(one.problem.remedy) if one.problem is not None else (),
    )


def _written(value: Value) -> str:
    return wording.counted(len(value), "line", "lines") if isinstance(value, tuple) else as_text(value)
