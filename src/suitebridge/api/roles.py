"""Roles and their named permissions."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration.granting import (
    RoleEntry,
    list_roles,
    remove_role,
    save_role,
    settle_duties,
    turn_on_role,
)
from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input, etag, version_meant
from suitebridge.api.reading import malformed
from suitebridge.domain.duties import TOXIC_PAIRS
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import ROLE_SENTENCES, Permission, Role
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


class RoleDocument(BaseModel):
    """A role: its permissions, and single record types that it may view or modify."""

    name: str
    sentence: str = Field(description="What a standard or optional role is for; empty for a company's own.")
    permissions: list[str]
    views: list[str]
    modifies: list[str]


class HeldRole(RoleDocument):
    """A role of the company, with how many users hold it."""

    holders: int


class RoleOverview(BaseModel):
    """The roles of the company, and the optional ones that are off."""

    items: list[HeldRole]
    off: list[RoleDocument]
    keeps_duties_apart: bool = Field(description="Whether duties in one hand that should be two people's are refused.")


class RoleInput(Input):
    """A role as a whole. `reason` is needed for duties that the company keeps apart."""

    permissions: list[str] = Field(
        max_length=len(Permission), description="Permissions by their names in the role form."
    )
    views: list[str] = Field(default_factory=list, max_length=100)
    modifies: list[str] = Field(default_factory=list, max_length=100)
    reason: str = Field("", max_length=500)


class DutyPair(BaseModel):
    """Two permissions that should be two people's."""

    one: str
    other: str
    why: str


class DutiesShown(BaseModel):
    """Whether the company keeps duties apart, and which duties those are."""

    keeps_duties_apart: bool = Field(description="Whether duties in one hand that should be two people's are refused.")
    pairs: list[DutyPair]


class DutiesInput(Input):
    """Whether the company keeps duties apart."""

    keeps_duties_apart: bool


def show_duties(request: HttpRequest, response: HttpResponse) -> DutiesShown:
    """Say whether duties are kept apart, and which; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    is_on = list_roles(caller.store, acting=caller.user).keeps_duties_apart
    response["ETag"] = etag(_switch(is_on))
    pairs = [DutyPair(one=pair.one.value, other=pair.other.value, why=pair.why) for pair in TOXIC_PAIRS]
    return DutiesShown(keeps_duties_apart=is_on, pairs=pairs)


def put_duties(request: HttpRequest, response: HttpResponse, entry: DutiesInput) -> DutiesShown:
    """Decide whether duties in one hand that should be two people's are refused from now on; a reason overrules it."""
    caller, wanted = caller_of(request), version_meant(request)
    # Of two states one follows from the other: whoever is a moment quicker wanted the same, or is told so here.
    if wanted not in {"", _switch(caller.store.roles.keep_duties_apart())}:
        raise RecordRefusedError(Problem(code="SB-RULE-001", facts={"rules": "The rules about duties"}))
    settle_duties(caller.store, is_on=entry.keeps_duties_apart, acting=caller.user, stamp=caller.stamp)
    return show_duties(request, response)


def show_roles(request: HttpRequest) -> RoleOverview:
    """List the roles of the company and the optional ones that are off."""
    caller = caller_of(request)
    found = list_roles(caller.store, acting=caller.user)
    held = [HeldRole(**_document(card.role).model_dump(), holders=card.holders) for card in found.roles]
    return RoleOverview(
        items=held, off=[_document(role) for role in found.off], keeps_duties_apart=found.keeps_duties_apart
    )


def show_role(request: HttpRequest, response: HttpResponse, name: str) -> RoleDocument:
    """Show one role of the company; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    list_roles(caller.store, acting=caller.user)
    found = caller.store.roles.get(name)
    if found is None:
        raise LookupError(f"There is no role {name} in the company.")
    response["ETag"] = _tag(found)
    return _document(found)


def put_role(request: HttpRequest, response: HttpResponse, name: str, entry: RoleInput) -> RoleDocument:
    """Replace the permissions of a role; If-Match “*” also adds one of this name. The standard roles cannot be changed."""
    caller = caller_of(request)
    was = _meant(request, name)
    known = {permission.value: permission for permission in Permission}
    strangers = [text for text in entry.permissions if text not in known]
    if strangers:
        raise malformed(f"There is no permission {', '.join(strangers)}; there are {', '.join(known)}.")
    saved = save_role(
        caller.store,
        RoleEntry(
            name=name,
            permissions=frozenset(known[text] for text in entry.permissions),
            views=frozenset(entry.views),
            modifies=frozenset(entry.modifies),
            reason=entry.reason,
        ),
        was=was,
        record_types=WORKSPACE_TYPES,
        acting=caller.user,
        stamp=caller.stamp,
    )
    response["ETag"] = _tag(saved)
    return _document(saved)


def turn_on(request: HttpRequest, name: str) -> RoleDocument:
    """Turn one of the optional standard roles on."""
    caller = caller_of(request)
    return _document(turn_on_role(caller.store, name, acting=caller.user, stamp=caller.stamp))


def delete_role(request: HttpRequest, name: str) -> Status[None]:
    """Remove a role that nobody holds, or turn an optional one off."""
    caller = caller_of(request)
    _meant(request, name)
    remove_role(caller.store, name, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def _meant(request: HttpRequest, name: str) -> Role | None:
    """Give the role as it stands. Raise `RecordRefusedError` SB-ROLE-002 where it is not the one that If-Match means."""
    wanted, found = version_meant(request), caller_of(request).store.roles.get(name)
    if wanted and (found is None or _tag(found) != etag(wanted)):
        raise RecordRefusedError(Problem(code="SB-ROLE-002", facts={"role": name}))
    return found


def _switch(is_on: bool) -> str:
    return "on" if is_on else "off"


def _tag(role: Role) -> str:
    """Name the state of a role by its contents."""
    return etag(hashlib.sha256(_document(role).model_dump_json().encode()).hexdigest()[:16])


def _document(role: Role) -> RoleDocument:
    return RoleDocument(
        name=role.name,
        sentence=ROLE_SENTENCES.get(role.name, ""),
        permissions=sorted(permission.value for permission in role.permissions),
        views=sorted(role.views),
        modifies=sorted(role.modifies),
    )
