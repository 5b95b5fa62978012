"""`suitebridge integration-user`: in whose name runs act."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.finding import find_user
from suitebridge.cli.screens import Screen


def register(app: typer.Typer) -> None:
    """Add the group `integration-user`."""
    group = typer.Typer(
        help="The integration user: the active administrator in whose name every run acts.", no_args_is_help=True
    )
    group.command("show")(show)
    group.command("choose")(choose)
    group.command("clear")(clear)
    app.add_typer(group, name="integration-user")


def show(ctx: typer.Context) -> None:
    """Show the integration user, and who could be chosen."""
    from suitebridge.administration import designating

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    candidates = designating.candidates(actor.store, acting=actor.user)
    chosen = designating.integration_user(actor.store)
    screen.answer(
        "integration-user",
        {"user": None if chosen is None else chosen.user_id, "candidates": [user.user_id for user in candidates]},
    )
    screen.show(
        f"The integration user is {chosen.name} ({chosen.user_id})."
        if chosen is not None
        else "No integration user is chosen: a run acts in the name of whoever starts it."
    )
    screen.show(f"Active administrators: {', '.join(user.user_id for user in candidates)}.")


def choose(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER_ID", help="An active administrator.")],
) -> None:
    """Choose the integration user. From then on nobody can deactivate them or give them another role."""
    from suitebridge.administration import designating

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    designating.choose_integration_user(actor.store, user.id, acting=actor.user, stamp=actor.stamp)
    screen.answer("integration-user-choose", {"user": user.user_id})
    screen.show(f"Runs act in the name of {user.name} from now on.")


def clear(ctx: typer.Context) -> None:
    """Clear the choice: a run then acts in the name of whoever starts it, a scheduled one of whoever configured it."""
    from suitebridge.administration import designating

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    designating.clear_integration_user(actor.store, acting=actor.user, stamp=actor.stamp)
    screen.answer("integration-user-clear", {"user": None})
    screen.show("No integration user is chosen any more.")
