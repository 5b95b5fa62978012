"""Commands on a state file that nobody serves: snapshots taken and put back, a sandbox made anew, the clock moved.

The admin end points do the same for an account that is being served.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from netsuite_simulator import snapshots
from netsuite_simulator.opening import (
    STATE_FILE,
    AccountOption,
    CommandError,
    KeptStateOption,
    open_account,
    opened,
    told,
)

snapshot = typer.Typer(help="Keep an account's whole state aside, and put it back.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="Name of the snapshot: letters, digits, - and _.")]


@snapshot.command("take")
def take(name: NameArgument, state: KeptStateOption = STATE_FILE) -> None:
    """Keep the state aside under a name."""
    with told(), opened(state) as account:
        account.snapshots.take(name)
        typer.echo(f"Snapshot {name} of account {account.id} is kept in {state}.snapshots, readable by you alone")


@snapshot.command("restore")
def restore(name: NameArgument, state: KeptStateOption = STATE_FILE) -> None:
    """Put a kept state in the place of the present one."""
    with told(), opened(state) as account:
        account.snapshots.restore(name)
        typer.echo(f"Account {account.id} is as it was in snapshot {name}")


@snapshot.command("list")
def names(state: KeptStateOption = STATE_FILE) -> None:
    """List the snapshots there are."""
    with told(), opened(state) as account:
        for name in account.snapshots.names or ["no snapshots yet"]:
            typer.echo(name)


@snapshot.command("remove")
def remove(name: NameArgument, state: KeptStateOption = STATE_FILE) -> None:
    """Forget a snapshot."""
    with told(), opened(state) as account:
        account.snapshots.remove(name)
        typer.echo(f"Snapshot {name} is gone")


def refresh(
    production: Annotated[Path, typer.Option("--from", help="The state file of the production account.")],
    state: KeptStateOption = STATE_FILE,
    account: AccountOption = None,
) -> None:
    """Refresh a sandbox: a copy of a production account, without its access tokens, grants and certificates."""
    with told(), opened(production) as source:
        sandbox = open_account(account or f"{source.id.partition('_')[0]}_SB1", state)
        try:
            snapshots.refresh(sandbox, source)
            typer.echo(f"Sandbox {sandbox.id} is a copy of {source.id} now; no access token of before is accepted")
        finally:
            sandbox.close()


def clock(
    state: KeptStateOption = STATE_FILE,
    advance: Annotated[float, typer.Option(help="Seconds to move it by, backward where negative.")] = 0.0,
    now: Annotated[str | None, typer.Option(help="The instant it is to show, such as 2026-05-18T17:00:00Z.")] = None,
) -> None:
    """Move the account's clock, and tell what it shows."""
    with told(), opened(state) as account:
        if now is not None:
            account.clock.set(instant(now))
        account.clock.advance(advance)
        typer.echo(f"{account.clock.now():%Y-%m-%dT%H:%M:%SZ}")


def instant(text: str) -> datetime:
    """Read an instant; one without a zone is UTC."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no instant: write 2026-05-18T17:00:00Z") from None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(snapshot, name="snapshot")
    app.command()(refresh)
    app.command()(clock)
