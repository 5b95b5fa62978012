"""What the Mapping tab shows: every workflow in its order, with direction, state and what runs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suitebridge.administration.protecting import ProtectedBy, Protection
from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import Bench, DraftBar
from suitebridge.console.marks import WORKFLOW_MARKS, Mark
from suitebridge.console.notices import Notice
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """A workflow group that a workflow belongs to."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionLine:
    """What protects a workflow: where to look at it, and the schedule that a press pauses, "" where there is none."""

    text: str
    href: str
    schedule: str


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
    is_active: bool
    is_own: bool
    rows: str
    groups: tuple[GroupLink, ...]
    protections: tuple[ProtectionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingPage:
    """The tab."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    here_href: str
    new_href: str
    versions_href: str
    legacy_href: str
    lines: tuple[WorkflowLine, ...]
    done: str
    notice: Notice | None


def mapping_page(
    bench: Bench,
    groups: Sequence[WorkflowGroup],
    *,
    protected: Mapping[str, Sequence[Protection]],
    is_administrator: bool,
    done: str,
    notice: Notice | None,
) -> MappingPage:
    """Write the tab."""
    own = {one.name for one in bench.configuration.custom}
    return MappingPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bench.bar,
        here_href=links.address("mapping"),
        new_href=links.address("workflow-new"),
        versions_href=links.address("mapping-versions"),
        legacy_href=links.address("mapping-legacy"),
        lines=tuple(
            workflow_line(
                workflow, groups, place=place, protected=protected.get(workflow.name, ()), is_own=workflow.name in own
            )
            for place, workflow in enumerate(bench.workflows.values(), start=1)
        ),
        done=done,
        notice=notice,
    )


def workflow_line(
    workflow: Workflow,
    groups: Iterable[WorkflowGroup],
    *,
    place: int,
    protected: Sequence[Protection] = (),
    is_own: bool = False,
) -> WorkflowLine:
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
        is_active=workflow.is_active,
        is_own=is_own,
        rows=wording.counted(rows, "row", "rows"),
        groups=tuple(
            GroupLink(text=one.name, href=links.address("workflow-group", group_name=one.name))
            for one in groups
            if workflow.name in one.workflows
        ),
        protections=tuple(protection_line(one) for one in protected),
    )


def protection_line(one: Protection) -> ProtectionLine:
    """Write what protects a workflow, with the way out."""
    if one.by is ProtectedBy.SCHEDULE:
        href = links.address("schedule", schedule_name=one.name)
        return ProtectionLine(text=f"the schedule {one.name}", href=href, schedule=one.name)
    text = f"the real-time export of each saved {one.name.replace('_', ' ')}"
    return ProtectionLine(text=text, href=links.address("real-time"), schedule="")
