"""Who acts: opens the data directory, chooses the company, and finds the user behind the stored sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from suitebridge.cli.asking import ask_secret
from suitebridge.cli.choices import Choices
from suitebridge.cli.logins import Logins, read_logins, write_logins
from suitebridge.cli.terminals import terminal
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, Stamp, User
from suitebridge.domain.scopes import EVERY_SCOPE, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from suitebridge.administration.permitting import RoleNeed
    from suitebridge.administration.proving import Claim
    from suitebridge.bootstrap import House
    from suitebridge.domain.workflow import Workflow
    from suitebridge.ports.companies import CompanyStore
    from suitebridge.ports.runs import Run

TOKEN_DAYS = 90
_LABEL = "command line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A user of one company, at the command line's door."""

    house: House
    store: CompanyStore
    user: User

    @property
    def workflows(self) -> Mapping[str, Workflow]:
        """The company's workflows as its configuration makes them, inactive ones among them."""
        return self.house.workflows_of(self.store)

    def workflows_of(self, run: Run) -> Mapping[str, Workflow]:
        """Give the company's workflows as a run carries them out, which keeps the configuration that it began with."""
        return self.house.workflows_of(self.store, run.configuration)

    @property
    def stamp(self) -> Stamp:
        """Give the author of what this user does here."""
        return Stamp(author_id=self.user.id, author_name=self.user.name, door=Door.COMMAND_LINE)

    def require(self, need: RoleNeed, act: str) -> None:
        """Raise `RunStoppedError` SB-AUTH-001 unless the user's role grants what is needed; `act` completes “You may not …”."""
        from suitebridge.administration.permitting import require
        from suitebridge.administration.watching import note_read

        require(self.user, need, act)
        note_read(self.store, self.user, act, Door.COMMAND_LINE)


class _Last:
    """Who acts in this process: a command has one user."""

    actor: Actor | None = None


def choices_of(ctx: typer.Context) -> Choices:
    """Give what the shared options say."""
    found = ctx.find_root().obj
    return found if isinstance(found, Choices) else Choices()


def act(choices: Choices) -> Actor:
    """Open the house as the signed-in user. Raise `RunStoppedError` where nobody is signed in or there is no company."""
    from suitebridge.bootstrap import open_house

    house = open_house(choices.data)
    logins = read_logins(house.directory)
    store = choose_store(house, choices.company or logins.current)
    token = logins.tokens.get(store.company.id)
    if token is None:
        raise _nobody(f"No sign-in for the company {store.company.id} is kept in {house.directory}.")
    use = store.tokens.use(token, at=house.clock.now())
    if use is None:
        raise _nobody(
            "The sign-in has ended: it is older than 90 days, was withdrawn, or its user is inactive or has a role that ended."
        )
    if Scope.COMMAND_LINE not in use.card.scopes:
        raise _nobody("The token that is kept here was made for programs of the HTTP API, and opens no command.")
    _Last.actor = Actor(house=house, store=store, user=use.user)
    return _Last.actor


def note_refusal(problem: Problem) -> None:
    """Write into the trail that the user of this process asked for what their role does not allow."""
    if _Last.actor is not None:
        from suitebridge.administration.refusing import note_problem

        note_problem(_Last.actor.store, _Last.actor.user, problem, Door.COMMAND_LINE)


def choose_store(house: House, company: str) -> CompanyStore:
    """Open the named company, or the only one. Raise `RunStoppedError` SB-COMP-001 where there is none of that name, or none at all."""
    known = [one.id for one in house.companies.all()]
    if not known:
        raise _no_company(str(house.directory), "It holds no company yet.")
    if not company and len(known) > 1:
        raise typer.BadParameter(f"There are several companies: {', '.join(known)}. Name one with --company.")
    try:
        return house.companies.store(company or known[0], address=terminal())
    except LookupError as error:
        said = f"There is no company {company} in it, but {', '.join(known)}."
        raise _no_company(str(house.directory), said) from error


def claim_here(store: CompanyStore, user_id: str) -> Claim:
    """Say who somebody at this command line claims to be; wrong tries here slow down nobody elsewhere."""
    from suitebridge.administration.proving import Claim

    return Claim(company=store.company.id, user=user_id, address=terminal(), door=Door.COMMAND_LINE)


def prove_second_factor(
    choices: Choices, house: House, store: CompanyStore, user: User, *, code_file: str = ""
) -> None:
    """Ask for a code of whoever has a second factor. Raise `RunStoppedError` SB-AUTH-002 for a wrong one, SB-AUTH-003 after too many."""
    from suitebridge.administration.securing import WRONG_CODE, check_second_factor

    if store.second_factors.get(user) is None:
        return
    code = ask_secret(choices, "Code of your second factor", file=code_file, option="--code-file")
    is_right = check_second_factor(
        house.companies,
        store,
        claim_here(store, user.user_id),
        code.reveal(),
        user=user,
        stamp=Stamp(author_id=user.id, author_name=user.name, door=Door.COMMAND_LINE),
        codes=house.codes,
        clock=house.clock,
    )
    if not is_right:
        raise _nobody(WRONG_CODE)


def keep_sign_in(house: House, store: CompanyStore, user: User) -> None:
    """Issue a fresh token for a user and keep it for the commands that follow. Raise `RunStoppedError` SB-AUTH-004 for who lacks a second factor."""
    from suitebridge.administration.admitting import new_token
    from suitebridge.administration.securing import require_second_factor
    from suitebridge.administration.staffing import note_sign_in

    require_second_factor(store, user)
    token = new_token(store, house.chance)
    expires_at = house.clock.now() + timedelta(days=TOKEN_DAYS)
    store.tokens.issue(user, label=_LABEL, token=token, expires_at=expires_at, scopes=EVERY_SCOPE)
    note_sign_in(store, user, Door.COMMAND_LINE)
    directory = house.directory
    write_logins(directory, read_logins(directory).with_token(store.company.id, token))


def end_sign_in(house: House, company: str) -> str:
    """Withdraw the token of a company and forget it; give the company's id, "" if nobody was signed in."""
    directory = house.directory
    logins: Logins = read_logins(directory)
    chosen = choose_store(house, company or logins.current)
    token = logins.tokens.get(chosen.company.id)
    if token is None:
        return ""
    chosen.tokens.revoke(token)
    write_logins(directory, logins.without(chosen.company.id))
    return chosen.company.id


def _nobody(said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-AUTH-002", facts={"said": said}))


def _no_company(directory: str, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-COMP-001", facts={"directory": directory, "said": said}))
