"""What the Automate page shows: the workflow groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One workflow group with the titles of its workflows, in order."""

    name: str
    href: str
    workflows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatePage:
    """What runs by itself."""

    tabs: tuple[Tab, ...]
    add_group_href: str
    groups: tuple[GroupLine, ...]
    done: str


def automate_page(
    groups: Sequence[WorkflowGroup],
    *,
    workflows: Mapping[str, Workflow],
    is_administrator: bool,
    done: str = "",
) -> AutomatePage:
    """Write the page."""
    return AutomatePage(
        tabs=tabs("automate", is_administrator=is_administrator),
        add_group_href=links.address("workflow-group-add"),
        groups=tuple(
            GroupLine(
                name=group.name,
                href=links.address("workflow-group", group_name=group.name),
                workflows=tuple(workflows[name].title if name in workflows else name for name in group.workflows),
            )
            for group in groups
        ),
        done=done,
    )
