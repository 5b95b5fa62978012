"""`suitebridge company`: creates a company with its first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of, keep_sign_in
from suitebridge.cli.asking import ask, ask_secret
from suitebridge.cli.choices import Choices
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.cli.terminals import terminal
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Permission

if TYPE_CHECKING:
    from suitebridge.bootstrap import House


def register(app: typer.Typer) -> None:
    """Add the group `company`."""
    group = typer.Typer(help="Companies of this installation.", no_args_is_help=True)
    group.command("create")(create)
    app.add_typer(group, name="company")


def create(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    *,
    company_id: Annotated[str, typer.Option("--id", help="What people type to sign in, for example acme.")] = "",
    name: Annotated[str, typer.Option(help="The company's name.")] = "",
    zone: Annotated[str, typer.Option(help="Time zone, for example Europe/Berlin.")] = "UTC",
    user: Annotated[str, typer.Option(metavar="USER_ID", help="The administrator's user id.")] = "",
    person: Annotated[str, typer.Option("--admin-name", help="The administrator's full name.")] = "",
    email: Annotated[str, typer.Option(help="The administrator's e-mail address.")] = "",
    password_file: Annotated[str, typer.Option(metavar="FILE|-", help="A file that holds the password.")] = "",
) -> None:
    """Create a company and its first administrator, and sign that administrator in here.

    The very first company needs no sign-in; a further one, such as a sandbox to rehearse in, needs an administrator's.
    """
    from suitebridge.administration.staffing import FirstSteps, found_company
    from suitebridge.bootstrap import open_house

    screen = Screen(choices_of(ctx))
    choices = screen.choices
    house = open_house(choices.data)
    _may_found(house, choices)
    first, _, last = ask(choices, "Full name of the administrator", given=person, option="--admin-name").partition(" ")
    steps = FirstSteps(
        company_id=ask(choices, "Company ID", given=company_id, option="--id"),
        company_name=ask(choices, "Company name", given=name, option="--name"),
        zone=zone,
        user_id=ask(choices, "User ID of the administrator", given=user, option="--user"),
        first=first,
        last=last,
        email=ask(choices, "E-mail of the administrator", given=email, option="--email"),
        password=ask_secret(choices, "Password", file=password_file, option="--password-file", is_new=True),
        address=terminal(),
    )
    try:
        store, administrator = found_company(house.companies, steps, house.chance)
    except ValueError as error:
        screen.say(str(error))
        raise typer.Exit(ExitCode.CONFIGURATION) from error
    keep_sign_in(house, store, administrator)
    screen.answer(
        "company-create", {"company": store.company.id, "name": store.company.name, "user": administrator.user_id}
    )
    screen.show(
        f"The company {store.company.name} is created; {administrator.name} is signed in. Next: `suitebridge connect`."
    )


def _may_found(house: House, choices: Choices) -> None:
    stores = [house.companies.store(company.id) for company in house.companies.all()]
    if not any(store.people.administrators() for store in stores):
        return
    actor = act(choices)
    if not actor.user.is_administrator:
        facts = {
            "act": "create a company",
            "role": actor.user.role.name,
            "permission": Permission.ADMINISTER.value,
        }
        raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
