"""Roles: permissions with levels, and the subsidiaries and employees whose records a role may see.

Refuses to know who has a role (`users`) and what is done under it (`logins`, the doors).
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from netsuite_simulator.permissions import LEVEL_NAMES, NONE, PERMISSIONS, connector_permissions

ADMINISTRATOR = "3"  # NetSuite's standard role
FIRST_CUSTOM = 1000
CONNECTOR = "Connector"
_CUSTOM_RECORD = re.compile(r"customrecord\w+")


class RoleError(ValueError):
    """A role cannot be as asked."""


class Subsidiaries(enum.Enum):
    """Whose subsidiaries' records a role may see, as the form's *Accessible Subsidiaries* says it."""

    ALL = "All"
    OWN = "User Subsidiary"
    SELECTED = "Selected"


class Employees(enum.Enum):
    """Whose records a role may see among those that name an employee: the form's *Employee Restrictions*."""

    ALL = "none - no default"
    OWN = "own and subordinates only"
    OWN_OR_NOBODY = "own, subordinate and unassigned"


class Role(msgspec.Struct, kw_only=True):
    """A role: permission ids with levels 1 to 4; an administrator may do everything."""

    id: str
    name: str
    script_id: str = ""
    permissions: dict[str, int] = {}
    is_administrator: bool = False
    is_inactive: bool = False
    is_web_services_only: bool = False  # such a role opens no page
    subsidiaries: Subsidiaries = Subsidiaries.ALL
    selected_subsidiaries: tuple[str, ...] = ()
    employees: Employees = Employees.ALL

    def may(self, permission: str, level: int) -> bool:
        """Say whether the permission is held at that level or above."""
        return self.is_administrator or self.permissions.get(permission, NONE) >= level

    def lacking(self, type_name: str) -> None:
        """Return no feature: a role by itself knows none."""

    def restriction(self, table: object, tables: object) -> None:
        """Return no condition: what is restricted depends on who acts in a role."""

    @property
    def is_restricted(self) -> bool:
        """Whether it sees only a part of the account's records."""
        return not self.is_administrator and (
            self.subsidiaries is not Subsidiaries.ALL or self.employees is not Employees.ALL
        )


class Roles:
    """The roles of one account; *Administrator* is there from the start."""

    def __init__(self) -> None:
        self._by_id: dict[str, Role] = {}
        self.load([Role(id=ADMINISTRATOR, name="Administrator", script_id="administrator", is_administrator=True)])

    def __iter__(self) -> Iterator[Role]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, role_id: str) -> Role | None:
        """Find a role by its internal id."""
        return self._by_id.get(role_id)

    def find(self, wanted: str) -> Role | None:
        """Find a role by internal id, script id or name."""
        known = self._by_id.get(wanted)
        return known or next((one for one in self if wanted in (one.script_id, one.name)), None)

    def one(self, wanted: str) -> Role:
        """Find a role as `find` does; it raises `RoleError` where there is none."""
        found = self.find(wanted)
        if found is None:
            known = ", ".join(f"{one.name} ({one.id})" for one in self)
            raise RoleError(f"There is no role {wanted}; there are {known}.")
        return found

    @property
    def administrator(self) -> Role:
        """The standard role that may do everything."""
        return self.one(ADMINISTRATOR)

    @property
    def connector(self) -> Role:
        """The role a connector needs, made where there is none: every record type and door (reference §7.5)."""
        return self.find(CONNECTOR) or self.add(CONNECTOR, connector_permissions())

    def add(self, name: str, permissions: Mapping[str, int] | None = None, **changes: object) -> Role:
        """Create a role; `changes` are further attributes of `Role`, as `edit` takes them."""
        numbers = [int(one.id) for one in self]
        number = max(FIRST_CUSTOM - 1, *numbers) + 1
        script_id = f"customrole{number}"
        role = Role(id=str(number), name="", script_id=script_id)
        self._change(role, {**changes, "name": name, "permissions": dict(permissions or {})})
        self._by_id[role.id] = role
        return role

    def copy(self, role: Role, name: str) -> Role:
        """Create a role like another one; a copy of *Administrator* holds every permission but is none."""
        permissions = (
            {one.id: max(one.levels) for one in PERMISSIONS.values()} if role.is_administrator else role.permissions
        )
        return self.add(
            name,
            permissions,
            is_web_services_only=role.is_web_services_only,
            subsidiaries=role.subsidiaries,
            selected_subsidiaries=role.selected_subsidiaries,
            employees=role.employees,
        )

    def edit(self, role: Role, **changes: object) -> Role:
        """Change attributes of a role by name; `permissions` replaces them all."""
        if role.id == ADMINISTRATOR:
            raise RoleError("The role Administrator cannot be changed. Copy it, and change the copy.")
        self._change(role, changes)
        return role

    def grant(self, role: Role, permission: str, level: int) -> None:
        """Give a role a permission at a level; `NONE` takes it away."""
        self.edit(role, permissions={**role.permissions, permission: level})

    def remove(self, role: Role) -> None:
        """Delete a role."""
        if role.id == ADMINISTRATOR:
            raise RoleError("The role Administrator cannot be deleted.")
        del self._by_id[role.id]

    def _change(self, role: Role, changes: Mapping[str, object]) -> None:
        unknown = [name for name in changes if name not in _CHANGEABLE]
        if unknown:
            raise RoleError(f"A role has no {unknown[0]} that can be set; there are {', '.join(_CHANGEABLE)}.")
        wanted: dict[str, Any] = {name: msgspec.convert(value, _CHANGEABLE[name]) for name, value in changes.items()}
        name = str(wanted.get("name", role.name)).strip()
        if not name:
            raise RoleError("Please enter value(s) for: Name")
        if any(one.name == name and one.id != role.id for one in self):
            raise RoleError(f"A role with the name {name} already exists. Choose another name.")
        if "permissions" in wanted:
            wanted["permissions"] = _held(wanted["permissions"])
        for attribute, value in wanted.items():
            setattr(role, attribute, value)
        role.name = name

    def load(self, roles: Iterable[Role]) -> None:
        """Put roles in the place of all there are."""
        self._by_id = {one.id: one for one in roles}


_CHANGEABLE: Mapping[str, Any] = {
    "name": str,
    "script_id": str,
    "permissions": dict[str, int],
    "is_administrator": bool,
    "is_inactive": bool,
    "is_web_services_only": bool,
    "subsidiaries": Subsidiaries,
    "selected_subsidiaries": tuple[str, ...],
    "employees": Employees,
}


def _held(permissions: Mapping[str, int]) -> dict[str, int]:
    for permission, level in permissions.items():
        if permission not in PERMISSIONS and _CUSTOM_RECORD.fullmatch(permission) is None:
            raise RoleError(f"There is no permission {permission}.")
        if level not in LEVEL_NAMES:
            raise RoleError(f"The level of {permission} is {level}; it is 0 to 4 (None, View, Create, Edit, Full).")
    return {permission: level for permission, level in permissions.items() if level != NONE}
