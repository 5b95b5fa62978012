"""What the store in memory refuses to do to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from suitebridge.domain import protection
from suitebridge.domain.duties import object_to
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import EMPLOYEE, Stamp, User
from suitebridge.domain.values import Value
from suitebridge.ports.transactions import NewRecord, RecordChange, RefusedField

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


def guard(store: MemoryStore, before: Mapping[str, User], chosen_before: str) -> None:
    """Decide at the end of a unit of work what the triggers of a real store decide, and end access as they do."""
    after = {user.id: user for user in store.people.users()}
    chosen = store.state.connection.shown.integration_user_id if store.state.connection else ""
    if chosen and chosen != chosen_before:
        protection.require_eligible(after.get(chosen))
    had_administrator = any(user.is_administrator for user in before.values())
    for own, was in before.items():
        now = after[own]
        act = protection.DEACTIVATED if was.is_active and not now.is_active else ""
        act = act or (protection.ANOTHER_ROLE if was.role.name != now.role.name else "")
        if not act:
            continue
        if own == chosen:
            raise RecordRefusedError(protection.integration_user_stays(was.name, act))
        if had_administrator and was.is_administrator and not any(one.is_administrator for one in after.values()):
            raise RecordRefusedError(protection.last_administrator_stays(was.name, act))
        store.tokens.drop(own)
        store.sessions.drop(own)
        store.state.invitations.pop(own, None)


def refused_fields(
    store: MemoryStore, writes: Sequence[NewRecord | RecordChange], stamp: Stamp
) -> Mapping[str, tuple[RefusedField, ...]]:
    """Say which fields `guard` and `require_roles` would refuse."""
    wanted = {write.id: _wanted(write) for write in writes if write.type == "employee"}
    refused = {own: [RefusedField(field="role", problem=problem)] for own, problem in _objections(store, wanted, stamp)}
    users = {user.id: user for user in store.people.users()}
    losing: dict[str, list[str]] = {}
    for own, fields in wanted.items():
        was, role = users.get(own), store.state.roles.get(str(fields.get("role") or EMPLOYEE.name))
        if "active" in fields and fields["active"] is not True:
            losing.setdefault(own, []).append("active")
        if was is not None and "role" in fields and own not in refused and role is not None and role != was.role:
            losing.setdefault(own, []).append("role")
    chosen = store.state.connection.shown.integration_user_id if store.state.connection else ""
    administrators = {user.id: user.name for user in store.people.administrators()}
    acts = {"active": protection.DEACTIVATED, "role": protection.ANOTHER_ROLE}
    if chosen in losing:
        refused.setdefault(chosen, []).extend(
            RefusedField(field=name, problem=protection.integration_user_stays(administrators[chosen], acts[name]))
            for name in losing[chosen]
        )
    if administrators and losing.keys() >= administrators.keys() and chosen not in administrators:
        own, name = next(iter(administrators.items()))
        refused.setdefault(own, []).extend(
            RefusedField(field=part, problem=protection.last_administrator_stays(name, acts[part]))
            for part in losing[own]
        )
    return {own: tuple(parts) for own, parts in refused.items()}


def require_roles(store: MemoryStore, writes: Sequence[NewRecord | RecordChange], stamp: Stamp) -> None:
    """Refuse a role that does not exist, or that the author may not give."""
    wanted = {write.id: _wanted(write) for write in writes if write.type == "employee"}
    for _, problem in _objections(store, wanted, stamp):
        raise RecordRefusedError(problem)


def _wanted(write: NewRecord | RecordChange) -> Mapping[str, Value]:
    return write.fields if isinstance(write, NewRecord) else {step.field: step.after for step in write.changes}


def _objections(
    store: MemoryStore, wanted: Mapping[str, Mapping[str, Value]], stamp: Stamp
) -> Iterator[tuple[str, Problem]]:
    nobody = User(id="", user_id="", name=stamp.author_name, role=EMPLOYEE, is_active=False)
    author = store.people.by_record(stamp.author_id) or nobody
    for own, fields in wanted.items():
        user, name = store.people.by_record(own), str(fields.get("role") or EMPLOYEE.name)
        was, role = user.role if user is not None else EMPLOYEE, store.state.roles.get(name)
        if "role" not in fields or name == was.name:
            continue
        if role is None:
            yield own, protection.role_unknown(name, sorted(store.state.roles))
        elif (missing := protection.missing_to_give(author, own, was=was, role=role)) is not None:
            told = user.name if user is not None else str(fields.get("nickname") or f"employee {own}")
            yield own, protection.role_not_given(author, missing, name=told, role=name)
        elif store.state.keeps_duties_apart and (together := object_to(role, "be given")) is not None:
            yield own, together
