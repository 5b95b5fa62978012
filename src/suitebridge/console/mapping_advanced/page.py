"""What the advanced editor shows: a mapping group as text, and the place of what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.notices import Notice
from suitebridge.domain.workflow import MappingGroup, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """Something that cannot be taken: the line with what stands there, the column with a sign under it, and what to do. Column 0 is unknown."""

    line: int
    column: int
    said: str
    text: str
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancedPage:
    """The editor."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    title: str
    workflow: str
    workflow_href: str
    here_href: str
    group: str
    text: str
    rows: int
    misread: tuple[Misread, ...]
    notice: Notice | None


def advanced_page(
    workflow: Workflow,
    group: MappingGroup,
    text: str,
    *,
    bar: DraftBar,
    is_administrator: bool,
    misread: tuple[Misread, ...] = (),
    notice: Notice | None = None,
) -> AdvancedPage:
    """Write the editor."""
    return AdvancedPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        title=f"{group.title} as text",
        workflow=workflow.title,
        workflow_href=links.address("mapping-workflow", query={"group": group.name}, workflow_name=workflow.name),
        here_href=links.address("mapping-advanced", workflow_name=workflow.name),
        group=group.name,
        text=text,
        rows=min(40, max(12, text.count("\n") + 3)),
        misread=misread,
        notice=notice,
    )


def misread_at(text: str, line: int, column: int, said: str) -> Misread:
    """Point at a place of a text."""
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    return Misread(line=line, column=column, said=said, text=shown, pointer=" " * (column - 1) + "^" if column else "")


def misread_name(text: str, name: str, said: str) -> Misread:
    """Point at the first line in which a name stands."""
    for number, line in enumerate(text.splitlines(), start=1):
        if name in line:
            return misread_at(text, number, line.index(name) + 1, said)
    return misread_at(text, 1, 0, said)
