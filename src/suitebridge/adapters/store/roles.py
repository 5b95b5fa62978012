"""The roles of a company: named sets of permissions, as a JSON list of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer
from suitebridge.domain.duties import clashes_of, tell
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import EMPLOYEE, Permission, Role, Stamp
from suitebridge.ports.clock import Clock
from suitebridge.ports.people import RoleCard

_VIEW: Final = "view:"
_MODIFY: Final = "modify:"


class StoredRoles:
    """The roles of one company; implements `ports.people.Roles`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def all(self) -> Sequence[RoleCard]:
        """List the roles by name."""
        holders = self._holders()
        roles = roles_by_name(self._scope).values()
        return [RoleCard(role=role, holders=holders.get(role.name, 0)) for role in roles]

    def get(self, name: str) -> Role | None:
        """Find a role by its name, whatever its case."""
        key = name.strip().casefold()
        return next((card.role for card in self.all() if card.role.name.casefold() == key), None)

    def save(self, role: Role, *, was: Role | None, reason: str, stamp: Stamp) -> None:
        """Store a role that was as given, with the trail's entry. Raise `RecordRefusedError` SB-ROLE-001 where it is not so."""
        if Permission.ADMINISTER in role.permissions:
            said = f"“{Permission.ADMINISTER.value}” belongs to the role Administrator alone."
            raise _refused(role.name, "be saved", said, "Leave this permission out.")
        with company_transaction(self._scope, self._clock.now()) as ledger:
            if self.get(role.name) != was:
                said = "It was added or changed by somebody else in the meantime."
                raise _refused(role.name, "be saved", said, "Look at its present state, then save again.")
            if was is None:
                save_roles(self._scope, (role,))
            else:
                parameters = (_words(role), was.name)
                self._scope.set("store_role", "permissions = %s", where="name = %s", parameters=parameters)
            told = [_told(EventName.ROLE_SAVED, role.name, was, role, reason)]
            if reason and clashes_of(role):
                told.append(_overridden(role, reason))
            ledger.append(told, stamp)

    def keep_duties_apart(self) -> bool:
        """Say whether the company refuses duties in one hand that should be two people's."""
        return self._scope.company_switch("keeps_duties_apart")

    def set_duties_apart(self, *, is_on: bool, stamp: Stamp) -> None:
        """Decide it, told in the trail; nothing is written where it is so already."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self.keep_duties_apart()
            if was is is_on:
                return
            self._scope.set_company_switch("keeps_duties_apart", is_on=is_on)
            change = Change(field="keep duties apart", before=was, after=is_on)
            company_id = self._scope.company_id
            ledger.append(
                [
                    Event(
                        name=EventName.DUTIES_SETTLED,
                        subject_type="company",
                        subject_id=company_id,
                        subject=company_id,
                        changes=(change,),
                    )
                ],
                stamp,
            )

    def remove(self, name: str, *, stamp: Stamp) -> None:
        """Remove a role that nobody holds. Raise `RecordRefusedError` SB-ROLE-001 for any other."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            role = self.get(name)
            if role is None:
                raise _refused(name, "be removed", "There is no role of this name.", "Look at the list of roles.")
            holders = self._holders().get(role.name, 0)
            if holders:
                said = f"{holders} users hold it." if holders > 1 else "One user holds it."
                raise _refused(role.name, "be removed", said, "Give them another role first.")
            self._scope.delete("store_role", where="name = %s", parameters=(role.name,))
            ledger.append([_told(EventName.ROLE_REMOVED, role.name, role, None, "")], stamp)

    def _holders(self) -> dict[str, int]:
        """Count the users of each role; employees who were never given one have the default."""
        rows = self._scope.select(
            "store_record",
            "COALESCE(p.role, %s), COUNT(*)",
            joins="LEFT JOIN store_person p ON p.company_id = r.company_id AND p.number = r.number",
            joined=(EMPLOYEE.name,),
            where="r.type = 'employee'",
            tail="GROUP BY p.role",
        )
        counts: dict[str, int] = {}
        for name, count in rows:
            counts[str(name)] = counts.get(str(name), 0) + integer(count)
        return counts


def roles_by_name(scope: CompanyScope) -> Mapping[str, Role]:
    """Give the roles of a company."""
    rows = scope.select("store_role", "r.name, r.permissions", tail="ORDER BY r.name")
    return {str(name): held_role(name, permissions) for name, permissions in rows}


def save_roles(scope: CompanyScope, roles: Sequence[Role]) -> None:
    """Store roles that are not there yet."""
    rows = [(role.name, _words(role)) for role in roles]
    scope.insert("store_role", ("name", "permissions"), rows, conflict="ON CONFLICT (company_id, name) DO NOTHING")


def held_role(name: Cell, permissions: Cell) -> Role:
    """Read a role as it is stored; who has none has the default role."""
    if not isinstance(name, str) or not isinstance(permissions, str):
        return EMPLOYEE
    words = msgspec.json.decode(permissions, type=list[str])
    return Role(
        name=name,
        permissions=frozenset(Permission(word) for word in words if not word.startswith((_VIEW, _MODIFY))),
        views=frozenset(word.removeprefix(_VIEW) for word in words if word.startswith(_VIEW)),
        modifies=frozenset(word.removeprefix(_MODIFY) for word in words if word.startswith(_MODIFY)),
    )


def _words(role: Role) -> str:
    words = [permission.value for permission in role.permissions]
    words += [f"{_VIEW}{name}" for name in role.views]
    words += [f"{_MODIFY}{name}" for name in role.modifies]
    return msgspec.json.encode(sorted(words)).decode()


def _told(event: EventName, name: str, was: Role | None, role: Role | None, reason: str) -> Event:
    changes = [
        Change(field=field, before=before or None, after=after or None)
        for field, before, after in zip(("permissions", "views", "modifies"), _texts(was), _texts(role), strict=True)
        if before != after
    ]
    if reason:
        changes.append(Change(field="reason", before=None, after=reason))
    return Event(name=event, subject_type="role", subject_id=name, subject=name, changes=tuple(changes))


def _overridden(role: Role, reason: str) -> Event:
    changes = (
        Change(field="duties", before=None, after=tell(clashes_of(role))),
        Change(field="reason", before=None, after=reason),
    )
    return Event(
        name=EventName.DUTIES_OVERRIDDEN, subject_type="role", subject_id=role.name, subject=role.name, changes=changes
    )


def _texts(role: Role | None) -> tuple[str, str, str]:
    if role is None:
        return ("", "", "")
    permissions = sorted(permission.value for permission in role.permissions)
    return ", ".join(permissions), ", ".join(sorted(role.views)), ", ".join(sorted(role.modifies))


def _refused(role: str, act: str, said: str, remedy: str) -> RecordRefusedError:
    facts = {"role": role, "act": act, "said": said, "remedy": remedy}
    return RecordRefusedError(Problem(code="SB-ROLE-001", facts=facts))
