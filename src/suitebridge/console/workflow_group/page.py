"""What the form of a workflow group shows: its name, and the workflows with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import asked, links
from suitebridge.console.forms import Field, by_field
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """One workflow to tick, with its place in a run; `needs` names those that have to run first."""

    name: str
    title: str
    needs: str
    place: int
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """The form. The name of a group that is there stays."""

    title: str
    here_href: str
    list_href: str
    is_new: bool
    version: int
    name: Field
    lines: tuple[PlaceLine, ...]
    problems: tuple[Complaint, ...]
    workflows_problem: str
    notice: Notice | None


def group_page(
    group: WorkflowGroup,
    *,
    workflows: Mapping[str, Workflow],
    problems: Sequence[tuple[str, str]] = (),
    notice: Notice | None = None,
    is_new: bool,
) -> GroupPage:
    """Write the form; `problems` are pairs of a field and what is wrong with it."""
    said = by_field(problems)
    here = links.address("workflow-group-add") if is_new else links.address("workflow-group", group_name=group.name)
    return GroupPage(
        title="Add a workflow group" if is_new else group.name,
        here_href=here,
        list_href=links.address("automate"),
        is_new=is_new,
        version=group.version,
        name=Field(name="name", label="Name", value=group.name, problem=said.get("name", "")),
        lines=_lines(group, workflows),
        problems=tuple(Complaint(field=field, said=told) for field, told in said.items()),
        workflows_problem=said.get("workflows", ""),
        notice=notice,
    )


def chosen_in(form: Mapping[str, str], ticked: Sequence[str], workflows: Mapping[str, Workflow]) -> tuple[str, ...]:
    """Read the workflows that were ticked, in the order of their places; the catalog's order decides where two are alike."""
    known = [name for name in workflows if name in ticked]
    return tuple(sorted(known, key=lambda name: asked.whole_number(form.get(f"place-{name}"))))


def _lines(group: WorkflowGroup, workflows: Mapping[str, Workflow]) -> tuple[PlaceLine, ...]:
    ordered = [*(name for name in group.workflows if name in workflows)]
    ordered += [name for name in workflows if name not in ordered]
    return tuple(
        PlaceLine(
            name=name,
            title=workflows[name].title,
            needs=", ".join(workflows[need].title for need in workflows[name].needs if need in workflows),
            place=number,
            is_chosen=name in group.workflows,
        )
        for number, name in enumerate(ordered, start=1)
    )
