"""`suitebridge keys`: the master key that seals every stored secret: made, shown by its id, replaced while runs are active."""

from __future__ import annotations

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, Permission


def register(app: typer.Typer) -> None:
    """Add the group `keys`."""
    group = typer.Typer(
        help="Make, show and replace the master key that seals the stored secrets.", no_args_is_help=True
    )
    group.command("create")(create)
    group.command("rotate")(rotate)
    group.command("status")(status)
    app.add_typer(group, name="keys")


def create(ctx: typer.Context) -> None:
    """Make the master key of a new installation in production mode, where none is made silently. Needs no sign-in.

    Keep a copy of it apart from the backups of the database: a backup opens only together with its key.
    """
    from suitebridge.bootstrap import create_keys

    screen = Screen(choices_of(ctx))
    key_id = create_keys(screen.choices.data)
    screen.answer("keys-create", {"key": key_id})
    screen.show(f"The master key {key_id} is made. Keep a copy of it apart from the backups of the database.")


def rotate(ctx: typer.Context) -> None:
    """Replace the master key while servers and runs go on: each secret is put under a new key, then the old one is retired.

    Interrupted at any instant, the next `keys rotate` goes on. A backup of the database made before needs the key file of its time: keep both
    together, or make a new backup now.
    """
    from suitebridge.administration import rekeying

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    house = actor.house
    rekeyer = rekeying.Rekeyer(user=actor.user, store=actor.store, door=Door.COMMAND_LINE)

    def tell(done: int, total: int) -> None:
        screen.say(f"{done} of {total} secrets are under the new master key.")

    rotation = rekeying.rotate(house.companies, house.keys, rekeyer, tell)
    if rotation.is_resumed:
        screen.say("An earlier rotation was interrupted: this one finished it.")
    screen.answer(
        "keys-rotate",
        {
            "key": rotation.key_id,
            "retired": list(rotation.retired_ids),
            "secrets": rotation.secrets,
            "resumed": rotation.is_resumed,
        },
    )
    screen.show(
        f"The master key is {rotation.key_id} now; retired: {', '.join(rotation.retired_ids)}. "
        "Make a new backup of database and key. Sign-ins in the console end with the server's next start."
    )


def status(ctx: typer.Context) -> None:
    """Show the ids of the master keys and how many secrets each one seals. More than one stays only while a rotation is not finished."""
    from suitebridge.administration.rekeying import key_uses

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    _may_see(actor)
    uses = key_uses(actor.house.companies, actor.house.keys)
    screen.answer(
        "keys-status",
        {
            "keys": [
                {"key": use.key_id, "current": use.is_current, "known": use.is_known, "secrets": use.secrets}
                for use in uses
            ]
        },
    )
    for use in uses:
        role = "seals new secrets" if use.is_current else "older, still in use" if use.is_known else "LOST"
        screen.show(f"{use.key_id}  {role}  {use.secrets} secrets")
    if len(uses) > 1 and all(use.is_known for use in uses):
        screen.say("A rotation was interrupted. Finish it with `suitebridge keys rotate`.")


def _may_see(actor: Actor) -> None:
    if not actor.user.is_administrator:
        facts = {
            "act": "see the master keys",
            "role": actor.user.role.name,
            "permission": Permission.ADMINISTER.value,
        }
        raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
