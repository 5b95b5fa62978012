"""`suitebridge connect`: saves the values of the NetSuite connection, asked for or read from a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.asking import ask, ask_secret, read_text
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Permission
from suitebridge.domain.relinks import MEANINGS, Relink

if TYPE_CHECKING:
    from suitebridge.administration.connecting import ClientEntry, CredentialsEntry, EntryProblem

FIELDS = ("account_id", "application_id", "consumer_key", "consumer_secret", "token_id", "token_secret")
CLIENT_FIELDS = ("account_id", "client_id", "certificate_id", "private_key")
MORE_CLIENT_FIELDS = ("certificate", "algorithm")
_NAMES = tuple(dict.fromkeys((*FIELDS, *CLIENT_FIELDS, *MORE_CLIENT_FIELDS)))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("connect")(connect)
    app.command("confirm-account")(confirm)
    app.command("disconnect")(disconnect)


def connect(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    *,
    credentials_file: Annotated[
        str,
        typer.Option(
            metavar="FILE|-", help=f"All values at once, as JSON: {', '.join(FIELDS)}; or {', '.join(CLIENT_FIELDS)}."
        ),
    ] = "",
    account_id: Annotated[str, typer.Option(help="Account ID, as NetSuite shows it.")] = "",
    application_id: Annotated[str, typer.Option(help="Application ID of the integration record; may stay blank.")] = "",
    consumer_key: Annotated[str, typer.Option(help="Consumer key (no secret by itself).")] = "",
    consumer_secret_file: Annotated[
        str, typer.Option(metavar="FILE|-", help="A file that holds the consumer secret.")
    ] = "",
    token_id: Annotated[str, typer.Option(help="Token id (no secret by itself).")] = "",
    token_secret_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the token secret.")] = "",
    client_id: Annotated[str, typer.Option(help="Client ID, for OAuth 2.0 client credentials.")] = "",
    certificate_id: Annotated[str, typer.Option(help="Certificate ID that NetSuite shows, for OAuth 2.0.")] = "",
    private_key_file: Annotated[
        str, typer.Option(metavar="FILE|-", help="A file that holds the certificate's private key, for OAuth 2.0.")
    ] = "",
    certificate_file: Annotated[
        str,
        typer.Option(
            metavar="FILE|-", help="A file that holds the certificate itself: SuiteBridge then knows when it ends."
        ),
    ] = "",
    algorithm: Annotated[str, typer.Option(help="What an RSA key signs with: PS256 (usual), PS384 or PS512.")] = "",
) -> None:
    """Save the credentials of token-based authentication, or those of OAuth 2.0 client credentials where one of their options is given. Secrets are stored encrypted and never shown again.

    Without options every value is asked for, the secrets without showing them. A secret is never taken from the command line itself. A blank
    secret keeps the stored one, as long as the account and its key stay the same. Prove the connection afterwards with `suitebridge check`.
    """
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    client = {
        "client_id": client_id,
        "certificate_id": certificate_id,
        "private_key": private_key_file,
        "certificate": certificate_file,
        "algorithm": algorithm,
    }
    entry: CredentialsEntry | ClientEntry
    if credentials_file:
        entry = _from_document(_read_document(credentials_file))
    elif any(client.values()):
        entry = _client_asked(screen, {"account_id": account_id, **client})
    else:
        given = {
            "account_id": account_id,
            "application_id": application_id,
            "consumer_key": consumer_key,
            "consumer_secret": consumer_secret_file,
            "token_id": token_id,
            "token_secret": token_secret_file,
        }
        entry = _asked(screen, given)
    problems = save(actor, entry)
    for problem in problems:
        screen.say(problem.said)
    screen.answer(
        "connect", {"saved": not problems, "problems": [{"field": one.field, "said": one.said} for one in problems]}
    )
    if problems:
        raise typer.Exit(ExitCode.CONFIGURATION)
    screen.show(
        f"The credentials of NetSuite account {entry.account_id.strip()} are saved. Prove them with `suitebridge check`."
    )
    _tell_another_account(actor, screen)


def _tell_another_account(actor: Actor, screen: Screen) -> None:
    stored = actor.store.connections.get()
    if stored is not None and not stored.is_linked:
        screen.show(
            f"Runs wait: the company worked with {stored.linked_account_id} before. "
            f"Confirm the new account with `suitebridge confirm-account {stored.account_id}`."
        )


def confirm(
    ctx: typer.Context,
    account_id: Annotated[str, typer.Argument(help="The account ID of the saved credentials.")],
    *,
    relink: Annotated[
        Relink | None,
        typer.Option("--as", help="“copy”: the same records under the same internal ids; “other”: any other account."),
    ] = None,
) -> None:
    """Confirm that the company works with another NetSuite account from now on; until then no run starts.

    In a copy of the account before, the NetSuite IDs on the records go on counting; in another account they count for nothing.
    """
    from suitebridge.administration.connecting import confirm_account
    from suitebridge.administration.permitting import require

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    # Before anything is compared: the refusal of a wrong id names the saved one.
    require(actor.user, Permission.ADMINISTER, "confirm another NetSuite account")
    stored = actor.store.connections.get()
    if stored is None or stored.account_id != account_id.strip():
        saved = stored.account_id if stored is not None and stored.account_id else "none"
        raise typer.BadParameter(f"The saved account ID is {saved}, and not {account_id}.", param_hint="ACCOUNT_ID")
    given = relink.value if relink is not None else ""
    said = ask(
        screen.choices, "Is it a copy of the account before, or another one (copy, other)?", given=given, option="--as"
    )
    if said not in {one.value for one in Relink}:
        raise typer.BadParameter(f"“{said}” is neither copy nor other.", param_hint="--as")
    confirm_account(actor.store, Relink(said), user=actor.user, stamp=actor.stamp, version=stored.version)
    screen.answer("confirm-account", {"account_id": stored.account_id, "relink": said})
    screen.show(f"Runs work with account {stored.account_id} from now on. {MEANINGS[Relink(said)]}")


def disconnect(
    ctx: typer.Context,
    *,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
) -> None:
    """Remove every NetSuite key and secret of the company; running work ends within seconds, and no run starts until new ones are saved."""
    from suitebridge.administration.connecting import clear_credentials
    from suitebridge.domain.credential_sets import REVOCATION

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    if not is_sure:
        if not screen.choices.may_ask:
            raise typer.BadParameter("Say that this is meant.", param_hint="--yes")
        typer.confirm("Remove every NetSuite key and secret?", abort=True, err=True)
    clear_credentials(actor.store, user=actor.user, stamp=actor.stamp)
    screen.answer("disconnect", {"removed": True, "remedy": REVOCATION})
    screen.show(f"Every key and secret was removed, and runs that used them end within seconds. {REVOCATION}")


def save(actor: Actor, entry: CredentialsEntry | ClientEntry) -> tuple[EntryProblem, ...]:
    """Save what was entered, as the signed-in user."""
    from suitebridge.administration.connecting import save_credentials

    return save_credentials(actor.store, entry, check=actor.house.key_check, user=actor.user, stamp=actor.stamp)


def _asked(screen: Screen, given: Mapping[str, str]) -> CredentialsEntry:
    """Ask for what was not given; of the secrets, `given` holds the names of files."""
    from suitebridge.administration.connecting import CredentialsEntry

    def plain(question: str, name: str) -> str:
        return ask(screen.choices, question, given=given[name], option=f"--{name.replace('_', '-')}")

    def hidden(question: str, name: str) -> Secret:
        return ask_secret(screen.choices, question, file=given[name], option=f"--{name.replace('_', '-')}-file")

    return CredentialsEntry(
        account_id=plain("Account ID", "account_id"),
        application_id=plain("Application ID", "application_id"),
        consumer_key=plain("Consumer key", "consumer_key"),
        consumer_secret=hidden("Consumer secret", "consumer_secret"),
        token_id=plain("Token ID", "token_id"),
        token_secret=hidden("Token secret", "token_secret"),
    )


def _client_asked(screen: Screen, given: Mapping[str, str]) -> ClientEntry:
    """Ask for what was not given of OAuth 2.0; of the private key and the certificate, `given` holds the names of files."""
    from suitebridge.administration.connecting import ClientEntry

    def plain(question: str, name: str) -> str:
        return ask(screen.choices, question, given=given[name], option=f"--{name.replace('_', '-')}")

    if not given["private_key"]:
        raise typer.BadParameter("Name the file that holds the private key.", param_hint="--private-key-file")
    return ClientEntry(
        account_id=plain("Account ID", "account_id"),
        client_id=plain("Client ID", "client_id"),
        certificate_id=plain("Certificate ID", "certificate_id"),
        private_key=Secret(read_text(given["private_key"])),
        certificate=read_text(given["certificate"]) if given["certificate"] else "",
        algorithm=given["algorithm"],
    )


def _read_document(file: str) -> Mapping[str, str]:
    try:
        document = json.loads(read_text(file))
    except ValueError as error:
        raise typer.BadParameter(f"The file {file} is not JSON: {error}.", param_hint="--credentials-file") from error
    if not isinstance(document, dict) or not all(isinstance(document.get(name, ""), str) for name in _NAMES):
        raise typer.BadParameter(
            f"The file {file} does not hold one object with the texts {', '.join(FIELDS)}, or {', '.join(CLIENT_FIELDS)}.",
            param_hint="--credentials-file",
        )
    return {name: document.get(name, "") for name in _NAMES}


def _from_document(document: Mapping[str, str]) -> CredentialsEntry | ClientEntry:
    from suitebridge.administration.connecting import ClientEntry, CredentialsEntry

    if any(document[name] for name in CLIENT_FIELDS if name not in FIELDS):
        return ClientEntry(
            account_id=document["account_id"],
            client_id=document["client_id"],
            certificate_id=document["certificate_id"],
            private_key=Secret(document["private_key"]),
            certificate=document["certificate"],
            algorithm=document["algorithm"],
        )
    return CredentialsEntry(
        account_id=document["account_id"],
        application_id=document["application_id"],
        consumer_key=document["consumer_key"],
        consumer_secret=Secret(document["consumer_secret"]),
        token_id=document["token_id"],
        token_secret=Secret(document["token_secret"]),
    )
