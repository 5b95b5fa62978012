"""`suitebridge tokens`: API tokens, by which programs act as the signed-in user."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.scopes import DEFAULT_SCOPES, GRANTABLE, MEANINGS, names_of

_SCOPES = ", ".join(f"{scope.value} ({MEANINGS[scope]})" for scope in GRANTABLE)


def register(app: typer.Typer) -> None:
    """Add the group `tokens`."""
    group = typer.Typer(help="Your API tokens, by which programs act as you.", no_args_is_help=True)
    group.command("list")(list_own)
    group.command("add")(add)
    group.command("withdraw")(withdraw)
    app.add_typer(group, name="tokens")


def list_own(ctx: typer.Context) -> None:
    """List your unexpired API tokens, that of this sign-in among them."""
    from rich.table import Table

    from suitebridge.administration.admitting import list_tokens

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    cards = list_tokens(actor.store, acting=actor.user, now=actor.house.clock.now())
    screen.answer(
        "tokens",
        {
            "tokens": [
                {
                    "id": card.id,
                    "label": card.label,
                    "issued_at": card.issued_at.isoformat(timespec="seconds"),
                    "expires_at": card.expires_at.isoformat(timespec="seconds"),
                    "last_used_at": card.last_used_at.isoformat(timespec="seconds") if card.last_used_at else None,
                    "scopes": list(names_of(card.scopes)),
                }
                for card in cards
            ]
        },
    )
    table = Table("Token", "Label", "Opens", "Made at", "Last used", "Good until")
    for card in cards:
        used = f"{card.last_used_at:%Y-%m-%d %H:%M}" if card.last_used_at else "never"
        made, ends = (f"{moment:%Y-%m-%d %H:%M}" for moment in (card.issued_at, card.expires_at))
        table.add_row(card.id, card.label, ", ".join(names_of(card.scopes)), made, used, ends)
    screen.show(table)


def add(
    ctx: typer.Context,
    label: Annotated[str, typer.Argument(help="A label by which you know the token again.")],
    *,
    scopes: Annotated[
        list[str] | None,
        typer.Option(
            "--scope", "-s", metavar="WORD", help=f"What it opens; several times: {_SCOPES}.", show_default="read"
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=90, help="How many days it is good.")] = 90,
) -> None:
    """Make an API token that acts as you: what its scopes open, as far as your role allows it at each moment. It is shown this once."""
    from suitebridge.administration.admitting import TokenRequest, issue_token

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    fresh = issue_token(
        actor.store,
        TokenRequest(label=label, days=days, scopes=tuple(scopes or names_of(DEFAULT_SCOPES))),
        acting=actor.user,
        stamp=actor.stamp,
        clock=actor.house.clock,
        chance=actor.house.chance,
    )
    screen.answer(
        "tokens-add",
        {
            "id": fresh.card.id,
            "token": fresh.secret.reveal(),
            "scopes": list(names_of(fresh.card.scopes)),
            "expires_at": fresh.card.expires_at.isoformat(),
        },
    )
    screen.show(fresh.secret.reveal())
    screen.say(
        f"This is the token “{fresh.card.label}” ({fresh.card.id}). It is shown this once; keep it like a password."
    )


def withdraw(
    ctx: typer.Context, one: Annotated[str, typer.Argument(metavar="ID", help="The token, as the list shows it.")]
) -> None:
    """Withdraw one of your API tokens: whatever uses it is turned away at once."""
    from suitebridge.administration.admitting import withdraw_token

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    try:
        withdraw_token(actor.store, one, acting=actor.user, stamp=actor.stamp)
    except LookupError as error:
        raise typer.BadParameter(f"{error} `suitebridge tokens list` shows yours.") from error
    screen.answer("tokens-withdraw", {"id": one})
    screen.show(f"The token {one} opens nothing any more.")
