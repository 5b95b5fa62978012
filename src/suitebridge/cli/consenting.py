"""`suitebridge netsuite`: sign in at NetSuite as yourself, ask it questions with your own rights, and sign out again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.asking import ask, ask_secret
from suitebridge.cli.screens import Screen
from suitebridge.domain.credentials import AccountId, AccountIdError, Secret

if TYPE_CHECKING:
    from suitebridge.ports.consents import ConsentAsked

REDIRECT_URI = "https://localhost:8443/netsuite"
WAIT_SECONDS = 300.0
_MOST_ROWS = 100_000


def register(app: typer.Typer) -> None:
    """Add the group `netsuite`."""
    group = typer.Typer(
        help="Sign in at NetSuite as yourself (OAuth 2.0 with your consent) and ask it questions with your own rights. Runs never use this sign-in.",
        no_args_is_help=True,
    )
    group.command("login")(login)
    group.command("query")(query)
    group.command("logout")(logout)
    app.add_typer(group, name="netsuite")


def login(
    ctx: typer.Context,
    *,
    client_id: Annotated[str, typer.Option(help="The integration record's Client ID.")] = "",
    secret_file: Annotated[
        str,
        typer.Option(
            "--client-secret-file",
            metavar="FILE|-",
            help="A file that holds its Client Secret; without one it is a public client.",
        ),
    ] = "",
    redirect_uri: Annotated[str, typer.Option(help="One of its Redirect URIs, spelled as in NetSuite.")] = REDIRECT_URI,
    account_id: Annotated[str, typer.Option(help="Account ID, where it is not that of the connection.")] = "",
    is_pasted: Annotated[
        bool,
        typer.Option("--paste", help="Open no door on this machine: ask for the address at which the browser ended."),
    ] = False,
) -> None:
    """Sign in at NetSuite with a browser. What NetSuite gives is sealed and kept for you alone; it renews itself and ends with `netsuite logout`.

    In NetSuite, an administrator makes an integration record with Authorization Code Grant, the scope REST Web Services and the redirect URI
    https://localhost:8443/netsuite. The browser comes back to this machine, warns of its self-made certificate, and may go on; with `--paste`
    the address that it shows is copied instead, whatever page it is.

    Examples: `suitebridge netsuite login --client-id 0123…`; `suitebridge netsuite login --client-id 0123… --paste`
    """
    from suitebridge.administration.consenting import keep_consent, may_sign_in
    from suitebridge.ports.consents import Application

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    may_sign_in(actor.user)
    with closing(actor.house) as house:
        application = Application(
            account=_account(actor, account_id),
            client_id=ask(screen.choices, "Client ID", given=client_id, option="--client-id"),
            redirect_uri=redirect_uri,
            client_secret=ask_secret(screen.choices, "", file=secret_file, option="") if secret_file else Secret(""),
        )
        desk = house.consent_desk()
        asked = desk.ask(application)
        returned = _returned(actor, asked, screen, is_pasted=is_pasted)
        given = keep_consent(actor.store, asked, returned, desk=desk, consents=house.consents, stamp=actor.stamp)
    screen.answer("netsuite-login", {"account": given.account.value, "client_id": given.client_id})
    screen.show(f"Signed in at NetSuite {given.account.title}. `suitebridge netsuite query` asks it with your rights.")


def query(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="SUITEQL", help="The question; each ? takes a parameter.")],
    parameters: Annotated[list[str] | None, typer.Argument(metavar="[PARAMETER]...", help="Its parameters.")] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=_MOST_ROWS, help="So many rows at most.")] = 1_000,
) -> None:
    """Ask NetSuite in SuiteQL as the person who signed in with `netsuite login`; nothing can be changed so.

    Example: `suitebridge netsuite query "SELECT id, entityid FROM job WHERE isinactive = ?" F --json`
    """
    from suitebridge.administration.consenting import may_sign_in, using_consent

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    may_sign_in(actor.user)
    with closing(actor.house) as house, using_consent(actor.store, actor.user, house.consents) as given:
        company, person = actor.store.company.id, actor.user.id
        gateway = house.open_own_gateway(given, lambda fresh: house.consents.keep(company, person, fresh))
        rows = list(islice(gateway.query(text, parameters or ()), limit))
    screen.answer("netsuite-query", {"rows": [dict(row) for row in rows]})
    _show(rows, screen)


def logout(ctx: typer.Context) -> None:
    """End your sign-in at NetSuite: NetSuite is told, and nothing is kept."""
    from suitebridge.administration.consenting import end_consent

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    with closing(actor.house) as house:
        was_there = end_consent(actor.store, desk=house.consent_desk(), consents=house.consents, stamp=actor.stamp)
    screen.answer("netsuite-logout", {"ended": was_there})
    screen.show("Signed out of NetSuite." if was_there else "You were not signed in at NetSuite.")


def _returned(actor: Actor, asked: ConsentAsked, screen: Screen, *, is_pasted: bool) -> str:
    """Show the address, and give the one that the browser comes back with."""
    door = None
    if not is_pasted:
        try:
            door = actor.house.return_door(asked.application.redirect_uri, seconds=WAIT_SECONDS)
        except (ValueError, OSError) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            screen.say(f"No door can be opened on this machine: {said}")
    screen.say("Open this address in a browser, sign in and allow the access:")
    screen.say(asked.address)
    if door is not None:
        returned = door.wait()
        if returned:
            return returned
        screen.say("No browser came back.")
    return ask_secret(
        screen.choices,
        "Address at which the browser ended",
        file="" if screen.choices.may_ask else "-",
        option="--paste",
    ).reveal()


def _account(actor: Actor, account_id: str) -> AccountId:
    connection = actor.store.connections.get()
    try:
        return AccountId.parse(account_id or ("" if connection is None else connection.account_id))
    except AccountIdError as error:
        raise typer.BadParameter(str(error), param_hint="--account-id") from error


def _show(rows: list[Mapping[str, str]], screen: Screen) -> None:
    from rich.table import Table

    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = Table(title=f"{len(rows):,} rows", title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(row.get(name, "") for name in columns))
    screen.show(table)
