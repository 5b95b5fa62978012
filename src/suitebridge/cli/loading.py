"""`suitebridge workspace`: loads the demo firm, or a firm's own CSV files, into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Plain, Screen

if TYPE_CHECKING:
    from suitebridge.recording.reports import FileReport, LoadReport

_COMPANIES = Path(__file__).parents[1] / "companies"
_SECONDS_BETWEEN_LINES = 2.0
_MOST_LINES = 1000
"""Refused lines told on a terminal; `--json` gives all of them."""


def register(app: typer.Typer) -> None:
    """Add the group `workspace`."""
    group = typer.Typer(
        help="Fill the workspace: with the demo firm, or with CSV files of your own.", no_args_is_help=True
    )
    group.command("seed")(seed)
    group.command("load")(load)
    app.add_typer(group, name="workspace")


def seed(
    ctx: typer.Context,
    firm: Annotated[str, typer.Argument(help="A firm that ships with SuiteBridge.")] = "consultancy",
) -> None:
    """Load a firm that ships with SuiteBridge: people, customers, projects, time, expenses and invoices.

    Loading it again creates nothing twice: it sets the fields of its files anew and leaves everything else.
    """
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    raise typer.Exit(show_load(load_files(actor, firm_folder(firm), screen), screen))


def load(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A folder of CSV files, or one with a subfolder `workspace`.")],
) -> None:
    """Load a folder of CSV files, one for each record type: customer.csv, employee.csv, project.csv, time_entry.csv …

    The first line names the fields. The column `key` names each row: other files point to it, and loading again finds the record by it, so
    that nothing is created twice. Dates are written 2026-01-31, numbers 1234.5, truths true or false; a blank cell means "not set". Each
    refused line is listed with its reason, the rest is loaded; the exit code is then 5.
    """
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    raise typer.Exit(show_load(load_files(actor, folder, screen), screen))


def firm_folder(name: str) -> Path:
    """Find the folder of a firm that ships with SuiteBridge."""
    known = sorted(path.name for path in _COMPANIES.iterdir() if path.is_dir())
    if name not in known:
        raise typer.BadParameter(f"No firm {name} ships with SuiteBridge, but {', '.join(known)}.")
    return _COMPANIES / name


def load_files(actor: Actor, folder: Path, screen: Screen) -> LoadReport:
    """Load a folder as the signed-in user, with progress."""
    from suitebridge.bootstrap import open_files
    from suitebridge.recording.loading import load_folder

    files, types = open_files(folder), actor.store.schemas().workspace
    if not screen.is_terminal:
        return load_folder(
            actor.store,
            files,
            types,
            user=actor.user,
            notice=lambda file, rows: screen.detail(f"  {file}: {rows:,} rows"),
        )
    from rich.progress import Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,} rows, {task.fields[rate]} a second"),
        console=screen.messages(),
        transient=True,
    ) as bars:
        task = bars.add_task("Loading", total=None, rate="…")
        before: dict[str, int] = {}

        def notice(file: str, rows: int) -> None:
            before[file] = rows
            speed = bars.tasks[task].speed
            bars.update(
                task,
                description=f"Loading {file}",
                completed=sum(before.values()),
                rate=f"{speed:,.0f}" if speed else "…",
            )

        return load_folder(actor.store, files, types, user=actor.user, notice=notice)


def show_load(report: LoadReport, screen: Screen) -> ExitCode:
    """Show what became of each file and of each refused line."""
    from rich.table import Table

    screen.answer("workspace-load", _document(report))
    table = Table("File", title=f"Loaded {report.folder}", title_justify="left")
    for heading in ("created", "updated", "unchanged", "refused"):
        table.add_column(heading, justify="right")
    for file in report.files:
        counts = (file.created, file.updated, file.unchanged, len(file.refused))
        table.add_row(file.file, *(f"{count:,}" if count else "" for count in counts))
    screen.show(table)
    for file in report.files:
        for note in file.notes:
            screen.say(f"{file.file}: {note}")
    for name in report.strangers:
        screen.say(f"{name}: It is named after no record type and was left out.")
    for line in report.refused[:_MOST_LINES]:
        screen.show(f"{line.file}, line {line.line}{f' ({line.key})' if line.key else ''}: {line.reason}")
    if len(report.refused) > _MOST_LINES:
        screen.show(f"… and {len(report.refused) - _MOST_LINES:,} more lines; `--json` lists them all.")
    return ExitCode.RECORD_ERRORS if report.refused else ExitCode.OK


def _document(report: LoadReport) -> dict[str, Plain]:
    return {
        "folder": report.folder,
        "files": [_file(file) for file in report.files],
        "left_out": list(report.strangers),
        "refused": [
            {"file": line.file, "line": line.line, "key": line.key, "reason": line.reason} for line in report.refused
        ],
    }


def _file(file: FileReport) -> Plain:
    return {
        "file": file.file,
        "record_type": file.record_type,
        "created": file.created,
        "updated": file.updated,
        "unchanged": file.unchanged,
        "refused": len(file.refused),
        "notes": list(file.notes),
    }
