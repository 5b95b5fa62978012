"""`suitebridge people`: the users of the company, who they are and what they may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli import inviting
from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.finding import find_user, person_document, refuse_entries
from suitebridge.cli.screens import Screen

if TYPE_CHECKING:
    from suitebridge.ports.people import PersonCard

MOST_PEOPLE = 1000

UserId = Annotated[str, typer.Argument(metavar="USER_ID", help="The user id that they sign in with.")]


def register(app: typer.Typer) -> None:
    """Add the group `people`."""
    group = typer.Typer(help="Users of the company: add, change, invite, deactivate.", no_args_is_help=True)
    group.command("list")(list_people)
    group.command("add")(add)
    group.command("change")(change)
    group.command("activate")(activate)
    group.command("deactivate")(deactivate)
    inviting.register(group)
    app.add_typer(group, name="people")


def list_people(
    ctx: typer.Context,
    *,
    search: Annotated[str, typer.Option(metavar="TEXT", help="Only user ids with this text.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="How many at most.")] = 100,
) -> None:
    """List the users with role, state and last sign-in. An employee is a user: whoever was imported is here too."""
    from rich.table import Table

    from suitebridge.administration.staffing import list_people as listed

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    cards = listed(actor.store, acting=actor.user, text=search, limit=limit)
    screen.answer("people", {"people": [person_document(card) for card in cards]})
    table = Table("User ID", "Name", "Role", "State", "E-mail")
    for card in cards:
        table.add_row(card.user.user_id, card.user.name, card.user.role.name, state_of(card), card.email)
    screen.show(table if cards else "There are no such users.")


def add(
    ctx: typer.Context,
    user_id: UserId,
    *,
    first: Annotated[str, typer.Option(help="First name.")] = "",
    last: Annotated[str, typer.Option(help="Last name.")] = "",
    email: Annotated[str, typer.Option(help="E-mail address.")] = "",
    role: Annotated[str, typer.Option(help="A role of `suitebridge roles list`.")] = "Employee",
) -> None:
    """Add a user. They can sign in once they are invited: `suitebridge people invite`."""
    from suitebridge.administration.staffing import PersonEntry, add_person

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    entry = PersonEntry(user_id=user_id, first=first, last=last, email=email, role=role)
    added = add_person(actor.store, entry, acting=actor.user, stamp=actor.stamp)
    if isinstance(added, tuple):
        raise refuse_entries(user_id, added)
    screen.answer("people-add", {"user": added.user_id, "record_id": added.id, "role": added.role.name})
    screen.show(f"{added.name} is added with the role {added.role.name}. Invite them: `suitebridge people invite`.")


def change(  # one parameter for each option
    ctx: typer.Context,
    user_id: UserId,
    *,
    new_id: Annotated[str | None, typer.Option("--user-id", help="Another user id.")] = None,
    first: Annotated[str | None, typer.Option(help="First name.")] = None,
    last: Annotated[str | None, typer.Option(help="Last name.")] = None,
    email: Annotated[str | None, typer.Option(help="E-mail address.")] = None,
    role: Annotated[str | None, typer.Option(help="A role of `suitebridge roles list`.")] = None,
) -> None:
    """Change a user; what is not named stays. Another role ends the user's sessions and tokens at once."""
    from suitebridge.administration.staffing import PersonEntry, change_person, show_person

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    card = show_person(actor.store, find_user(actor, user_id).id, acting=actor.user)
    entry = PersonEntry(
        user_id=_chosen(new_id, card.user.user_id),
        first=_chosen(first, card.first),
        last=_chosen(last, card.last),
        email=_chosen(email, card.email),
        role=_chosen(role, card.user.role.name),
        is_active=card.user.is_active,
    )
    problems = change_person(
        actor.store, card.user.id, entry, version=card.version, acting=actor.user, stamp=actor.stamp
    )
    if problems:
        raise refuse_entries(card.user.name, problems)
    _show_changed(actor, card.user.id, screen, "people-change", "is changed")


def activate(ctx: typer.Context, user_id: UserId) -> None:
    """Let an inactive user in again. Sessions and tokens of before stay ended."""
    _set(ctx, user_id, is_active=True)


def deactivate(ctx: typer.Context, user_id: UserId) -> None:
    """Deactivate a user: sessions, tokens and invitations end at once. The integration user and the last administrator are refused."""
    _set(ctx, user_id, is_active=False)


def state_of(card: PersonCard) -> str:
    """Say whether, and how, a user can sign in."""
    if not card.user.is_active:
        return "inactive"
    if card.has_password:
        return "active"
    return "invited" if card.invited_until is not None else "active, not invited"


def _set(ctx: typer.Context, user_id: str, *, is_active: bool) -> None:
    from suitebridge.administration.staffing import set_activity

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    set_activity(actor.store, user.id, is_active=is_active, acting=actor.user, stamp=actor.stamp)
    name = "people-activate" if is_active else "people-deactivate"
    _show_changed(actor, user.id, screen, name, "is active" if is_active else "is inactive; every session has ended")


def _show_changed(actor: Actor, record_id: str, screen: Screen, name: str, said: str) -> None:
    card = actor.store.people.card(record_id)
    if card is not None:
        screen.answer(name, {"person": person_document(card)})
        screen.show(f"{card.user.name} {said}.")


def _chosen(given: str | None, present: str) -> str:
    return present if given is None else given
