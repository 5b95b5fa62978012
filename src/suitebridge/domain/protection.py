"""What the integration user and the last active administrator may not lose, whichever door the change comes through (design §4).

The database decides the same with triggers; these words come earlier, and name the person.
"""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import Permission, Role, User

DEACTIVATED = "be deactivated"
ANOTHER_ROLE = "be given another role"


def refuse(
    user: User, *, role: Role, is_active: bool, integration_user_id: str, administrators: Sequence[User]
) -> Problem | None:
    """Say why a user may not get this role and activity, if it is so; `administrators` are the active ones."""
    act = _loss(user, role=role, is_active=is_active)
    if act and user.id == integration_user_id:
        return integration_user_stays(user.name, act)
    stays = is_active and Permission.ADMINISTER in role.permissions
    if act and user.is_administrator and not stays and all(one.id == user.id for one in administrators):
        return last_administrator_stays(user.name, act)
    return None


def _loss(user: User, *, role: Role, is_active: bool) -> str:
    if user.is_active and not is_active:
        return DEACTIVATED
    return ANOTHER_ROLE if role.name != user.role.name else ""


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
    if user is not None and user.is_administrator:
        return user
    if user is None:
        name, said = "This user", "There is no such user in the company."
    else:
        name = user.name
        said = f"{name} has the role {user.role.name}." if user.is_active else f"{name} is inactive."
    raise RecordRefusedError(Problem(code="SB-USER-003", facts={"name": name, "said": said}))


def changed_meanwhile(name: str) -> Problem:
    """Say that somebody else was quicker."""
    return Problem(code="SB-USER-004", facts={"name": name})
