"""Who may do what: users, roles with named permissions, and the author that every change carries."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime


class Permission(enum.Enum):
    """Named permissions, in the words of the role form."""

    ADMINISTER = "Administer the company"
    MANAGE_PEOPLE = "Manage users and roles"
    RUN_INTEGRATION = "View and run the NetSuite integration"
    DRY_RUN = "View runs and start dry runs"
    STEER_RUNS = "Pause, resume and cancel runs"
    EDIT_INTEGRATION_SETTINGS = "View and edit integration settings"
    VIEW_AUDIT_TRAIL = "View audit trail"
    VIEW_RECORDS = "View records"
    MODIFY_RECORDS = "View and modify records"
    ENTER_OWN_RECORDS = "Enter own time and expenses"
    APPROVE_RECORDS = "Approve records"
    CHANGE_APPROVED_RECORDS = "Change approved records"
    VIEW_PERSONAL_DATA = "View personal data"
    VIEW_RATES = "View rates"
    NETSUITE_SIGN_ON = "Sign in by NetSuite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A named set of permissions. The administrator role holds all of them.

    `views` and `modifies` name single record types, for roles that may not see or change the records of every type.
    """

    name: str
    permissions: frozenset[Permission]
    views: frozenset[str] = frozenset()
    modifies: frozenset[str] = frozenset()

    def allows(self, permission: Permission) -> bool:
        """Whether the role grants a permission; an administrator's grants every one."""
        return Permission.ADMINISTER in self.permissions or permission in self.permissions

    def may_view(self, record_type: str) -> bool:
        """Whether the role may see records of a type; what may be modified may be seen."""
        every = self.allows(Permission.VIEW_RECORDS) or self.allows(Permission.MODIFY_RECORDS)
        return every or record_type in self.views or record_type in self.modifies

    @property
    def sees_records(self) -> bool:
        """Whether the role may see the records of any type at all."""
        every = self.allows(Permission.VIEW_RECORDS) or self.allows(Permission.MODIFY_RECORDS)
        return every or bool(self.views or self.modifies)

    def may_modify(self, record_type: str) -> bool:
        """Whether the role may change records of a type."""
        return self.allows(Permission.MODIFY_RECORDS) or record_type in self.modifies


ADMINISTRATOR = Role(name="Administrator", permissions=frozenset(Permission))
EMPLOYEE = Role(
    name="Employee",
    permissions=frozenset(
        {
            Permission.VIEW_RECORDS,
            Permission.VIEW_PERSONAL_DATA,
            Permission.ENTER_OWN_RECORDS,
            Permission.NETSUITE_SIGN_ON,
        }
    ),
)
STANDARD_ROLES = (ADMINISTRATOR, EMPLOYEE)
"""The roles of every company; neither can be changed or removed."""

VIEWER = Role(name="Viewer", permissions=frozenset({Permission.VIEW_RECORDS, Permission.VIEW_PERSONAL_DATA}))
INTEGRATION_OPERATOR = Role(
    name="Integration operator",
    permissions=frozenset(
        {
            Permission.RUN_INTEGRATION,
            Permission.STEER_RUNS,
            Permission.VIEW_RECORDS,
            Permission.MODIFY_RECORDS,
        }
    ),
)
INTEGRATION_DESIGNER = Role(
    name="Integration designer",
    permissions=frozenset(
        {
            Permission.EDIT_INTEGRATION_SETTINGS,
            Permission.DRY_RUN,
            Permission.VIEW_RECORDS,
            Permission.VIEW_PERSONAL_DATA,
        }
    ),
)
USER_ADMINISTRATOR = Role(
    name="User administrator",
    permissions=frozenset({Permission.MANAGE_PEOPLE, Permission.VIEW_RECORDS, Permission.VIEW_PERSONAL_DATA}),
)
AUDITOR = Role(name="Auditor", permissions=frozenset({Permission.VIEW_AUDIT_TRAIL, Permission.VIEW_RECORDS}))
APPROVER = Role(
    name="Approver",
    permissions=frozenset(
        {
            Permission.APPROVE_RECORDS,
            Permission.ENTER_OWN_RECORDS,
            Permission.VIEW_RECORDS,
            Permission.VIEW_PERSONAL_DATA,
        }
    ),
)
OPTIONAL_ROLES = (VIEWER, INTEGRATION_OPERATOR, INTEGRATION_DESIGNER, USER_ADMINISTRATOR, AUDITOR, APPROVER)
"""Roles that keep duties apart (quality.md D01, S26), off until a company turns them on: the administrator holds all."""

ROLE_SENTENCES = {
    ADMINISTRATOR.name: "Does everything: credentials, people, roles, runs. At least one is always there.",
    EMPLOYEE.name: "Sees the records, and enters their own time and expenses. Whoever is imported from NetSuite begins with it.",
    VIEWER.name: "Sees the records of every type and changes nothing.",
    INTEGRATION_OPERATOR.name: "Starts, watches, pauses and cancels runs and corrects records, but decides nothing about what a run does.",
    INTEGRATION_DESIGNER.name: "Decides what runs do (mapping, automation), but starts none.",
    USER_ADMINISTRATOR.name: "Adds, invites and deactivates users, except administrators and those who manage users.",
    AUDITOR.name: "Reads records, history and evidence and changes nothing; personal data and rates are masked, and what it reads is written down.",
    APPROVER.name: "Approves or rejects what others submit (time, expenses, invoices, purchase requests), and enters their own.",
}
"""What each standard and each optional role is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBox:
    """When a role ends by itself; None for one that stays."""

    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person of one company who may sign in; `id` is the workspace id of the employee record.

    `ends_at` is when the role ends, None for one that stays. Whoever `has_ended` holds a role of the same name that permits nothing.
    """

    id: str
    user_id: str
    name: str
    role: Role
    is_active: bool
    ends_at: datetime | None = None
    has_ended: bool = False

    @property
    def is_administrator(self) -> bool:
        """Whether the user is an active administrator."""
        return self.is_active and Permission.ADMINISTER in self.role.permissions

    @property
    def may_sign_in(self) -> bool:
        """Whether the user is active, and the role has not ended."""
        return self.is_active and not self.has_ended


def as_of(user: User, now: datetime) -> User:
    """Give a user as they are at a moment: without any right from the end of their role on."""
    if user.ends_at is None or now < user.ends_at:
        return user
    return replace(user, role=Role(name=user.role.name, permissions=frozenset()), has_ended=True)


class Door(enum.Enum):
    """Through which door a change came, in the trail's words."""

    INTEGRATION = "NetSuite integration"
    CONSOLE = "console"
    API = "API"
    COMMAND_LINE = "command line"
    FILE = "file import"
    SETUP = "setup"
    SCHEDULE = "schedule"
    PUSH = "push end point"
    SIGN_ON = "NetSuite single sign-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who changes something, through which door, in which run: part of every write (I9)."""

    author_id: str
    author_name: str
    door: Door
    run_id: str = ""
