"""`suitebridge reconcile`: compares what both sides hold, workflow by workflow, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.people import Permission
from suitebridge.domain.values import as_text

if TYPE_CHECKING:
    from suitebridge.domain.reconciliations import Discrepancy, Reconciliation

_DAY = ["%Y-%m-%d"]
_MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("reconcile")(reconcile)


def reconcile(
    ctx: typer.Context,
    *,
    workflow: Annotated[
        list[str] | None,
        typer.Option(
            "--workflow",
            metavar="NAME",
            help="Only this workflow; may be given several times. Without it, all that are active.",
        ),
    ] = None,
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="Only records from this day on.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="Only records up to this day.")] = None,
) -> None:
    """Compare both sides: ids, counts, sums by currency and every mapped field; list what is missing, extra or different, with both values.

    Nothing is changed on either side. Exported records count by their day; imported ones by the day on which NetSuite changed them last. The exit
    code is 0 where all is alike, 5 where something differs.

    Examples: `suitebridge reconcile`; `suitebridge reconcile --workflow export_time_entries --since 2026-03-01 --until 2026-03-31 --json`
    """
    from suitebridge.domain.reconciliations import Period
    from suitebridge.runs.reconciling import reconcile as compare
    from suitebridge.runs.reconciling import workflow_named

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.RUN_INTEGRATION, "compare both sides")
    with closing(actor.house) as house:
        names = workflow or [name for name, one in actor.workflows.items() if one.is_active]
        chosen = [workflow_named(actor.workflows, name) for name in names]
        period = Period(since=since.date() if since else None, until=until.date() if until else None)
        gateway = house.open_gateway(actor.store)
        found = []
        for one in chosen:
            screen.say(f"Comparing {one.title} …")
            found.append(compare(actor.store, gateway, one, period, user=actor.user, clock=house.clock))
    screen.answer(
        "reconcile", {"is_alike": all(one.is_alike for one in found), "workflows": [_document(one) for one in found]}
    )
    _show(found, screen)
    raise typer.Exit(ExitCode.OK if all(one.is_alike for one in found) else ExitCode.RECORD_ERRORS)


def _show(found: Sequence[Reconciliation], screen: Screen) -> None:
    from rich.table import Table

    from suitebridge.domain.reconciliations import Finding

    table = Table(title="Both sides compared", title_justify="left")
    table.add_column("Workflow", overflow="fold")
    for heading in ("workspace", "NetSuite", "alike", *(finding.value for finding in Finding)):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found:
        counts = (one.workspace_count, one.netsuite_count, one.alike, *(one.of(finding) for finding in Finding))
        table.add_row(one.title, *(f"{count:,}" for count in counts))
    screen.show(table)
    for one in found:
        for sum_ in one.sums:
            sign = "the same" if sum_.workspace == sum_.netsuite else "not the same"
            screen.show(
                f"{one.title}, {sum_.unit or 'no currency'}: workspace {as_text(sum_.workspace)}, NetSuite {as_text(sum_.netsuite)}, {sign}"
            )
        for told in one.told[:_MOST_SHOWN]:
            screen.show(f"{one.title}: {told.title} is {told.finding.value}. {told.reason}")
            for pair in told.pairs:
                screen.show(f"  {pair.field}: workspace “{pair.workspace}”, NetSuite “{pair.netsuite}”")
    total = sum(count for one in found for _, count in one.counts)
    if total:
        screen.show(f"{total:,} records are not alike; --json tells them all.")
    else:
        screen.show("Both sides hold the same.")


def _document(found: Reconciliation) -> Mapping[str, Plain]:
    from suitebridge.domain.reconciliations import Finding

    return {
        "workflow": found.workflow,
        "since": as_text(found.period.since),
        "until": as_text(found.period.until),
        "is_bounded": found.has_period,
        "workspace": found.workspace_count,
        "netsuite": found.netsuite_count,
        "alike": found.alike,
        **{finding.name.lower(): found.of(finding) for finding in Finding},
        "sums": [
            {"unit": one.unit, "workspace": as_text(one.workspace), "netsuite": as_text(one.netsuite)}
            for one in found.sums
        ],
        "told": [_told(one) for one in found.told],
    }


def _told(found: Discrepancy) -> Mapping[str, Plain]:
    return {
        "finding": found.finding.name.lower(),
        "workspace_id": found.workspace_id,
        "netsuite_id": found.netsuite_id,
        "record": found.title,
        "reason": found.reason,
        "fields": [{"field": one.field, "workspace": one.workspace, "netsuite": one.netsuite} for one in found.pairs],
    }
