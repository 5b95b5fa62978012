"""Users: list, add, change, invite, deactivate, role."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import BaseModel, Field

from suitebridge.administration import securing
from suitebridge.administration.designating import integration_user
from suitebridge.administration.inviting import end_access, invite, reset_access
from suitebridge.administration.staffing import (
    PersonEntry,
    PersonProblem,
    add_person,
    change_person,
    give_role,
    list_people,
    set_activity,
    show_person,
)
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, Paging, etag, next_after, version_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.domain.errors import Problem
from suitebridge.ports.people import PersonCard


class Person(BaseModel):
    """A user; an employee is a user."""

    id: str = Field(description="The id of the employee record.")
    user_id: str = Field(description="What the user signs in with.")
    first: str
    last: str
    email: str
    role: str = Field(description="The name of the role.")
    is_active: bool
    is_integration_user: bool = Field(description="Whether every run acts in this user's name.")
    has_password: bool = Field(description="Whether the user can sign in with a password.")
    signed_in_at: datetime | None
    invited_until: datetime | None = Field(description="Until when an invitation is open.")
    version: str = Field(description="Moves with every change; also the ETag.")


class PersonPage(BaseModel):
    """A page of users by id."""

    items: list[Person]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class PersonInput(Input):
    """A user as a whole."""

    user_id: str = Field(max_length=100)
    first: str = Field(max_length=200)
    last: str = Field(max_length=200)
    email: str = Field(max_length=200)
    role: str = Field(max_length=60, description="The name of a role of the company.")
    is_active: bool = True

    def entry(self) -> PersonEntry:
        """Give what was entered in the form that every door uses."""
        return PersonEntry(
            user_id=self.user_id,
            first=self.first,
            last=self.last,
            email=self.email,
            role=self.role,
            is_active=self.is_active,
        )


class ActivityInput(Input):
    """Whether a user may sign in."""

    is_active: bool


class RoleChoice(Input):
    """The role that a user is given."""

    role: str = Field(max_length=60)


class InvitationInput(Input):
    """What an invitation does besides: `reset` takes password, sessions and tokens away at once."""

    kind: Literal["first", "reset"] = "first"


class Invited(BaseModel):
    """A one-time invitation; its token is shown this once."""

    token: str
    expires_at: datetime


class PeopleQuery(Paging):
    """Which users are wanted."""

    text: str = Field("", max_length=200, description="Part of the user id or the name.")


def list_users(request: HttpRequest, asked: Query[PeopleQuery]) -> PersonPage:
    """List the users of the company by id, the inactive ones too."""
    caller = caller_of(request)
    cards = list_people(caller.store, acting=caller.user, text=asked.text, after_id=asked.after, limit=asked.limit)
    chosen = _integration_user_id(caller)
    return PersonPage(
        items=[_person(card, chosen) for card in cards], next=next_after([card.user.id for card in cards], asked)
    )


def show_user(request: HttpRequest, response: HttpResponse, person_id: str) -> Person:
    """Show one user; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    return _shown(caller, response, show_person(caller.store, person_id, acting=caller.user))


def add_user(request: HttpRequest, response: HttpResponse, entry: PersonInput) -> Status[Person]:
    """Add a user, who can sign in once invited. All problems are told at once, field by field."""
    caller = caller_of(request)
    added = add_person(caller.store, entry.entry(), acting=caller.user, stamp=caller.stamp)
    if isinstance(added, tuple):
        raise _refused(entry.user_id, added)
    return Status(201, _shown(caller, response, show_person(caller.store, added.id, acting=caller.user)))


def change_user(request: HttpRequest, response: HttpResponse, person_id: str, entry: PersonInput) -> Person:
    """Replace a user's values as a whole, in one transaction. If-Match guards what somebody else has changed meanwhile."""
    caller, version = caller_of(request), version_meant(request)
    problems = change_person(
        caller.store, person_id, entry.entry(), version=version, acting=caller.user, stamp=caller.stamp
    )
    if problems:
        raise _refused(entry.user_id, problems)
    return _shown(caller, response, show_person(caller.store, person_id, acting=caller.user))


def change_activity(request: HttpRequest, response: HttpResponse, person_id: str, entry: ActivityInput) -> Person:
    """Deactivate a user, whose sessions and tokens end at once, or let one in again."""
    caller, version = caller_of(request), version_meant(request)
    card = set_activity(
        caller.store, person_id, is_active=entry.is_active, acting=caller.user, stamp=caller.stamp, version=version
    )
    return _shown(caller, response, card)


def change_role(request: HttpRequest, response: HttpResponse, person_id: str, entry: RoleChoice) -> Person:
    """Give a user another role; sessions and tokens of the old one end at once."""
    caller, version = caller_of(request), version_meant(request)
    card = give_role(caller.store, person_id, entry.role, acting=caller.user, stamp=caller.stamp, version=version)
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


def _shown(caller: Caller, response: HttpResponse, card: PersonCard) -> Person:
    response["ETag"] = etag(card.version)
    return _person(card, _integration_user_id(caller))


def _person(card: PersonCard, integration_user_id: str) -> Person:
    return Person(
        id=card.user.id,
        user_id=card.user.user_id,
        first=card.first,
        last=card.last,
        email=card.email,
        role=card.user.role.name,
        is_active=card.user.is_active,
        is_integration_user=card.user.id == integration_user_id,
        has_password=card.has_password,
        signed_in_at=card.signed_in_at,
        invited_until=card.invited_until,
        version=card.version,
    )


def _integration_user_id(caller: Caller) -> str:
    user = integration_user(caller.store)
    return user.id if user is not None else ""


def _refused(name: str, problems: tuple[PersonProblem, ...]) -> EntryRefusedError:
    facts = {"name": name, "said": " ".join(one.said for one in problems)}
    errors = tuple(FieldProblem(field=one.field, said=one.said) for one in problems)
    return EntryRefusedError(Problem(code="SB-USER-006", facts=facts), errors)
