"""`suitebridge groups`: workflows under a name, for schedules, scripts and runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.groups import WorkflowGroup

_NAME = Annotated[str, typer.Argument(metavar="NAME", help="The group's name.")]
_WORKFLOWS = Annotated[
    list[str],
    typer.Option(
        "--workflow", "-w", metavar="WORKFLOW", help="Several times, in the order in which a run carries them out."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the group `groups`."""
    group = typer.Typer(help="Workflow groups: list, save, remove.", no_args_is_help=True)
    group.command("list")(list_groups)
    group.command("save")(save)
    group.command("remove")(remove)
    app.add_typer(group, name="groups")


def list_groups(ctx: typer.Context) -> None:
    """List the workflow groups with their workflows in order."""
    from rich.table import Table

    from suitebridge.administration import grouping

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = grouping.list_groups(actor.store, acting=actor.user)
    screen.answer("groups", {"groups": [_document(one) for one in found]})
    if not found:
        screen.show("There is no workflow group yet. Add one: suitebridge groups save NAME -w WORKFLOW.")
        return
    table = Table("Group", "Workflows")
    for one in found:
        table.add_row(one.name, ", ".join(one.workflows))
    screen.show(table)


def save(ctx: typer.Context, name: _NAME, *, workflow: _WORKFLOWS) -> None:
    """Add a workflow group, or give one exactly these workflows. Runs under way keep theirs.

    Example: `suitebridge groups save Nightly -w import_customers -w import_projects`
    """
    from suitebridge.administration import grouping

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.groups.get(name)
    group = WorkflowGroup(name=name, workflows=tuple(workflow), version=was.version if was is not None else 0)
    saved = grouping.save_group(actor.store, group, workflows=actor.workflows, acting=actor.user, stamp=actor.stamp)
    if not isinstance(saved, WorkflowGroup):
        raise grouping.group_refused(name, saved)
    screen.answer("groups-save", {"group": _document(saved)})
    screen.show(f"The workflow group {saved.name} is saved: {', '.join(saved.workflows)}.")


def remove(ctx: typer.Context, name: _NAME) -> None:
    """Remove a workflow group that no schedule runs."""
    from suitebridge.administration import grouping

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.groups.get(name)
    version = was.version if was is not None else 0
    grouping.remove_group(actor.store, name, version=version, acting=actor.user, stamp=actor.stamp)
    screen.answer("groups-remove", {"group": name})
    screen.show(f"The workflow group {name} is removed.")


def _document(group: WorkflowGroup) -> Mapping[str, Plain]:
    return {"name": group.name, "workflows": list(group.workflows)}
