"""`suitebridge people invite`, `join`, `password`, `sign-out` and `remove-second-factor`: how users get in and stay out."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of, choose_store, claim_here, keep_sign_in, prove_second_factor
from suitebridge.cli.asking import ask_secret
from suitebridge.cli.finding import find_user
from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import Problem, RecordRefusedError

UserId = Annotated[str, typer.Argument(metavar="USER_ID", help="The user id that they sign in with.")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `people`."""
    group.command("invite")(invite)
    group.command("join")(join)
    group.command("password")(change_password)
    group.command("sign-out")(sign_out)
    group.command("remove-second-factor")(remove_factor)


def invite(
    ctx: typer.Context,
    user_id: UserId,
    *,
    resets: Annotated[
        bool, typer.Option("--reset", help="Also take password, sessions and tokens away at once.")
    ] = False,
) -> None:
    """Invite a user to set a password. The invitation is shown once, works once, and ends after three days."""
    from suitebridge.administration import inviting

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    begin = inviting.reset_access if resets else inviting.invite
    made = begin(
        actor.store, user.id, acting=actor.user, stamp=actor.stamp, clock=actor.house.clock, chance=actor.house.chance
    )
    ends = made.expires_at.isoformat(sep=" ", timespec="minutes")
    screen.answer(
        "people-invite",
        {"user": user.user_id, "invitation": made.token.reveal(), "expires_at": made.expires_at.isoformat()},
    )
    screen.show(made.token.reveal())
    screen.say(
        f"This is the invitation of {user.name}. It is shown this once and ends at {ends}. Give it to them in person; "
        f"they set a password with `suitebridge --company {actor.store.company.id} people join`, or in the console."
    )


def join(
    ctx: typer.Context,
    *,
    invitation_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the invitation.")] = "",
    password_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the new password.")] = "",
    code_file: Annotated[
        str, typer.Option(metavar="FILE|-", help="A file that holds a code of your second factor, where you have one.")
    ] = "",
) -> None:
    """Accept an invitation: set a password, and sign in here. Needs no sign-in."""
    from suitebridge.administration import inviting
    from suitebridge.bootstrap import open_house
    from suitebridge.domain.people import Door

    screen = Screen(choices_of(ctx))
    house = open_house(screen.choices.data)
    store = choose_store(house, screen.choices.company)
    token = ask_secret(screen.choices, "Invitation", file=invitation_file, option="--invitation-file")
    invited = inviting.invited_user(store, token, now=house.clock.now())
    password = ask_secret(
        screen.choices, "New password", file=password_file, option="--password-file", is_new=not password_file
    )
    try:
        user = inviting.accept_invitation(store, token, password, door=Door.COMMAND_LINE, now=house.clock.now())
    except ValueError as error:
        raise _refused(invited.name, error) from error
    prove_second_factor(screen.choices, house, store, user, code_file=code_file)
    keep_sign_in(house, store, user)
    screen.answer("people-join", {"user": user.user_id, "role": user.role.name})
    screen.show(f"Welcome, {user.name}: the password is set, and you are signed in here.")
    if advice := inviting.advise(password):
        screen.say(advice)


def change_password(
    ctx: typer.Context,
    *,
    old_password_file: Annotated[
        str, typer.Option(metavar="FILE|-", help="A file that holds the present password.")
    ] = "",
    new_password_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the new password.")] = "",
) -> None:
    """Change your own password. All your sessions and tokens end; you stay signed in here."""
    from suitebridge.administration import inviting

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    old = ask_secret(screen.choices, "Present password", file=old_password_file, option="--old-password-file")
    new = ask_secret(
        screen.choices,
        "New password",
        file=new_password_file,
        option="--new-password-file",
        is_new=not new_password_file,
    )
    try:
        change = inviting.PasswordChange(old=old, new=new)
        claim = claim_here(actor.store, actor.user.user_id)
        inviting.change_password(
            actor.house.companies, actor.store, change, claim=claim, stamp=actor.stamp, clock=actor.house.clock
        )
    except ValueError as error:
        raise _refused(actor.user.name, error) from error
    keep_sign_in(actor.house, actor.store, actor.user)
    screen.answer("people-password", {"user": actor.user.user_id})
    screen.show("The password is changed. Every other session has ended.")
    if advice := inviting.advise(new):
        screen.say(advice)


def sign_out(ctx: typer.Context, user_id: UserId) -> None:
    """End every session and API token of a user at once."""
    from suitebridge.administration import inviting

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    inviting.end_access(actor.store, user.id, acting=actor.user, stamp=actor.stamp)
    screen.answer("people-sign-out", {"user": user.user_id})
    screen.show(f"Every session and token of {user.name} has ended.")


def remove_factor(ctx: typer.Context, user_id: UserId) -> None:
    """Remove the second factor of a user who lost the device and the recovery codes."""
    from suitebridge.administration.securing import remove_second_factor

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    user = find_user(actor, user_id)
    was_on = remove_second_factor(actor.store, user.id, acting=actor.user, stamp=actor.stamp)
    screen.answer("people-remove-second-factor", {"user": user.user_id, "was_on": was_on})
    screen.show(f"The second factor of {user.name} was removed." if was_on else f"{user.name} had no second factor.")


def _refused(name: str, error: ValueError) -> RecordRefusedError:
    return RecordRefusedError(Problem(code="SB-USER-006", facts={"name": name, "said": str(error)}))
