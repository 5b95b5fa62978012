"""`suitebridge check`: proves the connection to NetSuite step by step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.exits import ExitCode, exit_code_of
from suitebridge.cli.screens import Plain, Screen, problem_document

if TYPE_CHECKING:
    from suitebridge.ports.netsuite import CheckStep


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(ctx: typer.Context) -> None:
    """Prove the connection check by check, a line each as it is done: account ID, host, DNS, TLS, clock, sign-in, permissions, features, custom fields, a record of each workflow, concurrency limit, linked records, end-of-life dates.

    Takes at most 15 seconds; nothing is written to NetSuite. Needs the permission View and run the NetSuite integration, because the saved
    credentials are tested. A failing check says what to do, and the exit code says of which kind it is.
    """
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    with closing(actor.house):
        code = show_check(actor, screen)
    raise typer.Exit(code)


def show_check(actor: Actor, screen: Screen) -> ExitCode:
    """Make every check and show it; give the exit code of the first one that failed."""
    from suitebridge.ports.netsuite import CheckState
    from suitebridge.runs.checking import check_saved

    marks = {
        CheckState.PASSED: "✓",
        CheckState.WARNED: "!",
        CheckState.FAILED: "✗",
        CheckState.NOT_RUN: "·",
    }

    def tell(step: CheckStep) -> None:
        screen.show(f"{marks[step.state]} {step.title} ({step.state.value}): {step.said}")
        for link in step.links:
            screen.detail(f"    {link.text} {link.url}".rstrip())

    steps = check_saved(
        actor.store,
        actor.house.open_gateway,
        tuple(actor.workflows.values()),
        user=actor.user,
        stamp=actor.stamp,
        tell=tell,
    )
    screen.answer("check", {"steps": [_document(step) for step in steps]})
    return _tell_problems(steps, screen)


def _tell_problems(steps: Sequence[CheckStep], screen: Screen) -> ExitCode:
    from suitebridge.ports.netsuite import CheckState

    for step in steps:
        if step.problem is not None:
            screen.tell_cause(step.problem)
            screen.say(f"See {step.guide}")
    failed = [step for step in steps if step.state is CheckState.FAILED]
    if not failed:
        return ExitCode.OK
    problem = failed[0].problem
    return ExitCode.INTERNAL if problem is None else exit_code_of(problem)


def _document(step: CheckStep) -> Plain:
    return {
        "name": step.name,
        "check": step.check.value,
        "title": step.title,
        "state": step.state.value,
        "said": step.said,
        "guide": step.guide,
        "links": [{"text": link.text, "url": link.url} for link in step.links],
        "problem": None if step.problem is None else problem_document(step.problem),
    }
