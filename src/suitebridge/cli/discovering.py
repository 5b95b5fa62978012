"""`suitebridge fields`: what record types are made of in the account, and what drifted from under the mappings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Plain, Screen, problem_document
from suitebridge.domain.people import Permission

if TYPE_CHECKING:
    from suitebridge.domain.field_snapshots import Surveyed


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("fields")(fields)


def fields(
    ctx: typer.Context,
    *,
    record_type: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Only this NetSuite record type, such as customer; may be given several times. Without it, those of the workflows.",
        ),
    ] = None,
    is_every: Annotated[bool, typer.Option("--all", help="Standard fields too, not only custom ones.")] = False,
    is_kept: Annotated[
        bool,
        typer.Option(
            "--synchronize",
            help="Make the custom fields part of what mappings may name, as Synchronize custom fields does.",
        ),
    ] = False,
) -> None:
    """List the fields that NetSuite record types have in the account for the role of the connection, and say which of those that a mapping uses are not what it expects.

    Each type is shown when it is read; one that the role may not see is told, and the others follow. Ctrl-C ends the survey, and what was shown
    stands. The exit code is 3 where fields drifted or a type could not be read.

    Examples: `suitebridge fields`; `suitebridge fields --type customer --all --json`; `suitebridge fields --synchronize`
    """
    from suitebridge.administration.synchronizing import synchronize
    from suitebridge.domain.field_snapshots import types_used
    from suitebridge.runs.discovering import survey

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    if is_kept:
        actor.require(Permission.EDIT_INTEGRATION_SETTINGS, "synchronize the custom fields")
    else:
        actor.require(Permission.RUN_INTEGRATION, "see the fields of NetSuite records")
    with closing(actor.house) as house:
        wanted = tuple(record_type or types_used(actor.workflows))
        gateway = house.open_gateway(actor.store)
        surveyed = survey(gateway, actor.workflows, wanted, is_fresh=True, types=actor.store.schemas().netsuite)
        if is_kept:
            account = gateway.account.value
            surveyed = synchronize(actor.store, surveyed, account=account, user=actor.user, stamp=actor.stamp)
        found = []
        for number, one in enumerate(surveyed, start=1):
            screen.say(f"{number} of {len(wanted)}: {one.record_type}")
            _show(one, screen, is_every=is_every)
            found.append(one)
    screen.answer("fields", {"types": [_document(one, is_every=is_every) for one in found]})
    is_whole = not any(one.drifts or one.problem for one in found)
    raise typer.Exit(ExitCode.OK if is_whole else ExitCode.CONFIGURATION)


def _show(found: Surveyed, screen: Screen, *, is_every: bool) -> None:
    if found.problem is not None:
        screen.tell_cause(found.problem)
        return
    shown = [one for one in found.fields if is_every or one.is_custom]
    screen.show(
        f"{found.record_type}: {len(found.fields):,} fields, {sum(one.is_custom for one in found.fields):,} custom"
    )
    for one in shown:
        screen.show(f"  {one.name}: {one.label} ({one.type or 'no type'})")
    for workflow, drift in found.drifts:
        screen.show(f"  ! {workflow} uses a field that is not what it expects: {drift.said}.")


def _document(found: Surveyed, *, is_every: bool) -> Mapping[str, Plain]:
    return {
        "type": found.record_type,
        "read_at": "" if found.read_at is None else found.read_at.isoformat(timespec="seconds"),
        "problem": None if found.problem is None else problem_document(found.problem),
        "fields": [
            {"name": one.name, "label": one.label, "type": one.type, "is_custom": one.is_custom}
            for one in found.fields
            if is_every or one.is_custom
        ],
        "drifts": [
            {"workflow": workflow, "field": drift.field, "kind": drift.kind.name.lower(), "now": drift.now}
            for workflow, drift in found.drifts
        ],
    }
