"""`suitebridge backup` and `restore`: a copy of everything but the keys, and the way back from it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.people import Permission

_REASON = typer.Option(help="Why the backup is put back: it stands in the audit trail of every company.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    ctx: typer.Context, folder: Annotated[Path, typer.Argument(help="A new or empty folder for the backup.")]
) -> None:
    """Copy both databases and the signed checkpoints while servers and runs go on, with a manifest of checksums.

    The keys `master.key` and `audit.key` are not copied: keep them apart, because whoever holds both holds the secrets. With PostgreSQL use
    pg_dump instead: docs/install.md says how.

    Example: `suitebridge backup /backups/2026-11-23`
    """
    from suitebridge.bootstrap import make_backup

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.ADMINISTER, "make a backup")
    made = make_backup(actor.house, folder)
    screen.answer("backup", {"folder": str(made.folder), "made_at": made.at.isoformat(), "files": made.files})
    screen.show(f"The backup is in {made.folder}: {made.files} files, proven by its manifest.")
    screen.say("The keys are not in it: keep master.key and audit.key of this data directory in another place.")


def restore(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(help="The folder of a backup. With PostgreSQL none: put the dump back with pg_restore first."),
    ] = None,
    *,
    reason: Annotated[str, _REASON],
) -> None:
    """Put a backup into an empty data directory that holds the keys of its time, and mind what NetSuite has learned since.

    Records that runs sent after the backup was made are found in NetSuite by their external ids and linked again, never sent twice. New records
    get ids that nobody had in the lost time, every session ends, and the audit trail of each company says what happened and why. Needs no sign-in.

    Example: `suitebridge --data /srv/suitebridge restore /backups/2026-11-23 --reason "disk failure"`
    """
    from suitebridge.bootstrap import restore_backup

    screen = Screen(choices_of(ctx))
    house, made_at = restore_backup(screen.choices.data, folder, reason=reason)
    with closing(house):
        companies = [company.id for company in house.companies.all()]
        told = None if made_at is None else made_at.isoformat()
        screen.answer("restore", {"directory": str(house.directory), "made_at": told, "companies": companies})
        screen.show(f"{len(companies)} companies are back in {house.directory}.")
        screen.say(
            "Look through API tokens and people: what was withdrawn after the backup counts again. Then sign in, and run: "
            "records that NetSuite has already are linked again."
        )
