"""`suitebridge demo`: a whole integration run against the simulator, from an empty folder to a console that shows its result."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, choices_of, keep_sign_in
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.cli.serving import DEFAULT_HOST, DEFAULT_PORT, terminated_like_interrupted
from suitebridge.domain.credentials import Secret

if TYPE_CHECKING:
    from suitebridge.bootstrap import House
    from suitebridge.cli.demo.endings import SignIn
    from suitebridge.cli.demo.simulators import Simulator
    from suitebridge.ports.runs import Run

# A test-drive account id, never a number that might be somebody's.
ACCOUNT_ID = "TSTDRV2026001"
COMPANY_ID = "meridian"
COMPANY_NAME = "Meridian Advisory"
FIRM = "consultancy"
USER_ID = "admin"
ZONE = "America/Los_Angeles"
DIRECTORY = Path(".demo")
SIMULATOR_PORT = 8200
_PASSWORD_LENGTH = 14


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    ctx: typer.Context,
    *,
    serves: Annotated[
        bool,
        typer.Option(
            "--serve/--no-serve", help="Go on serving console and simulator until Ctrl-C, or end after the run."
        ),
    ] = True,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the console, or the next free one.")
    ] = DEFAULT_PORT,
    simulator_port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the simulator, or the next free one.")
    ] = SIMULATOR_PORT,
) -> None:
    """See everything at work: a simulated NetSuite account, a firm's workspace, and a whole integration run between them.

    Uses the folder .demo (or --data), which is emptied each time; a folder with other contents is refused. Needs no account and no network.
    """
    from suitebridge.bootstrap import is_worked_on
    from suitebridge.cli.demo.directories import prepare_directory, write_settings
    from suitebridge.cli.demo.simulators import free_port, running_simulator

    screen = Screen(choices_of(ctx), is_part=True)
    directory = screen.choices.data or DIRECTORY
    prepare_directory(directory, is_worked_on)
    simulated = running_simulator(directory, account_id=ACCOUNT_ID, company=FIRM, port=free_port(simulator_port))
    with terminated_like_interrupted(), simulated as simulator:
        screen.say(f"A simulated NetSuite account {ACCOUNT_ID} starts at {simulator.address}.")
        write_settings(directory, {ACCOUNT_ID: simulator.address})
        actor, secret = _settle_in(directory, screen)
        with closing(actor.house):
            _connect(actor, simulator, screen)
            port = free_port(port) if serves else 0
            _tell_story(actor, screen, simulator, port=port, secret=secret)


def _settle_in(directory: Path, screen: Screen) -> tuple[Actor, Secret]:
    """Open the data directory, create the company with its administrator, and fill its workspace."""
    from suitebridge.administration.staffing import FirstSteps, found_company
    from suitebridge.bootstrap import open_house
    from suitebridge.cli.loading import firm_folder, load_files

    with _timed(screen, f"Preparing the data directory {directory}"):
        house: House = open_house(directory)
        secret = Secret(house.chance.token(_PASSWORD_LENGTH))
        steps = FirstSteps(
            company_id=COMPANY_ID,
            company_name=COMPANY_NAME,
            zone=ZONE,
            user_id=USER_ID,
            first="Ada",
            last="Administrator",
            email="admin@meridian.example",
            password=secret,
        )
        store, user = found_company(house.companies, steps, house.chance)
        keep_sign_in(house, store, user)
    actor = Actor(house=house, store=store, user=user)
    with _timed(screen, f"Filling the workspace of {COMPANY_NAME}"):
        report = load_files(actor, firm_folder(FIRM), screen)
        counts = ", ".join(f"{file.created:,} {file.plural.lower()}" for file in report.files if file.created)
        screen.say(f"  {counts}")
    return actor, secret


def _connect(actor: Actor, simulator: Simulator, screen: Screen) -> None:
    """Save the credentials that the simulator issued, and prove the connection."""
    from suitebridge.administration.connecting import save_credentials
    from suitebridge.cli.checking import show_check
    from suitebridge.cli.demo.simulators import issued_credentials

    with _timed(screen, "Waiting for the simulator"):
        simulator.wait()
    entry = issued_credentials(simulator.credentials_file)
    save_credentials(actor.store, entry, check=actor.house.key_check, user=actor.user, stamp=actor.stamp)
    screen.say("The credentials are saved. Checking the connection:")
    code = show_check(actor, screen)
    if code is not ExitCode.OK:
        raise typer.Exit(code)


def _tell_story(actor: Actor, screen: Screen, simulator: Simulator, *, port: int, secret: Secret) -> None:
    """Run everything, show what came of it, and serve the console where that is wanted (`port` is not 0)."""
    from suitebridge.bootstrap import working
    from suitebridge.cli.demo.endings import SignIn
    from suitebridge.cli.following import follow_run
    from suitebridge.cli.running import ask, show
    from suitebridge.cli.serving import serve_console
    from suitebridge.runs.starting import RunRequest

    house = actor.house
    with working(house):
        asked = ask(actor, RunRequest())
        screen.say("Running every workflow:")
        ended = follow_run(actor.store, actor.workflows, asked, screen)
        code = show(actor, ended, screen)
        _show_entries(actor, ended, screen)

        def announce(address: str) -> None:
            sign_in = SignIn(address=address, company=COMPANY_ID, user=USER_ID, shown_password=secret.reveal())
            _show_ending(sign_in, screen, simulator)
            _answer(actor, ended, sign_in, screen)

        if not port:
            announce("")
            raise typer.Exit(code)
        serve_console(house, host=DEFAULT_HOST, port=port, announce=announce)
    screen.say("Console and simulator are stopped.")


def _answer(actor: Actor, ended: Run, sign_in: SignIn, screen: Screen) -> None:
    """Answer machines once, with the run and the console's address."""
    from suitebridge.cli.reports import run_document
    from suitebridge.runs.reviewing import report_run

    report = report_run(actor.store, actor.workflows_of(ended), ended)
    console = {
        "address": sign_in.address,
        "company": sign_in.company,
        "user": sign_in.user,
        "password": sign_in.shown_password,
    }
    Screen(screen.choices).answer("demo", {**run_document(report), "console": console})


def _show_entries(actor: Actor, ended: Run, screen: Screen) -> None:
    from suitebridge.cli.demo.endings import pick_entries, tell_entry

    screen.show("\nThree entries of the audit trail:")
    for entry in pick_entries(actor.store, actor.workflows, ended):
        screen.show(f"  {tell_entry(entry)}")


def _show_ending(sign_in: SignIn, screen: Screen, simulator: Simulator) -> None:
    from suitebridge.cli.demo.endings import next_commands
    from suitebridge.cli.demo.simulators import tell_pages

    where = sign_in.address or "`suitebridge serve` opens it"
    screen.show(f"\nConsole: {where}")
    screen.show(f"  company {sign_in.company}, user {sign_in.user}, password {sign_in.shown_password}")
    if sign_in.address:
        screen.show(
            f"\nThe simulated NetSuite, with its lists, setup pages and login audit trail: {tell_pages(simulator)}"
        )
    screen.show("\nTry next:")
    for command, meaning in next_commands(screen.choices.data or DIRECTORY, is_served=bool(sign_in.address)):
        screen.show(f"  {command}   ({meaning})")
    if sign_in.address:
        screen.show("\nConsole and simulator go on until Ctrl-C.")


@contextmanager
def _timed(screen: Screen, what: str) -> Iterator[None]:
    began = time.monotonic()
    screen.say(f"{what} …")
    yield
    screen.say(f"  done in {time.monotonic() - began:.1f} s")
