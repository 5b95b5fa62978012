"""What the integration user and the last active administrator may not lose, whichever door the change comes through (design §4).

The database decides the same with triggers; these words come earlier, and name the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import Permission, Role, TimeBox, User

DEACTIVATED = "be deactivated"
ANOTHER_ROLE = "be given another role"
TIME_BOX = "be given an end of the role"


def refuse(
    user: User,
    *,
    role: Role,
    is_active: bool,
    ends_at: datetime | None = None,
    integration_user_id: str,
    administrators: Sequence[User],
) -> Problem | None:
    """Say why a user may not get this role, its end and this activity, if it is so; `administrators` are those that stay."""
    act = _loss(user, role=role, is_active=is_active, ends_at=ends_at)
    if act and user.id == integration_user_id:
        return integration_user_stays(user.name, act)
    stays = is_active and Permission.ADMINISTER in role.permissions and ends_at is None
    if act and user.is_administrator and not stays and all(one.id == user.id for one in administrators):
        return last_administrator_stays(user.name, act)
    return None


def _loss(user: User, *, role: Role, is_active: bool, ends_at: datetime | None) -> str:
    if user.is_active and not is_active:
        return DEACTIVATED
    if role.name != user.role.name:
        return ANOTHER_ROLE
    return TIME_BOX if ends_at is not None else ""


def end_meant(user: User, role: Role | None, time_box: TimeBox | None) -> datetime | None:
    """Say when a role ends after a change: as the change says, else never for another role, and as before for the same."""
    if time_box is not None:
        return time_box.ends_at
    return None if role is not None and role.name != user.role.name else user.ends_at


def missing_to_give(author: User, record_id: str, *, was: Role, role: Role) -> Permission | None:
    """Name the permission that somebody lacks to give a user another role; None where they may: nobody makes themselves mightier."""
    is_mighty = any(one.allows(Permission.MANAGE_PEOPLE) for one in (was, role))
    needed = Permission.ADMINISTER if is_mighty or author.id == record_id else Permission.MANAGE_PEOPLE
    return None if author.is_active and author.role.allows(needed) else needed


def role_not_given(author: User, permission: Permission, *, name: str, role: str) -> Problem:
    """Say that somebody may not give a user a role."""
    facts = {
        "role": role,
        "act": f"be given to {name}",
        "said": f"{author.name} has the role {author.role.name}, which lacks the permission “{permission.value}” for it.",
        "remedy": f"Somebody with the permission “{permission.value}” gives the role, or makes the change.",
    }
    return Problem(code="SB-ROLE-001", facts=facts)


def role_unknown(role: str, names: Sequence[str]) -> Problem:
    """Say that there is no role of a name; `names` are those that there are."""
    facts = {
        "role": role,
        "act": "be given",
        "said": f"There is no role of this name in the company; there are {', '.join(names)}.",
        "remedy": "Choose one of them, or add the role first.",
    }
    return Problem(code="SB-ROLE-001", facts=facts)


def integration_user_stays(name: str, act: str) -> Problem:
    """Say that a change would take from the integration user what it needs."""
    return Problem(code="SB-USER-001", facts={"name": name, "act": act})


def last_administrator_stays(name: str, act: str) -> Problem:
    """Say that a change would leave the company without anybody who could let others in."""
    return Problem(code="SB-USER-002", facts={"name": name, "act": act})


def require_eligible(user: User | None) -> User:
    """Give a user who can be the integration user; None is nobody of the company. Raise `RecordRefusedError` SB-USER-003 for any other."""
    if user is not None and user.is_administrator and user.ends_at is None:
        return user
    if user is None:
        name, said = "This user", "There is no such user in the company."
    else:
        name = user.name
        said = _why_not(user)
    raise RecordRefusedError(Problem(code="SB-USER-003", facts={"name": name, "said": said}))


def _why_not(user: User) -> str:
    if not user.is_active:
        return f"{user.name} is inactive."
    if user.ends_at is not None and user.is_administrator:
        return f"{user.name} has the role {user.role.name} for a time only."
    return f"{user.name} has the role {user.role.name}."


def changed_meanwhile(name: str) -> Problem:
    """Say that somebody else was quicker."""
    return Problem(code="SB-USER-004", facts={"name": name})
