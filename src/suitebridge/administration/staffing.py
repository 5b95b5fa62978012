"""People of a company: its first administrator, and who acts at a door."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import ADMINISTRATOR, Door, Stamp, User
from suitebridge.ports.clock import Chance
from suitebridge.ports.companies import Companies, CompanyStore

TOKEN_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """What the first run asks for: the company, and its first administrator."""

    company_id: str
    company_name: str
    zone: str
    user_id: str
    first: str
    last: str
    email: str
    password: Secret


def found_company(companies: Companies, steps: FirstSteps, chance: Chance) -> tuple[CompanyStore, User]:
    """Create a company with its first administrator. Raise `ValueError` with what is wrong with the entries, and create nothing."""
    _check_steps(companies, steps)
    companies.add(
        company_id=steps.company_id, name=steps.company_name, token=chance.token(TOKEN_LENGTH), zone=steps.zone
    )
    store = companies.store(steps.company_id)
    user = store.people.add(
        user_id=steps.user_id,
        first=steps.first,
        last=steps.last,
        email=steps.email,
        role=ADMINISTRATOR,
        password=steps.password,
        stamp=None,
    )
    event = Event(
        name=EventName.COMPANY_CREATED, subject_type="company", subject_id=store.company.id, subject=steps.company_name
    )
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp_for(user, Door.SETUP))
    return store, user


def _check_steps(companies: Companies, steps: FirstSteps) -> None:
    """Find what is wrong before the company is there: one without an administrator would let nobody in."""
    if not steps.company_name.strip():
        raise ValueError("The company needs a name.")
    if not steps.user_id.strip():
        raise ValueError("The administrator needs a user ID to sign in with.")
    try:
        ZoneInfo(steps.zone)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
        raise ValueError(f"“{steps.zone}” is no time zone; write an IANA name such as Europe/Berlin.") from None
    companies.check_new_password(steps.password)


def sign_in(store: CompanyStore, user_id: str, password: Secret) -> User:
    """Give the user whose password this is. Raise `RunStoppedError` SB-AUTH-002 without saying which part was wrong."""
    user = store.people.check_password(user_id, password)
    if user is None:
        said = "The company, the user id or the password is not right, or the user is inactive."
        raise RunStoppedError(Problem(code="SB-AUTH-002", facts={"said": said}))
    return user


def note_sign_in(store: CompanyStore, user: User, door: Door) -> None:
    """Write into the trail that a user signed in."""
    event = Event(name=EventName.USER_SIGNED_IN, subject_type="user", subject_id=user.id, subject=user.user_id)
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp_for(user, door))


def stamp_for(user: User, door: Door, *, run_id: str = "") -> Stamp:
    """Give the stamp of what a user does through a door."""
    return Stamp(author_id=user.id, author_name=user.name, door=door, run_id=run_id)
