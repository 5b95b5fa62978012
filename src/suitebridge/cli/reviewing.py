"""`suitebridge runs`, `runs show` and `errors`: looks at what runs did."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli import steering
from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.following import find_run
from suitebridge.cli.screens import Screen
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.people import Permission

_MOST_RUNS = 1000
_SAMPLES = 5


def register(app: typer.Typer) -> None:
    """Add the group `runs` and the command `errors`."""
    group = typer.Typer(help="Look at runs: the newest, or one with its workflows, records and errors.")
    group.callback(invoke_without_command=True)(list_runs)
    group.command("show")(show_run)
    steering.register(group)
    app.add_typer(group, name="runs")
    app.command("errors")(list_errors)


def list_runs(
    ctx: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=1, max=_MOST_RUNS, help="How many runs, newest first.")] = 20,
) -> None:
    """List the newest runs."""
    if ctx.invoked_subcommand is not None:
        return
    from rich.table import Table

    from suitebridge.cli.reports import run_head

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.RUN_INTEGRATION, "see runs")
    runs = actor.store.runs.newest(limit=limit)
    screen.answer("runs", {"runs": [run_head(run) for run in runs]})
    if not runs:
        screen.show("There are no runs yet. Start one with `suitebridge run`.")
        return
    table = Table("Run", "State", "Asked at", "By", "NetSuite", "Workflows")
    for run in runs:
        asked_at = run.asked_at.isoformat(sep=" ", timespec="seconds")
        chosen = "all" if len(run.workflows) == len(actor.house.workflows) else ", ".join(run.workflows)
        account = AccountId(value=run.account_id).title
        table.add_row(str(run.number), run.state.value, asked_at, run.started_by, account, chosen)
    screen.show(table)


def show_run(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="The number of a run, or “last”.")] = "last",
) -> None:
    """Show one run: its workflows with every outcome, sums, and errors grouped by cause."""
    from suitebridge.cli.running import show

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.RUN_INTEGRATION, "see runs")
    show(actor, find_run(actor.store, number), screen)


def list_errors(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="The number of a run, or “last”.")] = "last",
    *,
    workflow: Annotated[str, typer.Option("--workflow", "-w", metavar="NAME", help="Only this workflow.")] = "",
) -> None:
    """List the records of a run that somebody should look at, grouped by cause, each group with its remedy."""
    from suitebridge.cli.reports import error_lines
    from suitebridge.cli.screens import problem_document
    from suitebridge.runs.reviewing import group_errors, open_records, troubled_outcomes

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.RUN_INTEGRATION, "see runs")
    found = find_run(actor.store, number)
    outcomes = troubled_outcomes(actor.store, found, workflow=workflow)
    screen.answer(
        "errors",
        {
            "run": found.number,
            "records": [
                {
                    "workflow": one.workflow,
                    "outcome": one.outcome.kind.value,
                    "source_id": one.outcome.source_id,
                    "target_id": one.outcome.target_id,
                    "title": one.outcome.title,
                    "reason": one.outcome.reason,
                    "problem": None if one.outcome.problem is None else problem_document(one.outcome.problem),
                }
                for one in outcomes
            ],
        },
    )
    if not outcomes:
        screen.show(f"Run {found.number} left nothing to look at.")
    for line in error_lines(group_errors(outcomes, open_records(actor.store, outcomes)), most_samples=_SAMPLES):
        screen.show(line)
