"""What the form of a user shows, with what was typed and every problem beside its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from suitebridge.administration.staffing import Belongings, PersonEntry, PersonProblem
from suitebridge.console import links, wording
from suitebridge.console.forms import Field
from suitebridge.console.marks import ACTIVITY_MARKS, TIME_BOX_MARKS, WAY_IN_MARKS, Mark
from suitebridge.console.notices import Complaint, Notice
from suitebridge.console.person_list.page import is_invited
from suitebridge.console.wording import Moment
from suitebridge.domain.duties import clashes_of
from suitebridge.ports.people import PersonCard
from suitebridge.ports.second_factors import SecondFactor

_FIELDS = (
    Field(name="first", label="First name"),
    Field(name="last", label="Last name"),
    Field(name="email", label="E-mail", kind="email"),
    Field(name="user_id", label="User ID", hint="What the user signs in with, besides the company ID."),
)
_ROLE = Field(name="role", label="Role")
_ENDS_ON = Field(
    name="ends_on",
    label="Role ends after",
    kind="date",
    hint="The last day on which the role permits anything; blank for a role that stays. Sessions and tokens end with it.",
)
_REASON = Field(
    name="reason",
    label="Reason",
    hint="Needed only for a role whose duties the company keeps apart, and from an administrator. It stands in the trail and in the access review.",
)


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
    time_box: Mark | None
    owns: tuple[str, ...]
    clashes: tuple[str, ...]
    duties_reason: str


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
        ends_at=card.user.ends_at,
    )


def end_of(day: date | None, zone: tzinfo) -> datetime | None:
    """Give when a role ends that holds through a day: at the midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC) if day is not None else None


def last_day(ends_at: datetime | None, zone: tzinfo) -> str:
    """Give the last day of a role as a date input writes it, "" for a role that stays."""
    return (ends_at - timedelta(seconds=1)).astimezone(zone).date().isoformat() if ends_at is not None else ""


def person_state(
    card: PersonCard,
    owns: Belongings,
    *,
    zone: tzinfo,
    now: datetime,
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
        is_integration_user=owns.is_integration_user,
        trail_href=links.address("trail", query={"person": card.user.user_id}) if shows_trail else "",
        record_href=links.record("employee", card.user.id),
        access_href=links.address("person-access", number=number),
        may_invite=card.user.is_active,
        has_password=card.has_password,
        factor_since=wording.moment(second_factor.set_at, zone) if second_factor is not None else None,
        time_box=TIME_BOX_MARKS[card.user.has_ended] if card.user.ends_at is not None else None,
        owns=owns.told,
        clashes=tuple(f"{pair.told}. {pair.why}" for pair in clashes_of(card.user.role)),
        duties_reason=card.duties_reason,
    )


def new_person_page(*, entry: PersonEntry, roles: Sequence[str], zone: tzinfo, verdict: Verdict = FINE) -> PersonPage:
    """Write the form for a user who is still to be added."""
    return PersonPage(
        title="Add a user",
        here_href=links.address("person-add"),
        list_href=links.address("people"),
        version="",
        fields=_filled(entry, roles, verdict, None, zone),
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
    zone: tzinfo,
    verdict: Verdict = FINE,
    done: str = "",
) -> PersonPage:
    """Write the form of a user; what was saved in the meantime stands beside what was typed."""
    fields = _filled(entry, roles, verdict, entry_of(card) if verdict.notice else None, zone)
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


def _filled(
    entry: PersonEntry, roles: Sequence[str], verdict: Verdict, saved: PersonEntry | None, zone: tzinfo
) -> tuple[Field, ...]:
    role = replace(_ROLE, options=tuple(roles) if entry.role in roles else (entry.role, *roles))
    typed, kept = _values(entry, zone), _values(saved, zone) if saved is not None else None
    return tuple(
        replace(
            field,
            value=typed[field.name],
            problem=verdict.of(field.name),
            hint=_hint(field, typed, kept),
        )
        for field in (*_FIELDS, role, _ENDS_ON, _REASON)
    )


def _values(entry: PersonEntry, zone: tzinfo) -> dict[str, str]:
    return {
        "first": entry.first,
        "last": entry.last,
        "email": entry.email,
        "user_id": entry.user_id,
        "role": entry.role,
        "ends_on": last_day(entry.ends_at, zone),
        "reason": entry.reason,
    }


def _hint(field: Field, typed: Mapping[str, str], saved: Mapping[str, str] | None) -> str:
    """Say what is saved now where it is not what was typed; a reason is nobody's to compare."""
    if saved is None or field is _REASON or saved[field.name] == typed[field.name]:
        return field.hint
    return f"Saved now: {saved[field.name] or 'nothing'}."


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
