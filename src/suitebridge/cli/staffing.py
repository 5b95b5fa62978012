"""`suitebridge people`: the users of the company, who they are and what they may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from suitebridge.cli import inviting
from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.finding import find_user, person_document, refuse_entries
from suitebridge.cli.screens import Screen
from suitebridge.ports.people import PersonOrder, PersonQuery, PersonState

if TYPE_CHECKING:
    from suitebridge.domain.people import User
    from suitebridge.ports.people import PersonCard

MOST_PEOPLE = 1000

STATES: Mapping[str, PersonState] = {state.value.replace(" ", "-"): state for state in PersonState}
ORDERS: Mapping[str, PersonOrder] = {order.value.replace(" ", "-"): order for order in PersonOrder}
_NEVER = "never"
_UNTIL = Annotated[
    str,
    typer.Option(
        "--until", metavar="DAY", help="The last day of the role, as 2026-12-31; “never” for a role that stays."
    ),
]
_REASON = Annotated[
    str,
    typer.Option(
        help="Why a role is given whose duties the company keeps apart; stands in the trail and the access review."
    ),
]
Chosen = TypeVar("Chosen")

UserId = Annotated[str, typer.Argument(metavar="USER_ID", help="The user id that they sign in with.")]


def register(app: typer.Typer) -> None:
    """Add the group `people`."""
    group = typer.Typer(help="Users of the company: add, change, invite, deactivate.", no_args_is_help=True)
    group.command("list")(list_people)
    group.command("add")(add)
    group.command("change")(change)
    group.command("give-role")(give_role)
    group.command("activate")(activate)
    group.command("deactivate")(deactivate)
    inviting.register(group)
    app.add_typer(group, name="people")


def list_people(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    *,
    search: Annotated[str, typer.Option(metavar="TEXT", help="Only with this text in name, user id or e-mail.")] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help=f"Only in this state: {', '.join(STATES)}.")] = "",
    role: Annotated[str, typer.Option(metavar="NAME", help="Only with the role of this name.")] = "",
    sort: Annotated[str, typer.Option(metavar="COLUMN", help=f"One of: {', '.join(ORDERS)}.")] = "name",
    descending: Annotated[bool, typer.Option("--descending", help="Sort the other way round.")] = False,
    after: Annotated[
        str, typer.Option(metavar="CURSOR", help="The next page: what `next` of the page before says.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="How many at most.")] = 100,
) -> None:
    """List the users with role, state and last sign-in. An employee is a user: whoever was imported is here too."""
    from rich.table import Table

    from suitebridge.administration.staffing import list_people as listed

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    query = PersonQuery(
        at=actor.house.clock.now(),
        text=search,
        state=_one_of(STATES, state, "state") if state else None,
        role=role,
        order=_one_of(ORDERS, sort, "column"),
        is_descending=descending,
        after=after,
        limit=limit,
    )
    try:
        found = listed(actor.store, query, acting=actor.user)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    screen.answer("people", {"people": [person_document(card) for card in found.cards], "next": found.further or None})
    table = Table("User ID", "Name", "Role", "State", "Last sign-in", "E-mail")
    for card in found.cards:
        signed_in = card.signed_in_at.strftime("%Y-%m-%d %H:%M") if card.signed_in_at else "never"
        table.add_row(card.user.user_id, card.user.name, role_of(card), state_of(card), signed_in, card.email)
    screen.show(table if found.cards else "There are no such users.")
    if found.further:
        screen.say(f"There are more: narrow the list down, raise --limit, or go on with --after {found.further}")


def add(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    user_id: UserId,
    *,
    first: Annotated[str, typer.Option(help="First name.")] = "",
    last: Annotated[str, typer.Option(help="Last name.")] = "",
    email: Annotated[str, typer.Option(help="E-mail address.")] = "",
    role: Annotated[str, typer.Option(help="A role of `suitebridge roles list`.")] = "Employee",
    until: _UNTIL = _NEVER,
    reason: _REASON = "",
) -> None:
    """Add a user, with a role for good or until a day. They can sign in once they are invited: `suitebridge people invite`."""
    from suitebridge.administration.staffing import PersonEntry, add_person

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    ends_at = _end(actor, user_id, until)
    entry = PersonEntry(user_id=user_id, first=first, last=last, email=email, role=role, ends_at=ends_at, reason=reason)
    added = add_person(actor.store, entry, acting=actor.user, stamp=actor.stamp)
    if isinstance(added, tuple):
        raise refuse_entries(user_id, added)
    screen.answer("people-add", {"user": added.user_id, "record_id": added.id, "role": added.role.name})
    screen.show(f"{added.name} is added with the role {added.role.name}. Invite them: `suitebridge people invite`.")


def change(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    user_id: UserId,
    *,
    new_id: Annotated[str | None, typer.Option("--user-id", help="Another user id.")] = None,
    first: Annotated[str | None, typer.Option(help="First name.")] = None,
    last: Annotated[str | None, typer.Option(help="Last name.")] = None,
    email: Annotated[str | None, typer.Option(help="E-mail address.")] = None,
    role: Annotated[str | None, typer.Option(help="A role of `suitebridge roles list`.")] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The last day of the role, as 2026-12-31; “never” for a role that stays."),
    ] = None,
    reason: _REASON = "",
) -> None:
    """Change a user; what is not named stays. Another role stays unless a day is named, and ends the user's sessions and tokens at once."""
    from suitebridge.administration.staffing import PersonEntry, change_person, show_person

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    card = show_person(actor.store, find_user(actor, user_id).id, acting=actor.user)
    is_same = _chosen(role, card.user.role.name) == card.user.role.name
    entry = PersonEntry(
        user_id=_chosen(new_id, card.user.user_id),
        first=_chosen(first, card.first),
        last=_chosen(last, card.last),
        email=_chosen(email, card.email),
        role=_chosen(role, card.user.role.name),
        is_active=card.user.is_active,
        ends_at=_moved_end(actor, card.user, until, is_same=is_same),
        reason=reason,
    )
    problems = change_person(
        actor.store, card.user.id, entry, version=card.version, acting=actor.user, stamp=actor.stamp
    )
    if problems:
        raise refuse_entries(card.user.name, problems)
    _show_changed(actor, card.user.id, screen, "people-change", "is changed")


def give_role(
    ctx: typer.Context,
    user_id: UserId,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A role of `suitebridge roles list`.")],
    *,
    until: _UNTIL = _NEVER,
    reason: _REASON = "",
) -> None:
    """Give a user a role, for good or until a day. Sessions and tokens end at once with another role, and with the role."""
    from suitebridge.administration import staffing

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    grant = staffing.Grant(role=role, ends_at=_end(actor, user.name, until), reason=reason)
    card = staffing.give_role(actor.store, user.id, grant, acting=actor.user, stamp=actor.stamp)
    screen.answer("people-give-role", {"person": person_document(card)})
    screen.show(f"{card.user.name} has the role {role_of(card)}.")


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


def role_of(card: PersonCard) -> str:
    """Name the role, with its end where it has one."""
    if card.user.ends_at is None:
        return card.user.role.name
    word = "ended" if card.user.has_ended else "until"
    return f"{card.user.role.name} ({word} {card.user.ends_at:%Y-%m-%d %H:%M} UTC)"


def _end(actor: Actor, name: str, until: str) -> datetime | None:
    """Read when a role ends: “never”, or a day of the company's zone through which it holds. Raise SB-USER-007 for one that is over."""
    from zoneinfo import ZoneInfo

    from suitebridge.administration.staffing import require_future

    if until == _NEVER:
        return None
    try:
        day = date.fromisoformat(until) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(f"“{until}” is no day; write it as 2026-12-31, or {_NEVER}.") from error
    ends_at = datetime.combine(day, time(), tzinfo=ZoneInfo(actor.store.company.zone)).astimezone(UTC)
    require_future(name, ends_at, now=actor.house.clock.now())
    return ends_at


def _moved_end(actor: Actor, user: User, until: str | None, *, is_same: bool) -> datetime | None:
    """Say when a role ends where a user is changed: a day that is not named stays with the role."""
    if until is not None:
        return _end(actor, user.name, until)
    return user.ends_at if is_same else None


def _one_of(known: Mapping[str, Chosen], word: str, what: str) -> Chosen:
    if word not in known:
        raise typer.BadParameter(f"There is no {what} {word}; there are {', '.join(known)}.")
    return known[word]


def _set(ctx: typer.Context, user_id: str, *, is_active: bool) -> None:
    from suitebridge.administration.staffing import belongings, set_activity

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    card = actor.store.people.card(user.id)
    owned = belongings(actor.store, card, now=actor.house.clock.now()) if card is not None else None
    set_activity(actor.store, user.id, is_active=is_active, acting=actor.user, stamp=actor.stamp)
    name = "people-activate" if is_active else "people-deactivate"
    _show_changed(actor, user.id, screen, name, "is active" if is_active else "is inactive; every session has ended")
    if owned is None or is_active:
        return
    if owned.ending:
        screen.show(f"Ended with it: {', '.join(owned.ending)}.")
    if owned.schedules:
        screen.show(
            f"Schedules that {user.name} configured go on in an administrator's name: {', '.join(owned.schedules)}."
        )


def _show_changed(actor: Actor, record_id: str, screen: Screen, name: str, said: str) -> None:
    card = actor.store.people.card(record_id)
    if card is not None:
        screen.answer(name, {"person": person_document(card)})
        screen.show(f"{card.user.name} {said}.")


def _chosen(given: str | None, present: str) -> str:
    return present if given is None else given
