"""`suitebridge audit list` and `audit settings`: tell entries of the trail, as far as the role of whoever asks lets them be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.finding import find_user
from suitebridge.cli.following import find_run
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.people import Door, Permission

if TYPE_CHECKING:
    from suitebridge.ports.trail import TrailEntry

_MOST_ENTRIES = 1000
_DAY = ["%Y-%m-%d"]

Limit = Annotated[int, typer.Option(min=1, max=_MOST_ENTRIES, help="How many entries, newest first.")]
Before = Annotated[int, typer.Option(min=0, help="Only entries before this number, to go on where a list ended.")]


def list_entries(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    *,
    person: Annotated[str, typer.Option("--person", metavar="USER", help="Only what this user did.")] = "",
    about: Annotated[str, typer.Option("--type", metavar="TYPE", help="Only what is about this record type.")] = "",
    door: Annotated[Door | None, typer.Option(help="Only what came through this door.", case_sensitive=False)] = None,
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="Only from this day on.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="Only up to the end of this day.")] = None,
    run: Annotated[
        str, typer.Option("--run", metavar="N", help="Only what belongs to this run, or to the “last” one.")
    ] = "",
    limit: Limit = 20,
    before: Before = 0,
) -> None:
    """List the audit trail, newest first: who did what, when, from where and through which door. Days are those of the company's zone."""
    from datetime import timedelta

    from suitebridge.domain.masking import hidden_types
    from suitebridge.ports.trail import TrailFilter

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.VIEW_AUDIT_TRAIL, "see the audit trail")
    zone = ZoneInfo(actor.store.company.zone)
    among = TrailFilter(
        author_id=find_user(actor, person).id if person else "",
        record_type=about,
        hidden_types=hidden_types(actor.user.role),
        door=door.value if door is not None else "",
        since=since.replace(tzinfo=zone) if since is not None else None,
        until=(until + timedelta(days=1)).replace(tzinfo=zone) if until is not None else None,
    )
    run_id = find_run(actor.store, run).id if run else ""
    entries = actor.store.trail.newest(limit=limit, before_sequence=before, run_id=run_id, among=among)
    _tell(screen, actor, "audit-list", entries)


def list_settings(ctx: typer.Context, *, limit: Limit = 20, before: Before = 0) -> None:
    """List who changed or tested the NetSuite connection and its keys, newest first, with what was before and after."""
    from suitebridge.domain.events import CONNECTOR_SUBJECTS
    from suitebridge.ports.trail import TrailFilter

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.ADMINISTER, "see the settings history")
    among = TrailFilter(record_types=CONNECTOR_SUBJECTS)
    entries = actor.store.trail.newest(limit=limit, before_sequence=before, among=among)
    _tell(screen, actor, "audit-settings", entries)


def _tell(screen: Screen, actor: Actor, command: str, entries: Sequence[TrailEntry]) -> None:
    from suitebridge.domain.events import sentence, tell_changes
    from suitebridge.domain.masking import mask_changes

    documents: list[Plain] = []
    for entry in entries:
        changes = mask_changes(entry.record_type, entry.changes, actor.user.role)
        told = sentence(entry.event, author=entry.author_name, subject=entry.record_title, door=entry.door)
        documents.append(
            {
                "sequence": entry.sequence,
                "at": entry.at.isoformat(),
                "event": entry.event,
                "sentence": told,
                "address": entry.address,
                "version": entry.version,
                "changes": tell_changes(changes, most=len(changes)),
                "hash": entry.hash,
            }
        )
        origin = f" from {entry.address}" if entry.address else ""
        screen.show(f"{entry.sequence:>7,}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {told}{origin}.")
        if changes:
            screen.show(f"         {tell_changes(changes)}")
    screen.answer(command, {"entries": documents})
    if not entries:
        screen.show("Nothing was written down that fits all of this.")
