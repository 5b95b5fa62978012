"""What the form of a role shows: its permissions by name, and record types to view and to modify."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.administration.granting import RoleEntry
from suitebridge.console import links
from suitebridge.console.marks import Mark
from suitebridge.console.notices import Notice
from suitebridge.console.role_list.page import is_standard, mark_of
from suitebridge.domain.people import ROLE_SENTENCES, Permission, Role
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES

_GROUPS = (
    (
        "People",
        (
            (
                Permission.MANAGE_PEOPLE,
                "Opens People and Roles: add, change, invite and deactivate users; see the roles.",
            ),
        ),
    ),
    (
        "Signing in",
        (
            (
                Permission.NETSUITE_SIGN_ON,
                "Comes in by NetSuite without a password, where single sign-on is switched on.",
            ),
        ),
    ),
    (
        "NetSuite integration",
        (
            (Permission.RUN_INTEGRATION, "Opens Runs: see runs with their records, and start them."),
            (Permission.DRY_RUN, "Opens Runs: see runs, and start dry runs, which change nothing on either side."),
            (Permission.STEER_RUNS, "Adds to a run's page the buttons that pause, resume and cancel it."),
            (
                Permission.EDIT_INTEGRATION_SETTINGS,
                "Opens Mapping, Automate, Real-time and Status of the connector; never Credentials.",
            ),
        ),
    ),
    (
        "History and evidence",
        (
            (
                Permission.VIEW_AUDIT_TRAIL,
                "Opens the audit trail of every record and setting, and the access review: who may come in and what they may.",
            ),
        ),
    ),
    (
        "Records",
        (
            (Permission.VIEW_RECORDS, "Opens Records: see the records of every type."),
            (Permission.MODIFY_RECORDS, "See and change the records of every type, with every field."),
            (
                Permission.ENTER_OWN_RECORDS,
                "Enter, change and submit one's own time, expense reports and purchase requests, and nobody else's.",
            ),
            (
                Permission.APPROVE_RECORDS,
                "Approve or reject what was submitted; where duties are kept apart, never one's own.",
            ),
            (
                Permission.CHANGE_APPROVED_RECORDS,
                "Reopen and change what was approved; for everybody else it is locked.",
            ),
            (
                Permission.VIEW_PERSONAL_DATA,
                "Shows e-mail addresses and phone numbers in records and in their history; without it they are masked.",
            ),
            (
                Permission.VIEW_RATES,
                "Shows prices and costs per unit in records and in their history; without it they are masked.",
            ),
        ),
    ),
)
"""The permissions of the form under their headings, each with what it opens. “Administer the company” is nobody's to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionBox:
    """One permission to tick; `key` is what the form sends."""

    key: str
    text: str
    told: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionGroup:
    """Permissions under a heading."""

    title: str
    boxes: tuple[PermissionBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeBoxes:
    """One record type with its two boxes."""

    name: str
    label: str
    views: bool
    modifies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage:
    """The form; `was` is the state that it was opened with. A standard role, and any for who is no administrator, is only shown."""

    title: str
    name: str
    mark: Mark | None
    here_href: str
    list_href: str
    is_new: bool
    may_change: bool
    why_fixed: str
    was: str
    sentence: str
    groups: tuple[PermissionGroup, ...]
    types: tuple[TypeBoxes, ...]
    reason: str
    notice: Notice | None


def fingerprint(role: Role | None) -> str:
    """Write the state of a role, so that a form tells which one it is about."""
    if role is None:
        return ""
    permissions = sorted(permission.name for permission in role.permissions)
    return " ".join((*permissions, *(f"view:{t}" for t in sorted(role.views)), *(f"modify:{t}" for t in sorted(role.modifies))))  # fmt: skip


def entry_of(role: Role) -> RoleEntry:
    """Give what the form of a role holds before anything is changed."""
    return RoleEntry(name=role.name, permissions=role.permissions, views=role.views, modifies=role.modifies)


def role_page(role: Role | None, entry: RoleEntry, *, may_change: bool, notice: Notice | None = None) -> RolePage:
    """Write the form; `role` is None for one that is still to be added."""
    fixed = role is not None and is_standard(role.name)
    why = "Every company has this role as it is." if fixed else "Only an administrator changes roles."
    holds_all = Permission.ADMINISTER in entry.permissions
    return RolePage(
        title=role.name if role else "Add a role",
        name=entry.name,
        mark=mark_of(role.name) if role else None,
        here_href=links.address("role", role_name=role.name) if role else links.address("role-add"),
        list_href=links.address("roles"),
        is_new=role is None,
        may_change=may_change and not fixed,
        why_fixed="" if may_change and not fixed else why,
        was=fingerprint(role),
        sentence=ROLE_SENTENCES.get(role.name, "") if role else "",
        groups=_groups(entry, holds_all=holds_all),
        types=_types(entry, holds_all=holds_all),
        reason=entry.reason,
        notice=notice,
    )


def _groups(entry: RoleEntry, *, holds_all: bool) -> tuple[PermissionGroup, ...]:
    return tuple(
        PermissionGroup(
            title=title,
            boxes=tuple(
                PermissionBox(
                    key=permission.name,
                    text=permission.value,
                    told=told,
                    is_on=holds_all or permission in entry.permissions,
                )
                for permission, told in boxes
            ),
        )
        for title, boxes in _GROUPS
    )


def _types(entry: RoleEntry, *, holds_all: bool) -> tuple[TypeBoxes, ...]:
    return tuple(
        TypeBoxes(
            name=name,
            label=schema.plural,
            views=holds_all or name in entry.views,
            modifies=holds_all or name in entry.modifies,
        )
        for name, schema in sorted(WORKSPACE_TYPES.items(), key=lambda pair: pair[1].plural)
    )
