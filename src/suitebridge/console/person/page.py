"""What the form of a user shows, with what was typed and every problem beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from suitebridge.administration.staffing import PersonEntry, PersonProblem
from suitebridge.console import links, wording
from suitebridge.console.forms import Field
from suitebridge.console.marks import ACTIVITY_MARKS, WAY_IN_MARKS, Mark
from suitebridge.console.notices import Complaint, Notice
from suitebridge.console.person_list.page import is_invited
from suitebridge.console.wording import Moment
from suitebridge.domain.people import User
from suitebridge.ports.people import PersonCard
from suitebridge.ports.second_factors import SecondFactor

_FIELDS = (
    Field(name="first", label="First name"),
    Field(name="last", label="Last name"),
    Field(name="email", label="E-mail", kind="email"),
    Field(name="user_id", label="User ID", hint="What the user signs in with, besides the company ID."),
)
_ROLE = Field(name="role", label="Role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The box *Active*."""

    is_on: bool
    problem: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonState:
    """What is known of a user beside the form; the addresses are where to invite, to reset and to end sessions."""

    activity: Mark
    way_in: Mark | None
    signed_in: Moment | None
    invited_until: Moment | None
    is_integration_user: bool
    trail_href: str
    record_href: str
    access_href: str
    may_invite: bool
    has_password: bool
    factor_since: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The form; `state` is None for a user who is still to be added. `done` says what was done a moment ago."""

    title: str
    here_href: str
    list_href: str
    version: str
    fields: tuple[Field, ...]
    active: Tick | None
    notice: Notice | None
    complaints: tuple[Complaint, ...]
    state: PersonState | None
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found wrong with the form: with its fields, and as a whole."""

    problems: tuple[PersonProblem, ...] = ()
    notice: Notice | None = None

    def of(self, field: str) -> str:
        """Give what is wrong with one field."""
        return " ".join(problem.said for problem in self.problems if problem.field == field)


FINE = Verdict()


def entry_of(card: PersonCard) -> PersonEntry:
    """Give what the form of a user holds before anything is typed."""
    return PersonEntry(
        user_id=card.user.user_id,
        first=card.first,
        last=card.last,
        email=card.email,
        role=card.user.role.name,
        is_active=card.user.is_active,
    )


def person_state(
    card: PersonCard,
    *,
    zone: tzinfo,
    now: datetime,
    integration_user: User | None,
    shows_trail: bool,
    second_factor: SecondFactor | None = None,
) -> PersonState:
    """Write what is known of a user."""
    number, waits = int(card.user.id), is_invited(card, now)
    return PersonState(
        activity=ACTIVITY_MARKS[card.user.is_active],
        way_in=None if card.has_password or not card.user.is_active else WAY_IN_MARKS[waits],
        signed_in=wording.moment(card.signed_in_at, zone) if card.signed_in_at else None,
        invited_until=wording.moment(card.invited_until, zone) if card.invited_until and waits else None,
        is_integration_user=integration_user is not None and integration_user.id == card.user.id,
        trail_href=links.address("trail", query={"person": card.user.user_id}) if shows_trail else "",
        record_href=links.record("employee", card.user.id),
        access_href=links.address("person-access", number=number),
        may_invite=card.user.is_active,
        has_password=card.has_password,
        factor_since=wording.moment(second_factor.set_at, zone) if second_factor is not None else None,
    )


def new_person_page(*, entry: PersonEntry, roles: Sequence[str], verdict: Verdict = FINE) -> PersonPage:
    """Write the form for a user who is still to be added."""
    return PersonPage(
        title="Add a user",
        here_href=links.address("person-add"),
        list_href=links.address("people"),
        version="",
        fields=_filled(entry, roles, verdict, None),
        active=None,
        notice=verdict.notice,
        complaints=_complaints(verdict),
        state=None,
        done="",
    )


def person_page(
    card: PersonCard,
    state: PersonState,
    *,
    entry: PersonEntry,
    roles: Sequence[str],
    verdict: Verdict = FINE,
    done: str = "",
) -> PersonPage:
    """Write the form of a user; what was saved in the meantime stands beside what was typed."""
    fields = _filled(entry, roles, verdict, entry_of(card) if verdict.notice else None)
    moved = bool(verdict.notice) and entry.is_active != card.user.is_active
    return PersonPage(
        title=card.user.name,
        here_href=links.address("person", number=int(card.user.id)),
        list_href=links.address("people"),
        version=card.version,
        fields=fields,
        active=Tick(
            is_on=entry.is_active,
            problem=verdict.of("active"),
            hint=f"Saved now: {'active' if card.user.is_active else 'inactive'}."
            if moved
            else "Without it the user cannot sign in, and every session and token ends at once.",
        ),
        notice=verdict.notice,
        complaints=_complaints(verdict),
        state=state,
        done=done,
    )


def _filled(entry: PersonEntry, roles: Sequence[str], verdict: Verdict, saved: PersonEntry | None) -> tuple[Field, ...]:
    role = replace(_ROLE, options=tuple(roles) if entry.role in roles else (entry.role, *roles))
    return tuple(
        replace(
            field,
            value=getattr(entry, field.name),
            problem=verdict.of(field.name),
            hint=_hint(field, entry, saved),
        )
        for field in (*_FIELDS, role)
    )


def _hint(field: Field, entry: PersonEntry, saved: PersonEntry | None) -> str:
    """Say what is saved now where it is not what was typed."""
    if saved is None or getattr(saved, field.name) == getattr(entry, field.name):
        return field.hint
    return f"Saved now: {getattr(saved, field.name) or 'nothing'}."


def _complaints(verdict: Verdict) -> tuple[Complaint, ...]:
    return tuple(Complaint(field=problem.field, said=problem.said) for problem in verdict.problems if problem.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedPage:
    """A fresh invitation: the link is shown this once."""

    name: str
    link: str
    until: Moment
    person_href: str
    is_reset: bool
