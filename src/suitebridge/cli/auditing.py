"""`suitebridge audit`: tells the audit trail, and proves that it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from suitebridge.cli import recounting
from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.domain.people import Permission


def register(app: typer.Typer) -> None:
    """Add the group `audit`."""
    group = typer.Typer(help="Read the audit trail, and prove that it is whole.", no_args_is_help=True)
    group.command("list")(recounting.list_entries)
    group.command("settings")(recounting.list_settings)
    group.command("verify")(verify)
    app.add_typer(group, name="audit")


def verify(
    ctx: typer.Context,
    *,
    copy: Annotated[
        Path | None,
        typer.Option(
            "--checkpoints",
            metavar="FOLDER",
            help="A copy of the folder `checkpoints` that was kept elsewhere. Default: the data directory's own.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Walk the audit trail's chain of hashes from its first entry and compare it with what was signed. The exit code is 9 where it is broken.

    Works offline. A chain that somebody rewrote as a whole fits itself, but not the signed checkpoints; who could also sign anew is found out
    only by a copy of the checkpoints from elsewhere.
    """
    from suitebridge.administration.checkpointing import prove_trail
    from suitebridge.bootstrap import open_checkpoints

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.VIEW_AUDIT_TRAIL, "verify the audit trail")
    proof = prove_trail(actor.store, actor.house.checkpoints if copy is None else open_checkpoints(copy))
    verdict = proof.verdict
    screen.answer(
        "audit-verify",
        {
            "checked": verdict.checked,
            "first_broken": verdict.first_broken,
            "said": verdict.said,
            "checkpoints": proof.checkpoints,
            "signed_at": None if proof.signed_at is None else proof.signed_at.isoformat(),
        },
    )
    if verdict.first_broken:
        screen.show(f"The audit trail is broken at entry {verdict.first_broken}: {verdict.said}")
        screen.say(
            "Somebody changed the database past SuiteBridge. Keep a copy of the data directory and find out who had access."
        )
        raise typer.Exit(ExitCode.INCONSISTENT)
    screen.show(f"The audit trail is whole: {verdict.checked:,} entries checked.")
    if proof.signed_at is None:
        screen.show("No signed checkpoint was there to compare it with.")
    else:
        screen.show(
            f"It fits {proof.checkpoints:,} signed checkpoints, the last one of {proof.signed_at:%Y-%m-%d %H:%M} UTC."
        )
