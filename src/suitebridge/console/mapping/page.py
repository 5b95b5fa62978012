"""What the Mapping tab shows: every workflow in its order, with direction, state and what runs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.marks import WORKFLOW_MARKS, Mark
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """A workflow group that a workflow belongs to."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowLine:
    """One workflow: where it stands in the order, which way it goes, and what its mapping consists of."""

    place: int
    name: str
    title: str
    href: str
    direction: str
    icon: str
    mark: Mark
    rows: str
    groups: tuple[GroupLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingPage:
    """The tab."""

    tabs: tuple[Tab, ...]
    lines: tuple[WorkflowLine, ...]


def mapping_page(
    workflows: Mapping[str, Workflow], groups: Sequence[WorkflowGroup], *, is_administrator: bool
) -> MappingPage:
    """Write the tab."""
    return MappingPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        lines=tuple(
            workflow_line(workflow, groups, place=place) for place, workflow in enumerate(workflows.values(), start=1)
        ),
    )


def workflow_line(workflow: Workflow, groups: Iterable[WorkflowGroup], *, place: int) -> WorkflowLine:
    """Write one workflow of the list."""
    is_import = workflow.direction is Direction.IMPORT
    rows = sum(row.is_active for group in workflow.groups for row in group.rows)
    return WorkflowLine(
        place=place,
        name=workflow.name,
        title=workflow.title,
        href=links.address("mapping-workflow", workflow_name=workflow.name),
        direction="From NetSuite" if is_import else "To NetSuite",
        icon="import" if is_import else "export",
        mark=WORKFLOW_MARKS[workflow.is_active],
        rows=wording.counted(rows, "row", "rows"),
        groups=tuple(
            GroupLink(text=one.name, href=links.address("workflow-group", group_name=one.name))
            for one in groups
            if workflow.name in one.workflows
        ),
    )
