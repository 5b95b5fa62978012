"""People of a company: its first administrator, who acts at a door, and the users that administrators add and change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from suitebridge.administration.permitting import refusal, require
from suitebridge.administration.proving import Claim, check_claim
from suitebridge.domain import protection
from suitebridge.domain.credentials import Secret
from suitebridge.domain.duties import object_to
from suitebridge.domain.errors import Problem, RecordRefusedError, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, Door, Permission, Role, Stamp, TimeBox, User
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.people import PersonCard, PersonChange, PersonPage, PersonQuery

TOKEN_LENGTH = 8
MOST_CHARACTERS = 100
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


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
    address: str = ""


def found_company(companies: Companies, steps: FirstSteps, chance: Chance) -> tuple[CompanyStore, User]:
    """Create a company with its first administrator. Raise `ValueError` with what is wrong with the entries, and create nothing."""
    _check_steps(companies, steps)
    companies.add(
        company_id=steps.company_id, name=steps.company_name, token=chance.token(TOKEN_LENGTH), zone=steps.zone
    )
    store = companies.store(steps.company_id, address=steps.address)
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


def sign_in(companies: Companies, store: CompanyStore, claim: Claim, password: Secret, *, clock: Clock) -> User:
    """Give the user whose password this is. Raise `RunStoppedError` SB-AUTH-002 without saying which part was wrong, SB-AUTH-003 after too many."""
    user = check_claim(
        companies, claim, lambda: store.people.check_password(claim.user, password, renews=True), clock=clock
    )
    if user is None:
        said = (
            "The company, the user id or the password is not right, or the user is inactive or has a role that ended."
        )
        raise RunStoppedError(Problem(code="SB-AUTH-002", facts={"said": said}))
    return user


def note_sign_in(store: CompanyStore, user: User, door: Door) -> None:
    """Write down that a user signed in: in the trail, and on the user's page as the last sign-in."""
    store.people.note_sign_in(user.id, stamp=stamp_for(user, door))


def stamp_for(user: User, door: Door, *, run_id: str = "") -> Stamp:
    """Give the stamp of what a user does through a door."""
    return Stamp(author_id=user.id, author_name=user.name, door=door, run_id=run_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """What was typed into the form of a user; `role` is the name of a role, `ends_at` when it ends by itself, None for never.

    `reason` is why the role is given although it holds duties that should be kept apart.
    """

    user_id: str
    first: str
    last: str
    email: str
    role: str
    is_active: bool = True
    ends_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role to be given, by name; `ends_at` and `reason` as in `PersonEntry`."""

    role: str
    ends_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProblem:
    """What is wrong with one field of the form, and what to do; the field "" is the form as a whole."""

    field: str
    said: str


def list_people(store: CompanyStore, query: PersonQuery, *, acting: User) -> PersonPage:
    """List users. Raise `RunStoppedError` SB-AUTH-001 for who may not manage them, `ValueError` for a cursor of another list."""
    require(acting, Permission.MANAGE_PEOPLE, "see the users")
    return store.people.page(query)


def show_person(store: CompanyStore, record_id: str, *, acting: User) -> PersonCard:
    """Show one user. Raise `LookupError` for an unknown one, `RunStoppedError` SB-AUTH-001 for who may not manage them."""
    require(acting, Permission.MANAGE_PEOPLE, "see the users")
    return _card(store, record_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What a user holds that ends, passes on, or is in the way, when the user leaves (quality.md D09); schedules by their names."""

    tokens: int
    has_invitation: bool
    is_integration_user: bool
    schedules: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Each thing in words."""
        runs = ("every run of the NetSuite integration, as the integration user",) if self.is_integration_user else ()
        return (*runs, *(f"the schedule {name}" for name in self.schedules), *self.ending)

    @property
    def ending(self) -> tuple[str, ...]:
        """What ends with the user, in words; schedules do not: they go on in an administrator's name."""
        tokens = "1 API token" if self.tokens == 1 else f"{self.tokens} API tokens"
        found = ((self.tokens > 0, tokens), (self.has_invitation, "an open invitation"))
        return tuple(text for is_held, text in found if is_held)


def belongings(store: CompanyStore, card: PersonCard, *, now: datetime) -> Belongings:
    """Find what a user holds."""
    return Belongings(
        tokens=len(store.tokens.of_user(card.user, at=now)),
        has_invitation=card.invited_until is not None and card.invited_until > now,
        is_integration_user=card.user.id == _integration_user_id(store),
        schedules=tuple(one.name for one in store.schedules.all() if one.configurer_id == card.user.id),
    )


def add_person(
    store: CompanyStore, entry: PersonEntry, *, acting: User, stamp: Stamp
) -> User | tuple[PersonProblem, ...]:
    """Add a user, who can sign in once invited, or give every problem and add nothing.

    Raise `RunStoppedError` SB-AUTH-001 for who may not manage users, or not give this role.
    """
    require(acting, Permission.MANAGE_PEOPLE, "add a user")
    role, problems = _judge(store, entry)
    if role is None or problems:
        return problems
    _require_rank(acting, (role,), "add a user with this role")
    change = PersonChange(role=role, time_box=TimeBox(ends_at=entry.ends_at), duties_reason=entry.reason.strip())
    _require_apart(store, change, acting=acting)
    # A role with an end or a reason is given in a second step, and until then there is the least of roles: nobody keeps more by an accident.
    is_plain = entry.ends_at is None and not change.duties_reason
    try:
        added = store.people.add(
            user_id=entry.user_id.strip(),
            first=entry.first.strip(),
            last=entry.last.strip(),
            email=entry.email.strip(),
            role=role if is_plain else EMPLOYEE,
            password=None,
            stamp=stamp,
        )
    except ValueError as error:
        return (PersonProblem(field="user_id", said=str(error)),)
    return added if is_plain else store.people.change(added.id, change, version="", stamp=stamp).user


def change_person(
    store: CompanyStore, record_id: str, entry: PersonEntry, *, version: str, acting: User, stamp: Stamp
) -> tuple[PersonProblem, ...]:
    """Save the form of a user in one transaction, or give every problem and save nothing.

    Raise `RecordRefusedError` SB-USER-001, -002 or -004 (see `ports.people.People.change`), `RunStoppedError` SB-AUTH-001, `LookupError`.
    """
    require(acting, Permission.MANAGE_PEOPLE, "change a user")
    role, problems = _judge(store, entry)
    if role is None or problems:
        return problems
    change = PersonChange(
        user_id=entry.user_id.strip(),
        first=entry.first.strip(),
        last=entry.last.strip(),
        email=entry.email.strip(),
        role=role,
        is_active=entry.is_active,
        time_box=TimeBox(ends_at=entry.ends_at),
        duties_reason=entry.reason.strip(),
    )
    try:
        _change(store, record_id, change, version=version, acting=acting, stamp=stamp)
    except ValueError as error:
        return (PersonProblem(field="user_id", said=str(error)),)
    return ()


def set_activity(
    store: CompanyStore, record_id: str, *, is_active: bool, acting: User, stamp: Stamp, version: str = ""
) -> PersonCard:
    """Deactivate a user, whose sessions and tokens end at once, or let one in again. Raises as `change_person` does."""
    require(acting, Permission.MANAGE_PEOPLE, "activate a user" if is_active else "deactivate a user")
    return _change(store, record_id, PersonChange(is_active=is_active), version=version, acting=acting, stamp=stamp)


def give_role(
    store: CompanyStore, record_id: str, grant: Grant, *, acting: User, stamp: Stamp, version: str = ""
) -> PersonCard:
    """Give a user another role. Raises as `change_person` does, and `RecordRefusedError` SB-ROLE-001 for an unknown role."""
    require(acting, Permission.MANAGE_PEOPLE, "give a user another role")
    found = store.roles.get(grant.role)
    if found is None:
        raise RecordRefusedError(_no_role(store, grant.role))
    change = PersonChange(role=found, time_box=TimeBox(ends_at=grant.ends_at), duties_reason=grant.reason.strip())
    return _change(store, record_id, change, version=version, acting=acting, stamp=stamp)


def _change(
    store: CompanyStore, record_id: str, change: PersonChange, *, version: str, acting: User, stamp: Stamp
) -> PersonCard:
    card = _card(store, record_id)
    # What the role permits when it has not ended: nobody brings back to life what they may not give.
    held = store.roles.get(card.user.role.name) or card.user.role
    _require_rank(acting, (held,) if change.role is None else (held, change.role), f"change {card.user.name}")
    ends_at = protection.end_meant(card.user, change.role, change.time_box)
    is_other = change.role is not None and change.role.name != held.name
    if (is_other or ends_at != card.user.ends_at) and acting.id == record_id:
        _require_rank(acting, (ADMINISTRATOR,), "change your own role")
    if is_other:
        _require_apart(store, change, acting=acting)
    change = change if is_other else replace(change, duties_reason="")
    problem = protection.refuse(
        card.user,
        role=change.role or card.user.role,
        is_active=card.user.is_active if change.is_active is None else change.is_active,
        ends_at=ends_at if ends_at != card.user.ends_at else None,
        integration_user_id=_integration_user_id(store),
        administrators=store.people.administrators(),
    )
    if problem is not None:
        raise RecordRefusedError(problem)
    return store.people.change(record_id, change, version=version, stamp=stamp)


def _require_rank(acting: User, roles: Sequence[Role], act: str) -> None:
    """Let only administrators touch administrators and those who manage users: nobody makes themselves mightier."""
    mighty = any(role.allows(Permission.MANAGE_PEOPLE) for role in roles)
    if mighty and not acting.is_administrator:
        raise refusal(acting, Permission.ADMINISTER, act)


def _require_apart(store: CompanyStore, change: PersonChange, *, acting: User) -> None:
    """Keep duties apart where the company wants it so; only an administrator gives a reason that overrules it."""
    problem = object_to(change.role, "be given") if change.role is not None else None
    if (
        problem is not None
        and store.roles.keep_duties_apart()
        and not (change.duties_reason and acting.is_administrator)
    ):
        raise RecordRefusedError(problem)


def require_future(name: str, ends_at: datetime | None, *, now: datetime) -> None:
    """Raise `RecordRefusedError` SB-USER-007 for an end of a role that is over already."""
    if ends_at is not None and ends_at <= now:
        facts = {"name": name, "end": ends_at.isoformat(sep=" ", timespec="minutes")}
        raise RecordRefusedError(Problem(code="SB-USER-007", facts=facts))


def _judge(store: CompanyStore, entry: PersonEntry) -> tuple[Role | None, tuple[PersonProblem, ...]]:
    problems: list[PersonProblem] = []
    if not entry.user_id.strip():
        problems.append(PersonProblem(field="user_id", said="A user needs a user ID to sign in with."))
    elif len(entry.user_id.strip()) > MOST_CHARACTERS:
        problems.append(PersonProblem(field="user_id", said=f"A user ID has at most {MOST_CHARACTERS} characters."))
    if entry.email.strip() and not _EMAIL.fullmatch(entry.email.strip()):
        problems.append(
            PersonProblem(field="email", said="This is no e-mail address: it has the form name@example.com.")
        )
    role = store.roles.get(entry.role)
    if role is None:
        problems.append(PersonProblem(field="role", said=_no_role(store, entry.role).cause))
    return role, tuple(problems)


def _no_role(store: CompanyStore, role: str) -> Problem:
    return protection.role_unknown(role, [card.role.name for card in store.roles.all()])


def _card(store: CompanyStore, record_id: str) -> PersonCard:
    card = store.people.card(record_id)
    if card is None:
        raise LookupError(f"There is no user with the record id {record_id}.")
    return card


def _integration_user_id(store: CompanyStore) -> str:
    connection = store.connections.get()
    return connection.integration_user_id if connection is not None else ""
