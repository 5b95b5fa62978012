"""`suitebridge runs pause`, `resume` and `cancel`: steers a run that has not ended."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.following import find_run
from suitebridge.cli.screens import Screen

_Number = Annotated[str, typer.Argument(metavar="N", help="The number of a run, or “last”.")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `runs`."""
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("cancel")(cancel)


def pause(ctx: typer.Context, number: _Number = "last") -> None:
    """Pause a run: it rests as soon as what is under way is settled, until `runs resume` or `runs cancel`."""
    _steer(ctx, number, "pause", "It rests as soon as what is under way is settled.")


def resume(ctx: typer.Context, number: _Number = "last") -> None:
    """Resume a paused run: it goes on where it stopped."""
    said = "A running server goes on with it within seconds; otherwise the next `suitebridge serve` or `suitebridge run` does."
    _steer(ctx, number, "resume", said)


def cancel(ctx: typer.Context, number: _Number = "last") -> None:
    """Cancel a run: what is settled stays, and the next run takes up the rest."""
    _steer(ctx, number, "cancel", "It ends as soon as what is under way is settled; what is settled stays.")


def _steer(ctx: typer.Context, number: str, asked: str, said: str) -> None:
    from suitebridge.cli.reports import run_head
    from suitebridge.domain.people import Door
    from suitebridge.runs.steering import Steering, steer

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    steering = Steering(asked)
    run = steer(actor.store, find_run(actor.store, number), steering, user=actor.user, door=Door.COMMAND_LINE)
    screen.answer("run", {"run": run_head(run), "workflows": [], "errors": [], "problem": None})
    screen.show(f"Run {run.number}: {steering.value} is asked for. {said}")
