"""`suitebridge run` and `retry`: ask for a run, and carry it out here or follow the server that does."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.domain.agreements import Side
from suitebridge.domain.workflow import WhenDeleted

if TYPE_CHECKING:
    from suitebridge.ports.runs import Run
    from suitebridge.runs.starting import RunRequest

_DAY = ["%Y-%m-%d"]
_SAMPLES = 2


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("run")(run)
    app.command("retry")(retry)


def run(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    *,
    workflow: Annotated[
        list[str] | None,
        typer.Option("--workflow", "-w", metavar="NAME", help="Only this workflow; may be given several times."),
    ] = None,
    group: Annotated[
        str, typer.Option("--group", "-g", metavar="NAME", help="The workflows of this group, in its order.")
    ] = "",
    is_full: Annotated[
        bool, typer.Option("--full", help="Read everything anew, not only what changed since the last run.")
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=_DAY,
            help="With --full: only what NetSuite changed since this day of the company's zone, and exports that bear this day or a later one.",
        ),
    ] = None,
    is_dry: Annotated[
        bool,
        typer.Option("--dry-run", help="Find out what would be written, field by field, and change nothing."),
    ] = False,
    account: Annotated[
        str,
        typer.Option(
            "--confirm-account",
            metavar="ACCOUNT_ID",
            help="The account ID, where a workflow writes to a production account for the first time.",
        ),
    ] = "",
    without_needed: Annotated[
        bool,
        typer.Option(
            "--without-needed",
            help="Start although workflows that have to run before these never have in this account.",
        ),
    ] = False,
    record: Annotated[
        tuple[str, str],
        typer.Option(
            metavar="TYPE ID", help="Only this record of the workspace, whatever else was changed.", show_default=False
        ),
    ] = ("", ""),
    waits: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Stay until the run has ended, or leave it to a running server.")
    ] = True,
) -> None:
    """Run the integration: all workflows, or some.

    With a server at work on the same data directory the server carries the run out, and this command follows it. Without one, the run happens
    here; runs that were interrupted are finished first. The exit code says how the run ended: 0 all good, 5 some records had errors.

    Examples: `suitebridge run`; `suitebridge run --workflow import_customers --full`; `suitebridge run --full --since 2026-01-01`;
    `suitebridge run --group Nightly`;
    `suitebridge run --dry-run`; `suitebridge run --record time_entry 812`
    """
    from suitebridge.cli.carrying import finish
    from suitebridge.runs.starting import RunRequest

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    if any(record):
        if workflow or group or is_full or since or is_dry or without_needed:
            raise typer.BadParameter("--record goes by itself: its type says which workflow carries it over.")
        raise typer.Exit(_run_one(actor, record, screen, account=account, waits=waits))
    if since and not is_full:
        raise typer.BadParameter("--since goes with --full: a usual run reads what changed since the last one.")
    request = RunRequest(
        workflows=tuple(workflow or ()),
        group=group,
        is_full=is_full,
        is_dry=is_dry,
        confirmed_account=account,
        without_needed=without_needed,
        since=since.date() if since else None,
    )
    asked = ask(actor, request)
    if not waits:
        from suitebridge.cli.reports import run_head

        screen.say(
            f"Run {asked.number} is queued. A running server takes it up within seconds; otherwise the next `suitebridge serve` or `suitebridge run` does."
        )
        screen.answer("run", {"run": run_head(asked), "workflows": [], "errors": [], "problem": None})
        return
    with closing(actor.house):
        ended = finish(actor, asked, screen)
    raise typer.Exit(show(actor, ended, screen))


def retry(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="The number of a run, or “last”.")] = "last",
    *,
    workflow: Annotated[str, typer.Option("--workflow", "-w", metavar="NAME", help="Only this workflow.")] = "",
    code: Annotated[str, typer.Option(metavar="CODE", help="Only records with this error code.")] = "",
    record: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this record of the workflow; may be given several times."),
    ] = None,
    keep: Annotated[
        Side | None,
        typer.Option(help="Whose values stand in records that were edited on both sides; only those are tried again."),
    ] = None,
    deleted: Annotated[
        WhenDeleted | None,
        typer.Option(
            "--when-deleted",
            help="What becomes of records whose NetSuite record was deleted there; only those are taken up.",
        ),
    ] = None,
    account: Annotated[
        str,
        typer.Option(
            "--confirm-account",
            metavar="ACCOUNT_ID",
            help="The account ID, where a workflow writes to a production account for the first time.",
        ),
    ] = "",
) -> None:
    """Try the records again that a run left open: all of them, or some.

    Records that a later run has settled are left alone, and those that another retry has in hand are not taken up twice.

    Examples: `suitebridge retry`; `suitebridge retry 12 --code SB-BLK-001`; `suitebridge retry 12 -w import_customers --record 1044`
    """
    from suitebridge.cli.carrying import finish
    from suitebridge.cli.following import find_run
    from suitebridge.domain.people import Door
    from suitebridge.runs.deciding import Decision
    from suitebridge.runs.retrying import RetryRequest, ask_for_retry

    if keep and deleted:
        raise typer.BadParameter("Make one decision at a time: --keep or --when-deleted.")
    if record and not workflow:
        raise typer.BadParameter("Say the workflow of these records: --workflow NAME.")
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    request = RetryRequest(
        run=find_run(actor.store, number),
        workflow=workflow,
        code=code,
        records=frozenset((workflow, one) for one in record or ()),
        confirmed_account=account,
        decision=Decision(keeps=keep, when_deleted=deleted),
    )
    house = actor.house
    asked = ask_for_retry(
        actor.store,
        actor.workflows,
        request,
        user=actor.user,
        door=Door.COMMAND_LINE,
        clock=house.clock,
        chance=house.chance,
    )
    with closing(house):
        ended = finish(actor, asked, screen)
    raise typer.Exit(show(actor, ended, screen))


def _run_one(actor: Actor, record: tuple[str, str], screen: Screen, *, account: str, waits: bool) -> ExitCode:
    from suitebridge.cli.carrying import ask_for_one, finish_one

    with closing(actor.house):
        errand = ask_for_one(actor, record, account=account)
        if waits:
            return show(actor, finish_one(actor, errand, screen), screen)
    screen.say("The record waits in the inbox. A running server takes it up within seconds.")
    screen.answer("errand", {"id": errand.id, "direction": errand.asked.direction.value})
    return ExitCode.OK


def ask(actor: Actor, request: RunRequest) -> Run:
    """Store the run that is asked for."""
    from suitebridge.domain.people import Door
    from suitebridge.runs.starting import ask_for_run

    house = actor.house
    return ask_for_run(
        actor.store,
        actor.workflows,
        request,
        user=actor.user,
        door=Door.COMMAND_LINE,
        clock=house.clock,
        chance=house.chance,
    )


def show(actor: Actor, ended: Run, screen: Screen) -> ExitCode:
    """Show the table of a run and its errors; give the exit code it earned."""
    from suitebridge.cli.reports import equation, error_lines, exit_code_of_run, run_document, run_table
    from suitebridge.runs.reviewing import report_run

    report = report_run(actor.store, actor.workflows_of(ended), ended)
    screen.answer("run", run_document(report))
    screen.show(run_table(report))
    told = equation(report.total, is_dry=ended.is_dry)
    screen.show(f"The counts add up: {told}." if report.total.adds_up else told)
    screen.show(f"It took {report.seconds(actor.house.clock.now()):,.1f} seconds.")
    for line in error_lines(report.groups, most_samples=_SAMPLES):
        screen.show(line)
    if ended.is_dry:
        screen.show("It was a dry run: nothing was changed on either side.")
        screen.say(f"See what would be written, field by field, with `suitebridge runs differences {ended.number}`.")
    if ended.rests and ended.lacks_credentials:
        screen.say(
            "It is paused: credentials. It goes on by itself once other credentials are saved: `suitebridge connect`."
        )
    elif ended.rests:
        screen.say(f"{ended.halted_by} has paused it. Go on with `suitebridge runs resume {ended.number}`.")
    if report.problem is not None:
        screen.tell_cause(report.problem)
    elif report.groups:
        screen.say(f"See every record with `suitebridge errors {ended.number}`.")
    return exit_code_of_run(ended)
