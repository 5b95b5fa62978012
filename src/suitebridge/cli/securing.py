"""`suitebridge sign-in-rules`: how long sessions live, and whether administrators need a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.sessions import FEWEST_MINUTES, IDLE_MINUTES, LONGEST_MINUTES

if TYPE_CHECKING:
    from suitebridge.administration.securing import RulesInForce


def register(app: typer.Typer) -> None:
    """Add the group `sign-in-rules`."""
    group = typer.Typer(
        help="How long sessions live, and whether administrators need a second factor.", no_args_is_help=True
    )
    group.command("show")(show)
    group.command("change")(change)
    app.add_typer(group, name="sign-in-rules")


def show(ctx: typer.Context) -> None:
    """Show the rules, and which administrators have no second factor."""
    screen = Screen(choices_of(ctx))
    _tell(screen, _in_force(act(screen.choices)), "sign-in-rules")


def change(
    ctx: typer.Context,
    *,
    idle_minutes: Annotated[
        int | None,
        typer.Option(help=f"Minutes without a visit after which a session ends, {FEWEST_MINUTES} to {IDLE_MINUTES}."),
    ] = None,
    longest_minutes: Annotated[
        int | None,
        typer.Option(help=f"Minutes in all after which a session ends, {FEWEST_MINUTES} to {LONGEST_MINUTES}."),
    ] = None,
    second_factor: Annotated[
        bool | None,
        typer.Option("--second-factor/--no-second-factor", help="Whether administrators need a second factor."),
    ] = None,
) -> None:
    """Change the rules; what is not named stays. They count at once, for sessions that are open too; tokens go on."""
    from suitebridge.administration import securing
    from suitebridge.domain.sessions import SignInRules

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    present = _in_force(actor).rules
    wanted = SignInRules(
        idle_minutes=present.idle_minutes if idle_minutes is None else idle_minutes,
        longest_minutes=present.longest_minutes if longest_minutes is None else longest_minutes,
        demands_second_factor=present.demands_second_factor if second_factor is None else second_factor,
    )
    problems = securing.save_sign_in_rules(actor.store, wanted, acting=actor.user, stamp=actor.stamp, was=present.mark)
    if problems:
        raise RecordRefusedError(securing.rules_refused(problems))
    _tell(screen, _in_force(actor), "sign-in-rules-change")


def _in_force(actor: Actor) -> RulesInForce:
    from suitebridge.administration.securing import show_sign_in_rules

    return show_sign_in_rules(actor.store, acting=actor.user, now=actor.house.clock.now())


def _tell(screen: Screen, found: RulesInForce, name: str) -> None:
    rules = found.rules
    screen.answer(
        name,
        {
            "idle_minutes": rules.idle_minutes,
            "longest_minutes": rules.longest_minutes,
            "demands_second_factor": rules.demands_second_factor,
            "without_second_factor": list(found.lacking),
        },
    )
    needed = "need" if rules.demands_second_factor else "do not need"
    screen.show(
        f"A session ends after {rules.idle_minutes} minutes without a visit and after {rules.longest_minutes} minutes in all. "
        f"Administrators {needed} a second factor."
    )
    if found.lacking:
        screen.show(f"Without one: {', '.join(found.lacking)}.")
