"""Who may do what: users, roles with named permissions, and the author that every change carries."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Permission(enum.Enum):
    """Named permissions, in the words of the role form."""

    ADMINISTER = "Administer the company"
    RUN_INTEGRATION = "View and run the NetSuite integration"
    EDIT_INTEGRATION_SETTINGS = "View and edit integration settings"
    VIEW_AUDIT_TRAIL = "View audit trail"
    VIEW_RECORDS = "View records"
    MODIFY_RECORDS = "View and modify records"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A named set of permissions. The administrator role holds all of them."""

    name: str
    permissions: frozenset[Permission]

    def allows(self, permission: Permission) -> bool:
        """Whether the role grants a permission; an administrator's grants every one."""
        return Permission.ADMINISTER in self.permissions or permission in self.permissions


ADMINISTRATOR = Role(name="Administrator", permissions=frozenset(Permission))
INTEGRATION_OPERATOR = Role(
    name="Integration operator", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.VIEW_RECORDS})
)
AUDITOR = Role(name="Auditor", permissions=frozenset({Permission.VIEW_AUDIT_TRAIL, Permission.VIEW_RECORDS}))
EMPLOYEE = Role(name="Employee", permissions=frozenset({Permission.VIEW_RECORDS}))
STANDARD_ROLES = (ADMINISTRATOR, INTEGRATION_OPERATOR, AUDITOR, EMPLOYEE)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person of one company who may sign in; `id` is the workspace id of the employee record."""

    id: str
    user_id: str
    name: str
    role: Role
    is_active: bool

    @property
    def is_administrator(self) -> bool:
        """Whether the user is an active administrator."""
        return self.is_active and Permission.ADMINISTER in self.role.permissions


class Door(enum.Enum):
    """Through which door a change came, in the trail's words."""

    INTEGRATION = "NetSuite integration"
    CONSOLE = "console"
    API = "API"
    COMMAND_LINE = "command line"
    FILE = "file import"
    SETUP = "setup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who changes something, through which door, in which run: part of every write (I9)."""

    author_id: str
    author_name: str
    door: Door
    run_id: str = ""
