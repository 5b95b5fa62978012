"""What the store refuses to do to people: what the database's guards decide (migration 0004), and who may give which role.

Whoever asks first can leave a field out, or name the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from suitebridge.adapters.store.beside import EMPLOYEE_TYPE, ROLE, role_meant
from suitebridge.adapters.store.people import (
    active_administrators,
    integration_user_id,
    user_by_number,
    users_by_number,
)
from suitebridge.adapters.store.roles import roles_by_name
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.duties import object_to
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import EMPLOYEE, Permission, Role, Stamp, User
from suitebridge.domain.protection import (
    ANOTHER_ROLE,
    DEACTIVATED,
    integration_user_stays,
    last_administrator_stays,
    missing_to_give,
    role_not_given,
    role_unknown,
)
from suitebridge.domain.values import Value
from suitebridge.ports.transactions import NewRecord, RecordChange, RefusedField

_ACTIVE: Final = "active"
_ACTS: Final = {_ACTIVE: DEACTIVATED, ROLE: ANOTHER_ROLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gift:
    """A role that somebody is about to be given."""

    record_id: str
    name: str
    was: Role
    role: Role | None
    asked: str


def refused_fields(
    scope: CompanyScope, writes: Sequence[NewRecord | RecordChange], stamp: Stamp
) -> Mapping[str, tuple[RefusedField, ...]]:
    """Find the fields that would be refused, by record id."""
    wanted = {write.id: _wanted(write) for write in writes if write.type == EMPLOYEE_TYPE}
    gifts = list(_gifts(scope, wanted))
    refused = {own: (RefusedField(field=ROLE, problem=problem),) for own, problem in _objections(scope, gifts, stamp)}
    leaving: dict[str, set[str]] = {}
    for own, fields in wanted.items():
        if _ACTIVE in fields and fields[_ACTIVE] is not True:
            leaving.setdefault(own, set()).add(_ACTIVE)
    for gift in gifts:
        if gift.record_id not in refused:
            leaving.setdefault(gift.record_id, set()).add(ROLE)
    for own, problems in _kept(scope, leaving, gifts):
        refused[own] = (*refused.get(own, ()), *problems)
    return refused


def require_roles(scope: CompanyScope, writes: Sequence[NewRecord | RecordChange], stamp: Stamp) -> None:
    """Raise `RecordRefusedError` SB-ROLE-001 for a role that does not exist, or that the author may not give."""
    wanted = {write.id: _wanted(write) for write in writes if write.type == EMPLOYEE_TYPE}
    for _, problem in _objections(scope, list(_gifts(scope, wanted)), stamp):
        raise RecordRefusedError(problem)


def _wanted(write: NewRecord | RecordChange) -> Mapping[str, Value]:
    return write.fields if isinstance(write, NewRecord) else {step.field: step.after for step in write.changes}


def _gifts(scope: CompanyScope, wanted: Mapping[str, Mapping[str, Value]]) -> Iterator[_Gift]:
    """Find who would get another role than they have; new employees have the default one."""
    asked = {own: role_meant(fields[ROLE]) for own, fields in wanted.items() if ROLE in fields}
    if not asked:
        return
    known = users_by_number(scope, [number for own in asked if (number := number_of(own)) is not None])
    roles = roles_by_name(scope)
    for own, name in asked.items():
        user = known.get(own)
        was = user.role if user is not None else EMPLOYEE
        if name != was.name:
            told = user.name if user is not None else str(wanted[own].get("nickname") or f"employee {own}")
            yield _Gift(record_id=own, name=told, was=was, role=roles.get(name), asked=name)


def _objections(scope: CompanyScope, gifts: Sequence[_Gift], stamp: Stamp) -> Iterator[tuple[str, Problem]]:
    if not gifts:
        return
    author = user_by_number(scope, number_of(stamp.author_id) or 0)
    giver = author or User(id="", user_id="", name=stamp.author_name, role=EMPLOYEE, is_active=False)
    for gift in gifts:
        if gift.role is None:
            yield gift.record_id, role_unknown(gift.asked, sorted(roles_by_name(scope)))
            continue
        missing = missing_to_give(giver, gift.record_id, was=gift.was, role=gift.role)
        if missing is not None:
            yield gift.record_id, role_not_given(giver, missing, name=gift.name, role=gift.asked)
            continue
        together = object_to(gift.role, "be given") if scope.company_switch("keeps_duties_apart") else None
        if together is not None:
            # There is nobody here who could give a reason.
            yield gift.record_id, together


def _kept(
    scope: CompanyScope, leaving: Mapping[str, set[str]], gifts: Sequence[_Gift]
) -> Iterator[tuple[str, list[RefusedField]]]:
    """Keep the integration user as it is, and the longest-standing administrator where all of them would leave."""
    if not leaving:
        return
    administrators = {user.id: user.name for user in active_administrators(scope)}
    chosen = integration_user_id(scope)
    if chosen in leaving:
        name = administrators.get(chosen, chosen)
        yield (
            chosen,
            [
                RefusedField(field=field, problem=integration_user_stays(name, _ACTS[field]))
                for field in sorted(leaving[chosen])
            ],
        )
    mighty = {
        gift.record_id for gift in gifts if gift.role is not None and Permission.ADMINISTER in gift.role.permissions
    }
    lost = {own for own, fields in leaving.items() if _ACTIVE in fields or own not in mighty}
    if administrators and lost.issuperset(administrators) and chosen not in administrators:
        own, name = next(iter(administrators.items()))
        yield (
            own,
            [
                RefusedField(field=field, problem=last_administrator_stays(name, _ACTS[field]))
                for field in sorted(leaving[own])
            ],
        )
