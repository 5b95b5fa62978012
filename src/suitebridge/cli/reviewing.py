"""`suitebridge runs`, `runs show`, `runs open`, `runs record`, `runs differences` and `errors`: looks at what runs did, or would do."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.administration.permitting import RunNeed
from suitebridge.cli import steering
from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.following import find_run
from suitebridge.cli.screens import Screen
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.outcomes import OPEN_KINDS, WRITTEN_KINDS

_MOST_RUNS = 1000
_MOST_RECORDS = 1000
_SAMPLES = 5


def register(app: typer.Typer) -> None:
    """Add the group `runs` and the command `errors`."""
    group = typer.Typer(help="Look at runs: the newest, or one with its workflows, records and errors.")
    group.callback(invoke_without_command=True)(list_runs)
    group.command("show")(show_run)
    group.command("open")(list_open)
    group.command("differences")(list_differences)
    group.command("record")(show_record)
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
    from suitebridge.runs.laying import active_ones

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(RunNeed.SOME_KIND, "see runs")
    runs = actor.store.runs.newest(limit=limit)
    screen.answer("runs", {"runs": [run_head(run) for run in runs]})
    if not runs:
        screen.show("There are no runs yet. Start one with `suitebridge run`.")
        return
    table = Table("Run", "State", "Asked at", "By", "NetSuite", "Workflows")
    every = len(active_ones(actor.workflows))
    for run in runs:
        asked_at = run.asked_at.isoformat(sep=" ", timespec="seconds")
        chosen = "all" if len(run.workflows) == every else ", ".join(run.workflows)
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
    actor.require(RunNeed.SOME_KIND, "see runs")
    show(actor, find_run(actor.store, number), screen)


def show_record(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="The number of a run, or “last”.")],
    workflow: Annotated[str, typer.Argument(metavar="WORKFLOW", help="The workflow's name.")],
    record: Annotated[str, typer.Argument(metavar="ID", help="The record's id on the side that was read.")],
) -> None:
    """Show what became of one record in a run, what was sent where NetSuite did not take it, and its other runs."""
    from suitebridge.cli.differences import trace_document, trace_lines
    from suitebridge.runs.tracing import trace_record

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(RunNeed.SOME_KIND, "see runs")
    run = find_run(actor.store, number)
    known = actor.workflows_of(run).get(workflow)
    trace = trace_record(actor.store, run, known, record, user=actor.user) if known is not None else None
    if trace is None:
        raise typer.BadParameter(f"Run {run.number} settled no record {record} of {workflow}.")
    screen.answer("run-record", trace_document(trace))
    for line in trace_lines(trace):
        screen.show(line)


def list_open(
    ctx: typer.Context,
    *,
    outcome: Annotated[
        str,
        typer.Option(metavar="OUTCOME", help="Only these: refused, blocked, failed, conflicted, unknown or cancelled."),
    ] = "",
    after: Annotated[int, typer.Option(min=0, help="Pass over so many records.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=_MOST_RECORDS, help="At most so many records.")] = 100,
) -> None:
    """List what no run has settled yet, each record as the last run left it; a conflict waits until somebody decides."""
    from suitebridge.cli.differences import open_document, open_lines

    kinds = frozenset(kind for kind in OPEN_KINDS if outcome in {"", kind.value})
    if not kinds:
        raise typer.BadParameter(f"No record stays open as “{outcome}”.")
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(RunNeed.SOME_KIND, "see runs")
    found = actor.store.runs.left_open(kinds, after=after, limit=limit)
    next_after = after + len(found) if len(found) == limit else None
    screen.answer("open-records", {"records": [open_document(one) for one in found], "next_after": next_after})
    for one in found:
        for line in open_lines(one):
            screen.show(line)
    if not found:
        screen.show("Nothing is open.")
    if next_after is not None:
        screen.say(f"Go on with `suitebridge runs open --after {next_after}`.")


def list_differences(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="The number of a dry run, or “last”.")] = "last",
    *,
    workflow: Annotated[str, typer.Option("--workflow", "-w", metavar="NAME", help="Only this workflow.")] = "",
    after: Annotated[int, typer.Option(min=0, help="Pass over so many records.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=_MOST_RECORDS, help="At most so many records.")] = 100,
) -> None:
    """List what a dry run would write: each record with the fields that differ, from what to what."""
    from suitebridge.cli.differences import difference_document, difference_lines, seen_differences

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(RunNeed.SOME_KIND, "see runs")
    run = find_run(actor.store, number)
    found = actor.store.runs.outcomes(run.id, workflow=workflow, kinds=WRITTEN_KINDS, after=after, limit=limit)
    shown = seen_differences(found, actor.workflows_of(run), actor.user.role)
    next_after = after + len(found) if len(found) == limit else None
    records = [difference_document(one) for one in shown]
    screen.answer("differences", {"run": run.number, "records": records, "next_after": next_after})
    for one in shown:
        for line in difference_lines(one):
            screen.show(line)
    if not shown:
        screen.show(f"Run {run.number} lists no differences here.")
    if next_after is not None:
        screen.say(f"Go on with `suitebridge runs differences {run.number} --after {next_after}`.")


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
    actor.require(RunNeed.SOME_KIND, "see runs")
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
    for line in error_lines(group_errors(outcomes, open_records(actor.store, found, outcomes)), most_samples=_SAMPLES):
        screen.show(line)
