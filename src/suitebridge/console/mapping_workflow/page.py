"""What a workflow's page shows: its groups as subtabs, and the rows of one of them with labels, types and where values come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.page import WorkflowLine, workflow_line
from suitebridge.console.marks import ROW_MARKS, Mark
from suitebridge.domain.picking import Pick, Schemas, is_custom, label_of, source_of, target_of, targets_of
from suitebridge.domain.records import Direction
from suitebridge.domain.telling import Name, tell_condition, tell_source
from suitebridge.domain.workflow import MappingGroup, Row, Workflow, expression_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One row: the field that gets the value and the place it comes from."""

    number: int
    target: str
    label: str
    type: str
    is_custom: bool
    source: str
    paths: str
    kind: Mark
    is_active: bool
    is_initial_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PullBackLine:
    """A value of the written NetSuite record that comes back."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowPage:
    """The page of one workflow with one of its groups open."""

    tabs: tuple[Tab, ...]
    line: WorkflowLine
    subtabs: tuple[Tab, ...]
    here_href: str
    preview_href: str
    group: str
    text: str
    filters: tuple[str, ...]
    group_filter: str
    rows: tuple[RowLine, ...]
    hidden_rows: int
    missing: tuple[Pick, ...]
    pull_backs: tuple[PullBackLine, ...]
    source_side: str
    target_side: str


def workflow_page(
    workflow: Workflow, group: MappingGroup, *, schemas: Schemas, text: str, place: int, is_administrator: bool
) -> WorkflowPage:
    """Write the page; `text` narrows the rows down by label, script id or source."""
    rows = row_lines(workflow, group, schemas)
    shown = tuple(row for row in rows if _holds(row, text))
    is_import = workflow.direction is Direction.IMPORT
    return WorkflowPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        line=workflow_line(workflow, (), place=place),
        subtabs=tuple(
            Tab(
                text=one.title,
                href=links.address("mapping-workflow", query={"group": one.name}, workflow_name=workflow.name),
                is_here=one.name == group.name,
            )
            for one in workflow.groups
        ),
        here_href=links.address("mapping-workflow", workflow_name=workflow.name),
        preview_href=links.address("mapping-preview", workflow_name=workflow.name),
        group=group.name,
        text=text,
        filters=filters_of(workflow, schemas),
        group_filter=tell_condition(group.condition, _names(workflow, group, schemas)) if group.condition else "",
        rows=shown,
        hidden_rows=len(rows) - len(shown),
        missing=missing_targets(workflow, group, schemas),
        pull_backs=_pull_backs(workflow, group, schemas),
        source_side="NetSuite" if is_import else "Workspace",
        target_side="Workspace" if is_import else "NetSuite",
    )


def row_lines(workflow: Workflow, group: MappingGroup, schemas: Schemas) -> tuple[RowLine, ...]:
    """Write the rows of a group."""
    names = _names(workflow, group, schemas)
    known = {pick.path: pick for pick in targets_of(target_of(workflow, group, schemas))}
    return tuple(
        _row_line(row, known.get(row.target), names, number=number) for number, row in enumerate(group.rows, start=1)
    )


def missing_targets(workflow: Workflow, group: MappingGroup, schemas: Schemas) -> tuple[Pick, ...]:
    """Name what the target side requires and no active row gives."""
    given = {
        row.target
        for one in workflow.groups
        if one.target_list == group.target_list
        for row in one.rows
        if row.is_active
    }
    wanted = targets_of(target_of(workflow, group, schemas))
    return tuple(pick for pick in wanted if pick.is_required and pick.path not in given)


def filters_of(workflow: Workflow, schemas: Schemas) -> tuple[str, ...]:
    """Say which records the workflow takes, a sentence each."""
    header = MappingGroup(name="", title="", rows=())
    names = _names(workflow, header, schemas)
    conditions = (
        *((workflow.reads,) if workflow.reads is not None else ()),
        *(one.condition for one in workflow.guards),
    )
    return tuple(tell_condition(one, names) for one in conditions)


def _names(workflow: Workflow, group: MappingGroup, schemas: Schemas) -> Name:
    schema = source_of(workflow, group, schemas)
    return lambda path: label_of(schema, path, schemas)


def _row_line(row: Row, pick: Pick | None, names: Callable[[str], str], *, number: int) -> RowLine:
    return RowLine(
        number=number,
        target=row.target,
        label=pick.label if pick is not None else row.target,
        type=pick.kind if pick is not None else "unknown",
        is_custom=is_custom(row.target),
        source=tell_source(row.source, names),
        paths=", ".join(dict.fromkeys(expression_paths(row.source))),
        kind=ROW_MARKS["required" if row.is_required else "default"],
        is_active=row.is_active,
        is_initial_only=row.is_initial_only,
    )


def _pull_backs(workflow: Workflow, group: MappingGroup, schemas: Schemas) -> tuple[PullBackLine, ...]:
    """Show what comes back with the group over the header."""
    if group.target_list:
        return ()
    schema = source_of(workflow, MappingGroup(name="", title="", rows=()), schemas)
    return tuple(
        PullBackLine(source=one.source, target=one.target, label=label_of(schema, one.target, schemas))
        for one in workflow.pull_backs
    )


def _holds(row: RowLine, text: str) -> bool:
    said = " ".join((row.label, row.target, row.source, row.paths)).casefold()
    return all(word in said for word in text.casefold().split())
