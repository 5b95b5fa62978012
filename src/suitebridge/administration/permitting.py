"""Whether somebody may do an act: the same answer and the same words of refusal at every door."""

from __future__ import annotations

import enum
from typing import TypeAlias

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Permission, Role, User


class RecordNeed(enum.Enum):
    """What an address about records asks of a role, whose rights may be for single record types."""

    SOME_TYPE = "to see the records of a type"
    THIS_TYPE = "to see the records of the type in the address"


RoleNeed: TypeAlias = Permission | RecordNeed


def meets(role: Role, need: RoleNeed, *, record_type: str = "") -> bool:
    """Whether a role grants what is needed; `record_type` is the one in the address."""
    match need:
        case RecordNeed.SOME_TYPE:
            return role.sees_records
        case RecordNeed.THIS_TYPE:
            return role.may_view(record_type)
        case Permission():
            return role.allows(need)


def permission_of(need: RoleNeed) -> Permission:
    """Name the permission that opens it, for a refusal."""
    return need if isinstance(need, Permission) else Permission.VIEW_RECORDS


def require(user: User, permission: Permission, act: str) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless an active user's role grants a permission; `act` completes “You may not …”."""
    if user.is_active and user.role.allows(permission):
        return
    raise refusal(user, permission, act)


def refusal(user: User, permission: Permission, act: str) -> RunStoppedError:
    """Say that somebody may not do an act."""
    facts = {"act": act, "role": user.role.name, "permission": permission.value}
    return RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
