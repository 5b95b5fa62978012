"""Opening accounts for the command line, and telling in one line what cannot be done.

Refuses to know commands.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from netsuite_simulator import snapshots
from netsuite_simulator.account import DEFAULT_ID, Account
from netsuite_simulator.faults import PlanFileError
from netsuite_simulator.faults.weather import WeatherError
from netsuite_simulator.loading import LoadError

STATE_FILE = Path("netsuite-simulator.db")

KeptStateOption = Annotated[Path, typer.Option("--state", help="The file that keeps the account.")]
AccountOption = Annotated[
    str | None,
    typer.Option("--account", help=f"Account id; default {DEFAULT_ID}, or the one the state file holds."),
]


class CommandError(Exception):
    """The command cannot be done; the message says why and what to do."""


@contextmanager
def told() -> Iterator[None]:
    """Tell failures in one line and end with code 1."""
    try:
        yield
    except (CommandError, LoadError, snapshots.StateError, PlanFileError, WeatherError) as error:
        typer.echo(f"netsuite-simulator: {error}", err=True)
        raise typer.Exit(1) from error


def open_account(account_id: str | None, state: Path | None, concurrency: int = 5) -> Account:
    """Open the account that a state file keeps, or a new one."""
    path = None if state is None else str(state)
    try:
        known = None if state is None or not state.exists() else snapshots.account_id_in(str(state))
        return Account(account_id or known or DEFAULT_ID, state_file=path, concurrency=concurrency)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise CommandError(f"the state file {state} is in use by another process; stop that one first") from error
        raise CommandError(
            f"the state file {state} cannot be used ({error}); move it away to start afresh, or give another --state file"
        ) from error


@contextmanager
def opened(state: Path, account_id: str | None = None) -> Iterator[Account]:
    """Open the account of a state file that has to be there."""
    if not state.exists():
        raise CommandError(f"there is no state file {state}; `netsuite-simulator seed --state {state}` makes one")
    account = open_account(account_id, state)
    try:
        yield account
    finally:
        account.close()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, replacing what was there in one step."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
