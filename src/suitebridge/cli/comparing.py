"""`suitebridge parity`: every workflow over SOAP and over REST, against copies of one account, and each difference with its cause."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Plain, Screen
from suitebridge.cli.serving import terminated_like_interrupted

if TYPE_CHECKING:
    from suitebridge.bootstrap import House
    from suitebridge.runs.comparing import Side, WorkflowParity

DIRECTORY = Path(".parity")
ACCOUNTS = {"soap": "TSTDRV2026011", "rest": "TSTDRV2026012"}
FIRM = "consultancy"
PORT = 8300
_MOST_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("parity")(parity)


def parity(
    ctx: typer.Context,
    *,
    other: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="COMPANY",
            help="Compare the company of --company with this one; both are connected to copies of one account. Without it the demo firm is rehearsed.",
        ),
    ] = "",
) -> None:
    """Prove that REST stores what SOAP stores: run every workflow over both, against copies of one account, and compare.

    Alone, it rehearses with the demo firm and two simulated accounts in the folder .parity (or --data), which is emptied each time: one by
    SOAP with token-based authentication, one by REST with OAuth 2.0. With
    `--with`, it runs everything in two companies of yours, one of which writes through REST (Administration > NetSuite Connector > Settings),
    and compares each record, field by field. Connect them to two sandboxes of one account that were refreshed together. The exit code is 0
    where all is equal, 5 where something differs.

    Examples: `suitebridge parity`; `suitebridge --company sandbox1 parity --with sandbox2`; `suitebridge parity --json -q`
    """
    choices = choices_of(ctx)
    screen = Screen(choices)
    with terminated_like_interrupted():
        if not other:
            with _rehearsal(choices.data or DIRECTORY, screen) as actors:
                raise typer.Exit(_compare(actors, screen))
        first = act(choices)
        with closing(first.house):
            second = replace(act(replace(choices, company=other)), house=first.house)
            raise typer.Exit(_compare((first, second), screen))


def _compare(actors: tuple[Actor, Actor], screen: Screen) -> ExitCode:
    """Run everything in both companies, and show what differs."""
    from suitebridge.bootstrap import working
    from suitebridge.cli.following import follow_run
    from suitebridge.cli.running import ask
    from suitebridge.runs.comparing import Side, compare_runs
    from suitebridge.runs.starting import RunRequest

    house = actors[0].house
    doors = [_door(actor) for actor in actors]
    if doors[0] == doors[1]:
        raise typer.BadParameter(
            f"Both companies write through {doors[0]}. Choose REST web services for one of them under Administration > NetSuite Connector > Settings."
        )
    sides: list[Side] = []
    quiet = Screen(screen.choices, is_part=True)
    with working(house):
        for door, actor in zip(doors, actors, strict=True):
            screen.say(f"Running every workflow in {actor.store.company.id}, through {door}:")
            ended = follow_run(actor.store, actor.workflows, ask(actor, RunRequest()), quiet)
            sides.append(Side(door=door, store=actor.store, gateway=house.open_gateway(actor.store), run=ended))
        screen.say("Comparing what is stored:")
        found = compare_runs(actors[0].workflows, sides[0], sides[1])
    return _show(found, sides, screen)


def _door(actor: Actor) -> str:
    from suitebridge.domain.credentials import ClientCredentials
    from suitebridge.domain.doors import Preference

    connection = actor.store.connections.get()
    if connection is None or isinstance(actor.store.connections.credentials(), ClientCredentials):
        return str(Preference.REST.value)  # SOAP takes no OAuth 2.0
    return str(connection.preference.value)


def _show(found: Sequence[WorkflowParity], sides: Sequence[Side], screen: Screen) -> ExitCode:
    from rich.table import Table

    first, second = (side.door for side in sides)
    differing = sum(one.count for one in found)
    screen.answer("parity", _document(found, sides))
    table = Table(title=f"{first} beside {second}", title_justify="left")
    table.add_column("Workflow", overflow="fold")
    for heading in ("records", "fields", "differences"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found:
        table.add_row(one.title, f"{one.records:,}", f"{one.fields:,}", f"{one.count:,}")
    screen.show(table)
    for one in found:
        for told in one.differences[:_MOST_SHOWN]:
            screen.show(f"{one.title}: {told.record}, {told.field}: {first} {told.first}, {second} {told.second}")
            screen.show(f"  Why: {told.cause}")
    if differing == 0:
        screen.show(
            "Every record and every field is the same. The connection can change its door, and nothing else changes."
        )
        return ExitCode.OK
    screen.show(f"{differing:,} differences; --json tells them all.")
    return ExitCode.RECORD_ERRORS


def _document(found: Sequence[WorkflowParity], sides: Sequence[Side]) -> Mapping[str, Plain]:
    return {
        "is_equal": not any(one.count for one in found),
        "sides": [
            {"company": side.store.company.id, "account": side.gateway.account.value, "door": side.door, "sign_in": _sign_in(side), "run": side.run.number}
            for side in sides
        ],
        "workflows": [
            {
                "workflow": one.workflow,
                "records": one.records,
                "fields": one.fields,
                "differences": one.count,
                "told": [
                    {"record": told.record, "field": told.field, "first": told.first, "second": told.second, "cause": told.cause}
                    for told in one.differences
                ],
            }
            for one in found
        ],
    }  # fmt: skip


def _sign_in(side: Side) -> str:
    """Name the way to sign in of a side, which differs or not as its connection has it."""
    from suitebridge.domain.credential_sets import CLIENT_SET, TOKEN_SET
    from suitebridge.domain.credentials import ClientCredentials

    is_client = isinstance(side.store.connections.credentials(), ClientCredentials)
    return CLIENT_SET.title if is_client else TOKEN_SET.title


@contextlib.contextmanager
def _rehearsal(directory: Path, screen: Screen) -> Iterator[tuple[Actor, Actor]]:
    """Give two companies of the demo firm, each connected to a simulated account of its own: by SOAP with tokens, and by REST with OAuth 2.0."""
    from suitebridge.bootstrap import is_worked_on, open_house
    from suitebridge.cli.demo.directories import prepare_directory, write_settings
    from suitebridge.cli.demo.simulators import free_port, running_simulator

    prepare_directory(directory, is_worked_on)
    with contextlib.ExitStack() as stack:
        simulators, port = {}, PORT
        for name, account_id in ACCOUNTS.items():
            port = free_port(port)
            folder = directory / name
            folder.mkdir()
            simulators[name] = stack.enter_context(
                running_simulator(folder, account_id=account_id, company=FIRM, port=port)
            )
            port += 1
        screen.say("Two simulated copies of one NetSuite account start.")
        write_settings(directory, {simulator.account_id: simulator.address for simulator in simulators.values()})
        house = stack.enter_context(closing(open_house(directory)))
        actors = [_settle_in(house, name, screen) for name in simulators]
        for actor, simulator in zip(actors, simulators.values(), strict=True):
            simulator.wait()
            _connect(actor, simulator.credentials_file)
        _change_over(actors[1], simulators["rest"].address)
        yield actors[0], actors[1]


def _settle_in(house: House, name: str, screen: Screen) -> Actor:
    from suitebridge.administration.staffing import FirstSteps, found_company
    from suitebridge.cli.loading import firm_folder, load_files
    from suitebridge.domain.credentials import Secret

    screen.say(f"Filling the workspace of the company {name} …")
    steps = FirstSteps(
        company_id=name,
        company_name=f"Meridian Advisory ({name})",
        zone="America/Los_Angeles",
        user_id="admin",
        first="Ada",
        last="Administrator",
        email="admin@meridian.example",
        password=Secret(house.chance.token(20)),
    )
    store, user = found_company(house.companies, steps, house.chance)
    actor = Actor(house=house, store=store, user=user)
    load_files(actor, firm_folder(FIRM), Screen(screen.choices, is_part=True))
    return actor


def _connect(actor: Actor, credentials_file: Path) -> None:
    from suitebridge.administration.connecting import save_credentials
    from suitebridge.cli.demo.simulators import issued_credentials

    issued = issued_credentials(credentials_file)
    save_credentials(actor.store, issued, check=actor.house.key_check, user=actor.user, stamp=actor.stamp)


def _change_over(actor: Actor, address: str) -> None:
    """Change a connection from SOAP with tokens to REST with OAuth 2.0, as a customer would: a certificate is made, uploaded and used."""
    from suitebridge.administration.certifying import (
        CertificateOrder,
        CertificateUse,
        create_certificate,
        see_certificates,
        use_certificate,
    )
    from suitebridge.cli.demo.simulators import upload_certificate
    from suitebridge.domain.certificates import USUAL_DAYS, KeyKind

    order = CertificateOrder(kind=KeyKind.P256, days=USUAL_DAYS)
    create_certificate(actor.store, order, certificates=actor.house.certificates, user=actor.user, stamp=actor.stamp)
    uploaded = upload_certificate(address, see_certificates(actor.store, user=actor.user).waiting)
    use = CertificateUse(certificate_id=uploaded.certificate_id, client_id=uploaded.client_id)
    use_certificate(actor.store, use, actor.house.try_gateway, user=actor.user, stamp=actor.stamp)
