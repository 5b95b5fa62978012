"""Roles: the standard ones, the optional ones that keep duties apart, and a company's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suitebridge.administration.permitting import require
from suitebridge.domain.duties import object_to
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import OPTIONAL_ROLES, STANDARD_ROLES, Permission, Role, Stamp, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import RoleCard

MOST_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """What was typed into the form of a role. `reason` is needed for duties that the company keeps apart (quality.md D01)."""

    name: str
    permissions: frozenset[Permission]
    views: frozenset[str] = frozenset()
    modifies: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleList:
    """The roles of a company, and the optional ones that are off; whether duties in one hand are refused."""

    roles: Sequence[RoleCard]
    off: Sequence[Role]
    keeps_duties_apart: bool = False


def list_roles(store: CompanyStore, *, acting: User) -> RoleList:
    """List the roles. Raise `RunStoppedError` SB-AUTH-001 for who may not manage users."""
    require(acting, Permission.MANAGE_PEOPLE, "see the roles")
    roles = store.roles.all()
    names = {card.role.name.casefold() for card in roles}
    return RoleList(
        roles=roles,
        off=[role for role in OPTIONAL_ROLES if role.name.casefold() not in names],
        keeps_duties_apart=store.roles.keep_duties_apart(),
    )


def settle_duties(store: CompanyStore, *, is_on: bool, acting: User, stamp: Stamp) -> None:
    """Decide whether duties in one hand are refused from now on. Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators."""
    require(acting, Permission.ADMINISTER, "decide whether duties are kept apart")
    store.roles.set_duties_apart(is_on=is_on, stamp=stamp)


def turn_on_role(store: CompanyStore, name: str, *, acting: User, stamp: Stamp) -> Role:
    """Turn an optional role on. Raise `RecordRefusedError` SB-ROLE-001 where there is none of that name or it is on, SB-AUTH-001."""
    require(acting, Permission.ADMINISTER, "turn a role on")
    role = next((role for role in OPTIONAL_ROLES if role.name.casefold() == name.strip().casefold()), None)
    if role is None:
        names = ", ".join(role.name for role in OPTIONAL_ROLES)
        raise _refused(name, "be turned on", "It is no optional role.", f"Choose one of {names}, or add a role.")
    store.roles.save(role, was=None, reason="", stamp=stamp)
    return role


def save_role(
    store: CompanyStore,
    entry: RoleEntry,
    *,
    was: Role | None,
    record_types: Iterable[str],
    acting: User,
    stamp: Stamp,
) -> Role:
    """Add a role (`was` is None) or change one that was as given; `record_types` are the known ones.

    Raise `RecordRefusedError` SB-ROLE-001 with everything that is wrong, SB-DUTY-001, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, Permission.ADMINISTER, "change a role")
    role = Role(name=entry.name.strip(), permissions=entry.permissions, views=entry.views, modifies=entry.modifies)
    objections = _objections(role, was, frozenset(record_types))
    if objections:
        raise _refused(role.name, "be saved", " ".join(objections), "Correct the role, and save again.")
    problem, reason = object_to(role, "be saved"), entry.reason.strip()
    if problem is not None and not reason and store.roles.keep_duties_apart():
        raise RecordRefusedError(problem)
    store.roles.save(role, was=was, reason=reason if problem is not None else "", stamp=stamp)
    return role


def remove_role(store: CompanyStore, name: str, *, acting: User, stamp: Stamp) -> None:
    """Remove a role, or turn an optional one off. Raise `RecordRefusedError` SB-ROLE-001 while somebody holds it, SB-AUTH-001."""
    require(acting, Permission.ADMINISTER, "remove a role")
    if _is_standard(name):
        raise _refused(name, "be removed", "It is a standard role.", "Leave it as it is.")
    store.roles.remove(name, stamp=stamp)


def _objections(role: Role, was: Role | None, record_types: frozenset[str]) -> list[str]:
    found: list[str] = []
    if not role.name or len(role.name) > MOST_CHARACTERS:
        found.append(f"A role needs a name of at most {MOST_CHARACTERS} characters.")
    if _is_standard(role.name) or (was is not None and _is_standard(was.name)):
        found.append("The standard roles cannot be changed.")
    if was is not None and was.name != role.name:
        found.append("A role keeps its name.")
    if Permission.ADMINISTER in role.permissions:
        found.append(f"“{Permission.ADMINISTER.value}” belongs to the role Administrator alone.")
    unknown = sorted((role.views | role.modifies) - record_types)
    if unknown:
        found.append(f"There is no record type {', '.join(unknown)}.")
    return found


def _is_standard(name: str) -> bool:
    return any(role.name.casefold() == name.strip().casefold() for role in STANDARD_ROLES)


def _refused(role: str, act: str, said: str, remedy: str) -> RecordRefusedError:
    facts = {"role": role, "act": act, "said": said, "remedy": remedy}
    return RecordRefusedError(Problem(code="SB-ROLE-001", facts=facts))
