"""`suitebridge login` and `logout`: keeps, and ends, a sign-in for the commands at this data directory."""

from __future__ import annotations

from typing import Annotated

import typer

from suitebridge.cli.acting import choices_of, choose_store, claim_here, end_sign_in, keep_sign_in, prove_second_factor
from suitebridge.cli.asking import ask, ask_secret
from suitebridge.cli.screens import Screen


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command("login")(login)
    app.command("logout")(logout)


def login(
    ctx: typer.Context,
    *,
    user: Annotated[str, typer.Option(metavar="USER_ID", help="The user id that you sign in with.")] = "",
    password_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the password.")] = "",
    code_file: Annotated[
        str, typer.Option(metavar="FILE|-", help="A file that holds a code of your second factor, where you have one.")
    ] = "",
) -> None:
    """Sign in, so that commands act, and are audited, as you. The sign-in ends after 90 days or with `suitebridge logout`.

    The company is chosen with `--company` where there are several.
    """
    from suitebridge.administration.staffing import sign_in
    from suitebridge.bootstrap import open_house

    screen = Screen(choices_of(ctx))
    house = open_house(screen.choices.data)
    store = choose_store(house, screen.choices.company)
    user_id = ask(screen.choices, "User ID", given=user, option="--user")
    password = ask_secret(screen.choices, "Password", file=password_file, option="--password-file")
    claim = claim_here(store, user_id)
    found = sign_in(house.companies, store, claim, password, clock=house.clock)
    prove_second_factor(screen.choices, house, store, found, code_file=code_file)
    keep_sign_in(house, store, found)
    screen.answer("login", {"company": store.company.id, "user": found.user_id, "role": found.role.name})
    screen.show(f"Signed in to {store.company.name} as {found.name} ({found.role.name}).")


def logout(ctx: typer.Context) -> None:
    """End the sign-in at this data directory; its token is withdrawn at once."""
    from suitebridge.bootstrap import open_house

    screen = Screen(choices_of(ctx))
    company = end_sign_in(open_house(screen.choices.data), screen.choices.company)
    screen.answer("logout", {"company": company})
    screen.show(f"Signed out of {company}." if company else "Nobody was signed in.")
