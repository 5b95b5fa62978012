"""Whether somebody may do an administrative act: the same words of refusal whatever the act."""

from __future__ import annotations

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Permission, User


def require(user: User, permission: Permission, act: str) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless an active user's role grants a permission; `act` completes “You may not …”."""
    if user.is_active and user.role.allows(permission):
        return
    raise refusal(user, permission, act)


def refusal(user: User, permission: Permission, act: str) -> RunStoppedError:
    """Say that somebody may not do an act."""
    facts = {"act": act, "role": user.role.name, "permission": permission.value}
    return RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
