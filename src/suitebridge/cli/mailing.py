"""`suitebridge mail-server`: the server that notifications leave through as e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.asking import ask_secret
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.mail import MailSecurity, MailServer


def register(app: typer.Typer) -> None:
    """Add the group `mail-server`."""
    group = typer.Typer(help="The mail server of notifications.", no_args_is_help=True)
    group.command("show")(show)
    group.command("save")(save)
    group.command("remove")(remove)
    app.add_typer(group, name="mail-server")


def show(ctx: typer.Context) -> None:
    """Show the mail server; its password never."""
    from suitebridge.administration import mailing

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    server = mailing.mail_server(actor.store, acting=actor.user)
    screen.answer("mail-server", {"mail_server": None if server is None else _document(server)})
    if server is None:
        screen.show("There is no mail server yet. Save one: suitebridge mail-server save HOST --sender ADDRESS.")
        return
    signed = f", signed in as {server.user}" if server.user else ""
    screen.show(f"{server.host}, port {server.port}, {server.security.value}{signed}. Mail comes from {server.sender}.")


def save(  # one parameter for each option
    ctx: typer.Context,
    host: Annotated[str, typer.Argument(metavar="HOST", help="The mail server's name.")],
    *,
    sender: Annotated[str, typer.Option(metavar="ADDRESS", help="The address that mail comes from.")],
    port: Annotated[int, typer.Option(metavar="PORT", help="465 for tls, 587 for starttls.")] = 465,
    security: Annotated[
        MailSecurity, typer.Option(help="How the way is kept private; plain only to a server on this machine.")
    ] = MailSecurity.TLS,
    user: Annotated[str, typer.Option(metavar="USER", help="The name to sign in with; none to send without.")] = "",
    password_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the password.")] = "",
) -> None:
    """Set the mail server to exactly this. The password is asked for, or read from a file, and sealed.

    Example: `suitebridge mail-server save smtp.example.com --user bridge --sender bridge@example.com`
    """
    from suitebridge.administration import mailing

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.mail.get()
    server = MailServer(
        host=host, port=port, security=security, sender=sender, user=user, version=was.version if was is not None else 0
    )
    keeps = was is not None and (was.host, was.user) == (host, user) and not password_file
    password = None
    if user and not keeps:
        password = ask_secret(screen.choices, f"Password of {user}", file=password_file, option="--password-file")
    saved = mailing.save_mail_server(
        actor.store, actor.house.ways, server, password=password, acting=actor.user, stamp=actor.stamp
    )
    if not isinstance(saved, MailServer):
        raise mailing.mail_server_refused(saved)
    screen.answer("mail-server-save", {"mail_server": _document(saved)})
    screen.show(f"Mail leaves through {saved.host} now. Save a recipient with an e-mail address, and test it.")


def remove(ctx: typer.Context) -> None:
    """Remove the mail server with its password; e-mail waits and is given up in the end."""
    from suitebridge.administration import mailing

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.mail.get()
    version = was.version if was is not None else 0
    mailing.remove_mail_server(actor.store, version=version, acting=actor.user, stamp=actor.stamp)
    screen.answer("mail-server-remove", {"mail_server": None})
    screen.show("The mail server is removed.")


def _document(server: MailServer) -> Mapping[str, Plain]:
    return {
        "host": server.host,
        "port": server.port,
        "security": server.security.value,
        "user": server.user,
        "sender": server.sender,
    }
