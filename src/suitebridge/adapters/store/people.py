"""Users and roles. A user is an employee record; a person row beside it says that, and how, it may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from suitebridge.adapters.store import record_writes
from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.encoding import Stored, load
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.promotion import TITLE_LENGTH
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import Passwords
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import EMPLOYEE, Door, Permission, Role, Stamp, User
from suitebridge.domain.values import Fields
from suitebridge.ports.clock import Clock
from suitebridge.ports.transactions import NewRecord

_TYPE: Final = "employee"
_JOINS: Final = (
    "{side} JOIN store_person p ON p.company_id = r.company_id AND p.number = r.number "
    "LEFT JOIN store_role o ON o.company_id = r.company_id AND o.name = p.role"
)
_READ: Final = "r.number, r.data, r.active, p.id, p.role, o.permissions, p.password"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A user with what signing in needs: the key of the person row and the password's hash, both None for who has never had one."""

    user: User
    person_id: int | None
    password: str | None


class StoredPeople:
    """The users of one company; implements `ports.people.People`."""

    def __init__(self, scope: CompanyScope, clock: Clock, passwords: Passwords) -> None:
        self._scope = scope
        self._clock = clock
        self._passwords = passwords

    def get(self, user_id: str) -> User | None:
        """Find a user by the id they sign in with, whatever its case."""
        found = _by_user_id(self._scope, user_id)
        return found.user if found is not None else None

    def by_record(self, record_id: str) -> User | None:
        """Find a user by the id of the employee record."""
        return user_by_number(self._scope, number_of(record_id) or 0)

    def administrators(self) -> tuple[User, ...]:
        """List active administrators, longest-standing first."""
        found = _found(self._scope, "r.active = %s", (True,), side="INNER")
        return tuple(part.user for part in found if part.user.is_administrator)

    def add(
        self,
        *,
        user_id: str,
        first: str,
        last: str,
        email: str,
        role: Role,
        password: Secret | None,
        stamp: Stamp | None,
    ) -> User:
        """Create a user with the employee record behind it. Raise `ValueError` for a taken id or a weak password."""
        if not user_id.strip():
            raise ValueError("A user needs a user ID to sign in with.")
        encoded = self._passwords.hash(password)
        with company_transaction(self._scope, self._clock.now()) as ledger:
            if _by_user_id(self._scope, user_id) is not None:
                raise ValueError(f"There is a user {user_id} already. Choose another user ID.")
            (record_id,) = ledger.reserve(1)
            author = stamp or Stamp(author_id=record_id, author_name=_full_name(first, last, user_id), door=Door.SETUP)
            fields: Fields = {"nickname": user_id, "first": first, "last": last, "email": email, "active": True}
            new = NewRecord(type=_TYPE, id=record_id, fields=fields)
            record_writes.create(self._scope, ledger, [new], author)
            self._admit(ledger, record_id, role, encoded)
            subject = Event(name=EventName.USER_ADDED, subject_type=_TYPE, subject_id=record_id, subject=user_id)
            ledger.append([subject], author)
        user = self.by_record(record_id)
        if user is None:
            raise LookupError(f"The user {user_id} was removed while being added.")
        return user

    def check_password(self, user_id: str, password: Secret) -> User | None:
        """Give the active user whose password this is; takes as long for unknown users."""
        found = sign_in(self._scope, self._passwords, user_id, password)
        return found.user if found is not None else None

    def _admit(self, ledger: Ledger, record_id: str, role: Role, encoded: str) -> None:
        save_roles(self._scope, (role,))
        sign_in = f"{self._scope.company_id}/{record_id}"
        self._scope.insert(
            "store_person",
            ("number", "role", "password", "sign_in"),
            [(int(record_id), role.name, encoded, sign_in)],
        )


def user_by_number(scope: CompanyScope, number: int) -> User | None:
    """Find a user by the number of the employee record."""
    found = _found(scope, "r.number = %s", (number,))
    return found[0].user if found else None


def sign_in(scope: CompanyScope, passwords: Passwords, user_id: str, password: Secret) -> SignIn | None:
    """Give the active user whose password this is, with the person row behind it; takes as long for unknown users."""
    known = _by_user_id(scope, user_id)
    fits = passwords.fits(password, known.password if known is not None else None)
    return known if known is not None and fits and known.user.is_active else None


def _by_user_id(scope: CompanyScope, user_id: str) -> SignIn | None:
    key = user_id.strip().casefold()
    found = _found(scope, "r.title_key = %s", (key[:TITLE_LENGTH],)) if key else []
    exact = [part for part in found if part.user.user_id.casefold() == key]
    # Who may sign in comes before a record that merely carries the same name.
    exact.sort(key=lambda part: part.person_id is None)
    return exact[0] if exact else None


def _found(scope: CompanyScope, where: str, parameters: Sequence[Parameter], *, side: str = "LEFT") -> list[SignIn]:
    rows = scope.select(
        "store_record",
        _READ,
        joins=_JOINS.format(side=side),
        where=f"r.type = %s AND {where}",
        parameters=(_TYPE, *parameters),
        tail="ORDER BY p.id, r.number",
    )
    return [_sign_in(row) for row in rows]


def save_roles(scope: CompanyScope, roles: Sequence[Role]) -> None:
    """Store roles that are not there yet."""
    rows = [(role.name, _permissions_text(role)) for role in roles]
    scope.insert("store_role", ("name", "permissions"), rows, conflict="ON CONFLICT (company_id, name) DO NOTHING")


def _permissions_text(role: Role) -> str:
    return msgspec.json.encode(sorted(permission.value for permission in role.permissions)).decode()


def _sign_in(row: tuple[Cell, ...]) -> SignIn:
    number, data, active, person_id, role, permissions, password = row
    stored = load(data)
    user_id = _text(stored, "nickname")
    user = User(
        id=str(number),
        user_id=user_id,
        name=_full_name(_text(stored, "first"), _text(stored, "last"), user_id),
        role=_role(role, permissions),
        is_active=bool(active),
    )
    return SignIn(
        user=user,
        person_id=person_id if isinstance(person_id, int) else None,
        password=password if isinstance(password, str) else None,
    )


def _role(name: Cell, permissions: Cell) -> Role:
    if not isinstance(name, str) or not isinstance(permissions, str):
        return EMPLOYEE
    words = msgspec.json.decode(permissions, type=list[str])
    return Role(name=name, permissions=frozenset(Permission(word) for word in words))


def _text(stored: Stored, name: str) -> str:
    value = stored.get(name)
    return value if isinstance(value, str) else ""


def _full_name(first: str, last: str, user_id: str) -> str:
    return f"{first} {last}".strip() or user_id
