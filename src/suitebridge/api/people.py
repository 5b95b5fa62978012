"""Users: list, add, change, invite, deactivate, role."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import BaseModel, Field

from suitebridge.administration import securing
from suitebridge.administration.designating import integration_user
from suitebridge.administration.inviting import end_access, invite, reset_access
from suitebridge.administration.staffing import (
    Grant,
    PersonEntry,
    PersonProblem,
    add_person,
    belongings,
    change_person,
    give_role,
    list_people,
    require_future,
    set_activity,
    show_person,
)
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, Paging, etag, version_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.api.reading import malformed
from suitebridge.domain.errors import Problem
from suitebridge.ports.people import PersonCard, PersonOrder, PersonQuery, PersonState

_PRECISION: Final = timedelta(milliseconds=1)
"""Documents tell moments in milliseconds: what is sent back as it was read has not moved."""


class Person(BaseModel):
    """A user; an employee is a user."""

    id: str = Field(description="The id of the employee record.")
    user_id: str = Field(description="What the user signs in with.")
    first: str
    last: str
    email: str
    role: str = Field(description="The name of the role.")
    role_until: datetime | None = Field(description="When the role ends by itself; null for one that stays.")
    has_ended: bool = Field(description="Whether that moment is over: the role permits nothing and nobody signs in.")
    duties_reason: str = Field(description="Why the role was given although it holds duties that should be kept apart.")
    is_active: bool
    is_integration_user: bool = Field(description="Whether every run acts in this user's name.")
    has_password: bool = Field(description="Whether the user can sign in with a password.")
    signed_in_at: datetime | None
    invited_until: datetime | None = Field(description="Until when an invitation is open.")
    version: str = Field(description="Moves with every change; also the ETag.")


class PersonDetail(Person):
    """A user with what ends, or is in the way, when the user leaves."""

    owns: list[str]


class PersonPage(BaseModel):
    """A page of users in the order that was asked for."""

    items: list[Person]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class TimedRole(Input):
    """A role, by the name of one of the company's, with the moment when it ends by itself and a reason."""

    role: str = Field(max_length=60, description="The name of a role of the company.")
    role_until: str | None = Field(
        None,
        max_length=40,
        description="When it ends, as 2026-12-31T18:00:00Z; left out or null for a role that stays.",
    )
    reason: str = Field(
        "", max_length=500, description="Needed for a role whose duties the company keeps apart, from an administrator."
    )

    def ends_at(self, caller: Caller, *, kept: datetime | None = None) -> datetime | None:
        """Read the end; `kept` is the present one, which may be over. Raise `RecordRefusedError` SB-API-001, SB-USER-007 for another one that is over."""
        if self.role_until is None:
            return None
        try:
            moment = datetime.fromisoformat(self.role_until)
        except ValueError as error:
            raise malformed(f"“{self.role_until}” is no moment.") from error
        if moment.tzinfo is None:
            raise malformed(f"“{self.role_until}” names no zone; end it with Z for UTC.")
        if kept is not None and abs(moment - kept) < _PRECISION:
            return kept
        require_future("the user", moment, now=caller.house.clock.now())
        return moment.astimezone(UTC)


class PersonInput(TimedRole):
    """A user as a whole."""

    user_id: str = Field(max_length=100)
    first: str = Field(max_length=200)
    last: str = Field(max_length=200)
    email: str = Field(max_length=200)
    is_active: bool = True

    def entry(self, caller: Caller, *, kept: datetime | None = None) -> PersonEntry:
        """Give what was entered in the form that every door uses; `kept` is the present end of the role."""
        return PersonEntry(
            user_id=self.user_id,
            first=self.first,
            last=self.last,
            email=self.email,
            role=self.role,
            is_active=self.is_active,
            ends_at=self.ends_at(caller, kept=kept),
            reason=self.reason,
        )


class ActivityInput(Input):
    """Whether a user may sign in."""

    is_active: bool


class RoleChoice(TimedRole):
    """The role that a user is given."""


class InvitationInput(Input):
    """What an invitation does besides: `reset` takes password, sessions and tokens away at once."""

    kind: Literal["first", "reset"] = "first"


class Invited(BaseModel):
    """A one-time invitation; its token is shown this once."""

    token: str
    expires_at: datetime


class PeopleQuery(Paging):
    """Which users are wanted, in which order."""

    after: str = Field(
        "",
        max_length=1_000,
        pattern=r"^[A-Za-z0-9_-]*$",
        description="`next` of the page before, in the same order; empty for the first.",
    )
    text: str = Field("", max_length=200, description="Part of the name, the user id or the e-mail address.")
    state: Literal["", "active", "inactive", "invited", "no password"] = Field(
        "", description="Only users in this state."
    )
    role: str = Field("", max_length=60, description="Only users with the role of exactly this name.")
    sort: Literal["name", "user id", "e-mail", "role", "last sign-in"] = Field(
        "name", description="What the users are sorted by."
    )
    descending: bool = Field(False, description="Whether they are sorted the other way round.")


def list_users(request: HttpRequest, asked: Query[PeopleQuery]) -> PersonPage:
    """List the users of the company, the inactive ones too: searched, narrowed down and sorted."""
    caller = caller_of(request)
    query = PersonQuery(
        at=caller.house.clock.now(),
        text=asked.text,
        state=PersonState(asked.state) if asked.state else None,
        role=asked.role,
        order=PersonOrder(asked.sort),
        is_descending=asked.descending,
        after=asked.after,
        limit=asked.limit,
    )
    try:
        found = list_people(caller.store, query, acting=caller.user)
    except ValueError as error:
        raise malformed(str(error)) from error
    chosen = _integration_user_id(caller)
    return PersonPage(items=[Person(**_values(card, chosen)) for card in found.cards], next=found.further or None)


def show_user(request: HttpRequest, response: HttpResponse, person_id: str) -> PersonDetail:
    """Show one user; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    return _shown(caller, response, show_person(caller.store, person_id, acting=caller.user))


def add_user(request: HttpRequest, response: HttpResponse, entry: PersonInput) -> Status[PersonDetail]:
    """Add a user, who can sign in once invited. All problems are told at once, field by field."""
    caller = caller_of(request)
    added = add_person(caller.store, entry.entry(caller), acting=caller.user, stamp=caller.stamp)
    if isinstance(added, tuple):
        raise _refused(entry.user_id, added)
    return Status(201, _shown(caller, response, show_person(caller.store, added.id, acting=caller.user)))


def change_user(request: HttpRequest, response: HttpResponse, person_id: str, entry: PersonInput) -> PersonDetail:
    """Replace a user's values as a whole, in one transaction. If-Match guards what somebody else has changed meanwhile."""
    caller, version = caller_of(request), version_meant(request)
    kept = show_person(caller.store, person_id, acting=caller.user).user.ends_at
    typed = entry.entry(caller, kept=kept)
    problems = change_person(caller.store, person_id, typed, version=version, acting=caller.user, stamp=caller.stamp)
    if problems:
        raise _refused(entry.user_id, problems)
    return _shown(caller, response, show_person(caller.store, person_id, acting=caller.user))


def change_activity(request: HttpRequest, response: HttpResponse, person_id: str, entry: ActivityInput) -> PersonDetail:
    """Deactivate a user, whose sessions and tokens end at once, or let one in again."""
    caller, version = caller_of(request), version_meant(request)
    card = set_activity(
        caller.store, person_id, is_active=entry.is_active, acting=caller.user, stamp=caller.stamp, version=version
    )
    return _shown(caller, response, card)


def change_role(request: HttpRequest, response: HttpResponse, person_id: str, entry: RoleChoice) -> PersonDetail:
    """Give a user another role; sessions and tokens of the old one end at once."""
    caller, version = caller_of(request), version_meant(request)
    grant = Grant(role=entry.role, ends_at=entry.ends_at(caller), reason=entry.reason)
    card = give_role(caller.store, person_id, grant, acting=caller.user, stamp=caller.stamp, version=version)
    return _shown(caller, response, card)


def invite_user(request: HttpRequest, person_id: str, entry: InvitationInput) -> Status[Invited]:
    """Invite a user to set a password. The token is shown this once; an earlier invitation ends."""
    caller = caller_of(request)
    act = reset_access if entry.kind == "reset" else invite
    made = act(
        caller.store,
        person_id,
        acting=caller.user,
        stamp=caller.stamp,
        clock=caller.house.clock,
        chance=caller.house.chance,
    )
    return Status(201, Invited(token=made.token.reveal(), expires_at=made.expires_at))


def end_user_access(request: HttpRequest, person_id: str) -> Status[None]:
    """End every session and every API token of a user at once: one's own, or as somebody who manages users."""
    caller = caller_of(request)
    end_access(caller.store, person_id, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def remove_second_factor(request: HttpRequest, person_id: str) -> Status[None]:
    """Remove the second factor of a user who lost it: as somebody who manages users, or one's own where it is not demanded."""
    caller = caller_of(request)
    securing.remove_second_factor(caller.store, person_id, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def _shown(caller: Caller, response: HttpResponse, card: PersonCard) -> PersonDetail:
    response["ETag"] = etag(card.version)
    owns = belongings(caller.store, card, now=caller.house.clock.now())
    return PersonDetail(**_values(card, _integration_user_id(caller)), owns=list(owns.told))


def _values(card: PersonCard, integration_user_id: str) -> dict[str, Any]:
    return {
        "id": card.user.id,
        "user_id": card.user.user_id,
        "first": card.first,
        "last": card.last,
        "email": card.email,
        "role": card.user.role.name,
        "role_until": card.user.ends_at,
        "has_ended": card.user.has_ended,
        "duties_reason": card.duties_reason,
        "is_active": card.user.is_active,
        "is_integration_user": card.user.id == integration_user_id,
        "has_password": card.has_password,
        "signed_in_at": card.signed_in_at,
        "invited_until": card.invited_until,
        "version": card.version,
    }


def _integration_user_id(caller: Caller) -> str:
    user = integration_user(caller.store)
    return user.id if user is not None else ""


def _refused(name: str, problems: tuple[PersonProblem, ...]) -> EntryRefusedError:
    facts = {"name": name, "said": " ".join(one.said for one in problems)}
    errors = tuple(FieldProblem(field=one.field, said=one.said) for one in problems)
    return EntryRefusedError(Problem(code="SB-USER-006", facts=facts), errors)
