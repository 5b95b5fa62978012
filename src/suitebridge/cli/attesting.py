"""`suitebridge access`: who may come in, what they may, and the confirmation that somebody looked."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.people import Door


def register(app: typer.Typer) -> None:
    """Add the group `access`."""
    group = typer.Typer(help="Review who has access to the company.", no_args_is_help=True)
    group.command("review")(review)
    group.command("confirm")(confirm)
    app.add_typer(group, name="access")


def review(
    ctx: typer.Context, *, csv: Annotated[bool, typer.Option("--csv", help="Write a table for spreadsheets.")] = False
) -> None:
    """List every user with role, rights, way in, API tokens and duties that should be two people's."""
    from rich.table import Table

    from suitebridge.administration.attesting import READ, review_access
    from suitebridge.administration.watching import note_read
    from suitebridge.domain.access_reviews import table
    from suitebridge.domain.spreadsheets import write_csv

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = review_access(actor.store, acting=actor.user, now=actor.house.clock.now())
    note_read(actor.store, actor.user, READ, Door.COMMAND_LINE)
    if csv:
        typer.echo(write_csv(*table(found)), nl=False)
        return
    screen.answer("access", {"fingerprint": found.fingerprint, "users": [line.cells for line in found.lines]})
    headings, rows = table(found)
    shown = Table(*headings)
    for row in rows:
        shown.add_row(*row)
    screen.show(shown)
    if actor.user.is_administrator:
        screen.show(f"Confirm it with `suitebridge access confirm {found.fingerprint}`.")


def confirm(
    ctx: typer.Context,
    fingerprint: Annotated[str, typer.Argument(help="The mark of the review, as `access review` shows it.")],
    *,
    note: Annotated[str, typer.Option("--note", help="What was decided, or the number of a ticket.")] = "",
) -> None:
    """Confirm that you have reviewed who has access; it stands in the audit trail with your name."""
    from suitebridge.administration.attesting import attest_access

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = attest_access(
        actor.store,
        fingerprint=fingerprint.strip(),
        note=note,
        acting=actor.user,
        stamp=actor.stamp,
        now=actor.house.clock.now(),
    )
    screen.answer("access-confirmed", {"fingerprint": found.fingerprint, "users": len(found.lines)})
    screen.show(
        f"The review {found.fingerprint} is confirmed: {len(found.lines)} users, {found.active} of them active."
    )
