"""`suitebridge real-time`: which workspace records are exported when they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.screens import Screen

if TYPE_CHECKING:
    from suitebridge.ports.real_time import RealTime


def register(app: typer.Typer) -> None:
    """Add the group `real-time`."""
    group = typer.Typer(help="Real-time transfer: what is exported when it is saved.", no_args_is_help=True)
    group.command("show")(show)
    group.command("set")(save)
    app.add_typer(group, name="real-time")


def show(ctx: typer.Context) -> None:
    """Show which record types are exported when they are saved, and whether pushes from NetSuite are taken."""
    from suitebridge.administration import hurrying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    _tell(screen, actor, "real-time", hurrying.real_time_settings(actor.store, acting=actor.user))


def save(
    ctx: typer.Context,
    *,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", "-t", metavar="TYPE", help="A record type, several times; none exports nothing."),
    ] = None,
) -> None:
    """Export exactly these record types when they are saved. Whoever sets this is its configurer.

    Example: `suitebridge real-time set --type invoice --type time_entry`
    """
    from suitebridge.administration import hurrying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = hurrying.real_time_settings(actor.store, acting=actor.user)
    hurrying.save_exports(
        actor.store,
        frozenset(types or ()),
        workflows=actor.house.workflows_of(actor.store),
        version=was.version,
        acting=actor.user,
        stamp=actor.stamp,
    )
    _tell(screen, actor, "real-time-set", actor.store.real_time.get())


def _tell(screen: Screen, actor: Actor, answer: str, settings: RealTime) -> None:
    from suitebridge.administration import hurrying

    exports, key = sorted(settings.exports), settings.key
    exportable = hurrying.exportable_types(actor.house.workflows_of(actor.store))
    push_key = None if key is None else {"fingerprint": key.fingerprint, "set_by": key.set_by}
    screen.answer(answer, {"exports": list(exports), "exportable": list(exportable), "push_key": push_key})
    screen.show(f"Exported when saved: {', '.join(exports) or 'nothing'}. There are: {', '.join(exportable)}.")
    pushes = f"taken, signed with the key {key.fingerprint}" if key is not None else "refused: there is no push key"
    screen.show(f"Pushes from NetSuite are {pushes}.")
