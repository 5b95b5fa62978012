"""Roles and their named permissions."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration.granting import RoleEntry, list_roles, remove_role, save_role, turn_on_role
from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input
from suitebridge.api.reading import malformed
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


class RoleInput(Input):
    """A role as a whole. `reason` is needed for permissions that should not be held together."""

    permissions: list[str] = Field(
        max_length=len(Permission), description="Permissions by their names in the role form."
    )
    views: list[str] = Field(default_factory=list, max_length=100)
    modifies: list[str] = Field(default_factory=list, max_length=100)
    reason: str = Field("", max_length=500)


def show_roles(request: HttpRequest) -> RoleOverview:
    """List the roles of the company and the optional ones that are off."""
    caller = caller_of(request)
    found = list_roles(caller.store, acting=caller.user)
    held = [HeldRole(**_document(card.role).model_dump(), holders=card.holders) for card in found.roles]
    return RoleOverview(items=held, off=[_document(role) for role in found.off])


def put_role(request: HttpRequest, name: str, entry: RoleInput) -> RoleDocument:
    """Add a role of this name, or replace its permissions. The standard roles cannot be changed."""
    caller = caller_of(request)
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
        was=caller.store.roles.get(name),
        record_types=WORKSPACE_TYPES,
        acting=caller.user,
        stamp=caller.stamp,
    )
    return _document(saved)


def turn_on(request: HttpRequest, name: str) -> RoleDocument:
    """Turn one of the optional standard roles on."""
    caller = caller_of(request)
    return _document(turn_on_role(caller.store, name, acting=caller.user, stamp=caller.stamp))


def delete_role(request: HttpRequest, name: str) -> Status[None]:
    """Remove a role that nobody holds, or turn an optional one off."""
    caller = caller_of(request)
    remove_role(caller.store, name, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def _document(role: Role) -> RoleDocument:
    return RoleDocument(
        name=role.name,
        sentence=ROLE_SENTENCES.get(role.name, ""),
        permissions=sorted(permission.value for permission in role.permissions),
        views=sorted(role.views),
        modifies=sorted(role.modifies),
    )
