"""The command `suitebridge`: its groups, its shared options, and what an error looks like at the end."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from suitebridge.cli import (
    adjusting,
    admitting,
    approving,
    attesting,
    auditing,
    automating,
    certifying,
    checking,
    comparing,
    configuring,
    connecting,
    consenting,
    defining,
    demonstrating,
    designating,
    discovering,
    entering,
    founding,
    granting,
    grouping,
    hurrying,
    loading,
    mailing,
    notifying,
    preserving,
    reconciling,
    rekeying,
    reviewing,
    running,
    securing,
    serving,
    staffing,
)
from suitebridge.cli.acting import note_refusal
from suitebridge.cli.choices import Choices, shared_first
from suitebridge.cli.exits import MEANINGS, ExitCode, exit_code_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import Problem, SuiteBridgeError

DRAIN_SECONDS = 5.0
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
EPILOG = "Exit codes: " + "; ".join(f"{code.value} {meaning}" for code, meaning in MEANINGS.items()) + "."


app = typer.Typer(
    name="suitebridge",
    help="SuiteBridge exchanges records between a PSA workspace and NetSuite: it loses nothing, doubles nothing, and says what it did.\n\n"
    "See everything at work: `suitebridge demo`. With an account of your own: `company create`, `connect`, `check`, `run`.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def take_choices(
    ctx: typer.Context,
    *,
    data: Annotated[
        Path | None,
        typer.Option(help="Data directory. Default: SUITEBRIDGE_DATA, else ./.suitebridge.", show_default=False),
    ] = None,
    company: Annotated[
        str, typer.Option(metavar="ID", help="Company, where the data directory holds several.", show_default=False)
    ] = "",
    is_json: Annotated[bool, typer.Option("--json", help="Answer in JSON with a versioned schema.")] = False,
    is_quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No messages but errors.")] = False,
    is_verbose: Annotated[bool, typer.Option("--verbose", "-v", help="More messages.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; fail instead.")] = False,
) -> None:
    """Keep what the shared options say for the command that follows."""
    ctx.obj = Choices(
        data=data, company=company, is_json=is_json, is_quiet=is_quiet, is_verbose=is_verbose, may_ask=not no_input
    )


for group in (
    demonstrating,
    founding,
    entering,
    staffing,
    granting,
    connecting,
    consenting,
    certifying,
    designating,
    checking,
    approving,
    defining,
    discovering,
    comparing,
    reconciling,
    loading,
    mailing,
    notifying,
    running,
    configuring,
    adjusting,
    grouping,
    automating,
    hurrying,
    reviewing,
    serving,
    admitting,
    attesting,
    auditing,
    rekeying,
    preserving,
    securing,
):
    group.register(app)


def main() -> None:
    """Run one command and leave with its exit code.

    A batch on its way to NetSuite gets a moment to settle, not more: an interpreter would wait for it however long it takes, and
    the next start resumes it all the same.
    """
    code = run_line(sys.argv[1:])
    deadline = time.monotonic() + DRAIN_SECONDS
    busy = [thread for thread in threading.enumerate() if thread is not threading.main_thread() and not thread.daemon]
    for thread in busy:
        thread.join(max(0.0, deadline - time.monotonic()))
    if any(thread.is_alive() for thread in busy):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run_line(words: Sequence[str]) -> int:
    """Run one command line, tell what stopped it, and give its exit code. Shared options may stand anywhere."""
    screen = Screen(Choices(is_json="--json" in words, is_verbose=not {"-v", "--verbose"}.isdisjoint(words)))
    try:
        app(shared_first(words), prog_name="suitebridge")
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else ExitCode.OK
    except SuiteBridgeError as error:
        problem = error.problem
        _note(problem)
    except OSError as error:
        problem = _disk_problem(error)
    except Exception as error:  # whatever nobody foresaw ends in sentences, with the details on request
        problem = Problem(code="SB-INT-001", facts={"said": f"{type(error).__name__}: {error}"})
        if screen.choices.is_verbose:
            traceback.print_exc()
    screen.tell_problem(problem)
    return exit_code_of(problem)


def _note(problem: Problem) -> None:
    """Write a refusal down; a store that cannot be written to must not hide it."""
    with contextlib.suppress(SuiteBridgeError):
        note_refusal(problem)


def _disk_problem(error: OSError) -> Problem:
    said = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    if error.errno in _NO_ROOM or isinstance(error, PermissionError):
        directory = str(Path(str(error.filename)).parent) if error.filename else "in use"
        return Problem(code="SB-DISK-001", facts={"directory": directory, "said": f"{said}."})
    return Problem(code="SB-INT-001", facts={"said": f"{said}."})
