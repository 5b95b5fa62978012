"""`suitebridge notifications`: who is told when workflows fail, wait or recover, and what became of each message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.notices import Recipient, Severity

if TYPE_CHECKING:
    from suitebridge.administration.notifying import NoticeDesk

_NAME = Annotated[str, typer.Argument(metavar="NAME", help="The recipient's name.")]
_MOST = 50


def register(app: typer.Typer) -> None:
    """Add the group `notifications`."""
    group = typer.Typer(
        help="Notifications by e-mail and signed webhooks: recipients, tests, messages.", no_args_is_help=True
    )
    group.command("list")(list_recipients)
    group.command("save")(save)
    group.command("remove")(remove)
    group.command("test")(send_trial)
    group.command("messages")(list_messages)
    group.command("again")(send_again)
    app.add_typer(group, name="notifications")


def list_recipients(ctx: typer.Context) -> None:
    """List who is told, and about what."""
    from rich.table import Table

    from suitebridge.administration import notifying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = notifying.list_recipients(actor.store, acting=actor.user)
    screen.answer("notifications", {"recipients": [_document(one) for one in found]})
    if not found:
        screen.show("Nobody is notified yet. Add a recipient: suitebridge notifications save NAME --url URL.")
        return
    table = Table("Recipient", "Address", "Workflows", "From", "Digest", "Muted until")
    for one in found:
        digest = "" if one.digest_hour is None else f"{one.digest_hour:02}:00"
        muted = one.muted_until.isoformat() if one.muted_until is not None else ""
        table.add_row(one.name, one.url, ", ".join(one.workflows) or "all", one.least.value, digest, muted)
    screen.show(table)


def save(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    name: _NAME,
    *,
    url: Annotated[str, typer.Option("--url", metavar="URL", help="A webhook's https address, or an e-mail address.")],
    workflow: Annotated[
        list[str] | None,
        typer.Option("--workflow", "-w", metavar="WORKFLOW", help="Several times; without it, all workflows."),
    ] = None,
    least: Annotated[Severity, typer.Option("--from", help="The least severity that is told.")] = Severity.WARNING,
    digest_hour: Annotated[
        int | None,
        typer.Option("--digest-hour", min=0, max=23, help="The hour of the company's day at which a digest comes."),
    ] = None,
    muted_until: Annotated[
        datetime | None,
        typer.Option("--mute-until", formats=["%Y-%m-%d"], help="Nothing is sent before this day."),
    ] = None,
    new_key: Annotated[bool, typer.Option("--sign-anew", help="Make another signing key; the old one ends.")] = False,
) -> None:
    """Add a recipient, or set one to exactly this. The key that signs its messages is shown once.

    Example: `suitebridge notifications save Ops --url https://hooks.example.com/suitebridge --digest-hour 7`
    """
    from suitebridge.administration import notifying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.notices.recipient(name)
    recipient = Recipient(
        name=name,
        url=url,
        workflows=tuple(workflow or ()),
        least=least,
        digest_hour=digest_hour,
        muted_until=muted_until.date() if muted_until is not None else None,
        version=was.version if was is not None else 0,
    )
    saved = notifying.save_recipient(_desk(actor), recipient, wants_key=new_key, acting=actor.user, stamp=actor.stamp)
    if not isinstance(saved, notifying.Saved):
        raise notifying.recipient_refused(name, saved)
    key = saved.key.reveal() if saved.key is not None else None
    screen.answer("notifications-save", {"recipient": _document(saved.recipient), "signing_key": key})
    screen.show(f"The recipient {saved.recipient.name} is saved.")
    if key is not None:
        screen.show(f"Its messages are signed with {key}. Keep this key: it is not shown again.")


def remove(ctx: typer.Context, name: _NAME) -> None:
    """Remove a recipient and its messages."""
    from suitebridge.administration import notifying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.notices.recipient(name)
    version = was.version if was is not None else 0
    notifying.remove_recipient(actor.store, name, version=version, acting=actor.user, stamp=actor.stamp)
    screen.answer("notifications-remove", {"recipient": name})
    screen.show(f"The recipient {name} is removed.")


def send_trial(ctx: typer.Context, name: _NAME) -> None:
    """Send a test message now, and say what came of it."""
    from suitebridge.administration import notifying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    answer = notifying.send_trial(_desk(actor), name, acting=actor.user)
    screen.answer("notifications-test", {"is_taken": answer.is_taken, "said": answer.said})
    screen.show(answer.said)
    if not answer.is_taken:
        raise typer.Exit(ExitCode.OUTAGE)


def list_messages(ctx: typer.Context) -> None:
    """List the newest fifty messages with what became of each."""
    from rich.table import Table

    from suitebridge.administration import notifying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = notifying.list_messages(actor.store, limit=_MOST, acting=actor.user)
    documents: list[Plain] = [
        {
            "id": one.id,
            "recipient": one.recipient,
            "type": one.kind.value,
            "made_at": one.made_at.isoformat(),
            "state": one.state.value,
            "attempts": one.attempts,
            "said": one.said,
        }
        for one in found
    ]
    screen.answer("notifications-messages", {"messages": documents})
    table = Table("Message", "Recipient", "Type", "State", "Attempts", "Said")
    for one in found:
        table.add_row(one.id, one.recipient, one.kind.value, one.state.value, str(one.attempts), one.said)
    screen.show(table if found else "No message was written in the last thirty days.")


def send_again(
    ctx: typer.Context, message: Annotated[str, typer.Argument(metavar="MESSAGE", help="The message's id.")]
) -> None:
    """Let a message go out again under its id; a worker sends it within seconds."""
    from suitebridge.administration import notifying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    if not notifying.send_again(actor.store, message, acting=actor.user):
        raise typer.BadParameter(f"There is no message {message}. List them: suitebridge notifications messages.")
    screen.answer("notifications-again", {"message": message})
    screen.show("The message goes out again.")


def _desk(actor: Actor) -> NoticeDesk:
    return actor.house.notice_desk(actor.store)


def _document(one: Recipient) -> Mapping[str, Plain]:
    return {
        "name": one.name,
        "url": one.url,
        "workflows": list(one.workflows),
        "least_severity": one.least.value,
        "digest_hour": one.digest_hour,
        "muted_until": one.muted_until.isoformat() if one.muted_until is not None else None,
    }
