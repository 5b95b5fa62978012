"""Whether somebody may do an act: the same answer and the same words of refusal at every door."""

from __future__ import annotations

import enum
from typing import TypeAlias

from suitebridge.domain.approvals import may_enter
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Permission, Role, User


class RecordNeed(enum.Enum):
    """What an address about records asks of a role, whose rights may be for single record types."""

    SOME_TYPE = "to see the records of a type"
    THIS_TYPE = "to see the records of the type in the address"
    ENTER_TYPE = "to enter records of the type in the address, one's own at least"


class RunNeed(enum.Enum):
    """What an address about runs asks of a role: whoever may start any kind of them may see them."""

    SOME_KIND = "to start runs or dry runs"


RoleNeed: TypeAlias = Permission | RecordNeed | RunNeed


def meets(role: Role, need: RoleNeed, *, record_type: str = "") -> bool:
    """Whether a role grants what is needed; `record_type` is the one in the address."""
    match need:
        case RecordNeed.SOME_TYPE:
            return role.sees_records
        case RecordNeed.THIS_TYPE:
            return role.may_view(record_type)
        case RecordNeed.ENTER_TYPE:
            return may_enter(role, record_type)
        case RunNeed.SOME_KIND:
            return role.allows(Permission.RUN_INTEGRATION) or role.allows(Permission.DRY_RUN)
        case Permission():
            return role.allows(need)


def permission_of(need: RoleNeed) -> Permission:
    """Name the permission that opens it, for a refusal."""
    match need:
        case Permission():
            return need
        case RecordNeed.ENTER_TYPE:
            return Permission.MODIFY_RECORDS
        case RecordNeed():
            return Permission.VIEW_RECORDS
        case RunNeed():
            return Permission.RUN_INTEGRATION


def require(user: User, need: RoleNeed, act: str) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless an active user's role grants what is needed; `act` completes “You may not …”."""
    if user.is_active and meets(user.role, need):
        return
    raise refusal(user, permission_of(need), act)


def refusal(user: User, permission: Permission, act: str) -> RunStoppedError:
    """Say that somebody may not do an act."""
    facts = {"act": act, "role": user.role.name, "permission": permission.value}
    return RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
