"""What a workflow's page shows: its groups as subtabs, and the rows of one of them with labels, types and where values come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from suitebridge.administration.protecting import Protection
from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import Bench, DraftBar
from suitebridge.console.mapping.page import WorkflowLine, workflow_line
from suitebridge.console.marks import ROW_MARKS, Mark
from suitebridge.console.notices import Notice
from suitebridge.domain.drafting import Place, group_edit_of
from suitebridge.domain.overrides import is_fixed
from suitebridge.domain.picking import Pick, Schemas, is_custom, label_of, source_of, target_of, targets_of
from suitebridge.domain.records import Direction
from suitebridge.domain.telling import Name, tell_condition, tell_source
from suitebridge.domain.workflow import MappingGroup, Row, SyncRule, Workflow, expression_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One row: the field that gets the value and where it comes from. `place` counts the rows that can be moved, -1 for one that cannot."""

    target: str
    label: str
    type: str
    is_custom: bool
    source: str
    paths: str
    kind: Mark
    href: str
    is_active: bool
    is_initial_only: bool
    sync: str
    may_change: bool
    may_switch: bool
    may_remove: bool
    removes: str
    place: int


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
    bar: DraftBar
    line: WorkflowLine
    subtabs: tuple[Tab, ...]
    here_href: str
    preview_href: str
    add_href: str
    filter_href: str
    advanced_href: str
    settings_href: str
    group: str
    text: str
    row: str
    filters: tuple[str, ...]
    group_filter: str
    rows: tuple[RowLine, ...]
    hidden_rows: int
    missing: tuple[Pick, ...]
    pull_backs: tuple[PullBackLine, ...]
    source_side: str
    target_side: str
    done: str
    notice: Notice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for among the rows, the row that was just edited, and what was done otherwise."""

    text: str
    row: str
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What protects a workflow, and why its last edit was not taken."""

    by: Sequence[Protection]
    notice: Notice | None


def workflow_page(
    bench: Bench,
    workflow: Workflow,
    group: MappingGroup,
    *,
    schemas: Schemas,
    wanted: Wanted,
    protected: Protected,
    is_administrator: bool,
) -> WorkflowPage:
    """Write the page; `wanted` narrows the rows down by label, script id or source."""
    rows = row_lines(bench, workflow, group, schemas)
    query = {"group": group.name}
    place = list(bench.workflows).index(workflow.name) + 1
    shown = tuple(row for row in rows if _holds(row, wanted.text))
    is_import = workflow.direction is Direction.IMPORT
    return WorkflowPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bench.bar,
        line=workflow_line(workflow, (), place=place, protected=protected.by),
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
        add_href=links.address("mapping-row", query=query, workflow_name=workflow.name),
        filter_href=links.address("mapping-filter", query=query, workflow_name=workflow.name),
        advanced_href=links.address("mapping-advanced", query=query, workflow_name=workflow.name),
        settings_href=links.address("mapping-settings", workflow_name=workflow.name) if workflow.settings else "",
        group=group.name,
        text=wanted.text,
        row=wanted.row,
        filters=filters_of(workflow, schemas),
        group_filter=tell_condition(group.condition, _names(workflow, group, schemas)) if group.condition else "",
        rows=shown,
        hidden_rows=len(rows) - len(shown),
        missing=missing_targets(workflow, group, schemas),
        pull_backs=_pull_backs(workflow, group, schemas),
        source_side="NetSuite" if is_import else "Workspace",
        target_side="Workspace" if is_import else "NetSuite",
        done=wanted.done,
        notice=protected.notice,
    )


def row_lines(bench: Bench, workflow: Workflow, group: MappingGroup, schemas: Schemas) -> tuple[RowLine, ...]:
    """Write the rows of a group as they would be, one's own after those that came with the workflow."""
    names = _names(workflow, group, schemas)
    known = {pick.path: pick for pick in targets_of(target_of(workflow, group, schemas))}
    kinds = kinds_of(bench, workflow, group)
    movable = [target for target, kind in kinds.items() if kind == "custom"]
    lines = []
    for row in rows_of(bench, workflow, group):
        kind = kinds[row.target]
        lines.append(
            _row_line(
                row,
                known.get(row.target),
                names,
                kind=kind,
                place=movable.index(row.target) if row.target in movable else -1,
                is_fixed=is_fixed(workflow, row),
                href=links.address(
                    "mapping-row", query={"group": group.name, "target": row.target}, workflow_name=workflow.name
                ),
            )
        )
    return tuple(lines)


def rows_of(bench: Bench, workflow: Workflow, group: MappingGroup) -> tuple[Row, ...]:
    """Give a group's rows with those of one's own that a default row keeps from being taken."""
    added = group_edit_of(bench.configuration, Place(workflow=workflow.name, group=group.name)).added
    laid = {row.target for row in group.rows}
    return (*group.rows, *(row for row in added if row.target not in laid))


def kinds_of(bench: Bench, workflow: Workflow, group: MappingGroup) -> dict[str, str]:
    """Say of each row, by its target, what kind it is."""
    shipped = bench.desk.shipped.get(workflow.name)
    default = next((one for one in shipped.groups if one.name == group.name), None) if shipped is not None else None
    targets = {row.target for row in default.rows} if default is not None else set()
    changed = {
        row.target
        for row in group_edit_of(bench.configuration, Place(workflow=workflow.name, group=group.name)).changed
    }
    kinds: dict[str, str] = {}
    for row in rows_of(bench, workflow, group):
        if row.is_required or is_fixed(workflow, row):
            kinds[row.target] = "required"
        elif row.target in changed:
            kinds[row.target] = "changed"
        else:
            kinds[row.target] = "default" if row.target in targets else "custom"
    return kinds


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


def _row_line(
    row: Row, pick: Pick | None, names: Callable[[str], str], *, kind: str, place: int, is_fixed: bool, href: str
) -> RowLine:
    removes = {"custom": "Remove", "changed": "Restore"}.get(kind, "")
    return RowLine(
        target=row.target,
        label=pick.label if pick is not None else row.target,
        type=pick.kind if pick is not None else "unknown",
        is_custom=is_custom(row.target),
        source=tell_source(row.source, names),
        paths=", ".join(dict.fromkeys(expression_paths(row.source))),
        kind=ROW_MARKS[kind],
        href=href,
        is_active=row.is_active,
        is_initial_only=row.is_initial_only,
        sync="" if row.sync is SyncRule.ALWAYS else row.sync.value,
        may_change=not is_fixed,
        may_switch=kind != "required",
        may_remove=bool(removes),
        removes=removes,
        place=place,
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
