"""Users. A user is an employee record; a person row beside it says that, and how, it may sign in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from suitebridge.adapters.store import record_writes
from suitebridge.adapters.store.beside import EMPLOYEE_TYPE, UNUSABLE
from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.encoding import Stored, load
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.promotion import TITLE_LENGTH
from suitebridge.adapters.store.roles import held_role, save_roles
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import Passwords
from suitebridge.adapters.store.texts import literal, moment, number_of
from suitebridge.domain import protection
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Role, Stamp, User
from suitebridge.domain.values import Fields
from suitebridge.ports.clock import Clock
from suitebridge.ports.people import PersonCard, PersonChange
from suitebridge.ports.transactions import NewRecord, RecordChange

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
        return active_administrators(self._scope)

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
            _refuse_taken(self._scope, user_id)
            (record_id,) = ledger.reserve(1)
            author = stamp or Stamp(author_id=record_id, author_name=_full_name(first, last, user_id), door=Door.SETUP)
            fields: Fields = {"nickname": user_id, "first": first, "last": last, "email": email, "active": True}
            new = NewRecord(type=EMPLOYEE_TYPE, id=record_id, fields=fields)
            record_writes.create(self._scope, ledger, [new], author)
            save_roles(self._scope, (role,))
            save_sign_in(self._scope, record_id, role=role.name, password=encoded)
            subject = Event(
                name=EventName.USER_ADDED, subject_type=EMPLOYEE_TYPE, subject_id=record_id, subject=user_id
            )
            ledger.append([subject], author)
        user = self.by_record(record_id)
        if user is None:
            raise LookupError(f"The user {user_id} was removed while being added.")
        return user

    def card(self, record_id: str) -> PersonCard | None:
        """Show one user."""
        cards = self._cards("r.number = %s", (number_of(record_id) or 0,), limit=1)
        return cards[0] if cards else None

    def page(self, *, text: str = "", after_id: str = "", limit: int = 50) -> Sequence[PersonCard]:
        """List users by id, after one; `text` searches the user id."""
        where, parameters = ["r.number > %s"], list[Parameter]([number_of(after_id) or 0])
        if text.strip():
            where.append("r.title_key LIKE %s ESCAPE '\\'")
            parameters.append(f"%{literal(text.strip().casefold()[:TITLE_LENGTH])}%")
        return self._cards(" AND ".join(where), parameters, limit=limit)

    def _cards(self, where: str, parameters: Sequence[Parameter], *, limit: int) -> list[PersonCard]:
        rows = self._scope.select(
            "store_record",
            f"{_READ}, r.revision, p.last_login, i.expires_at",
            joins=_JOINS.format(side="LEFT")
            + " LEFT JOIN store_invitation i ON i.company_id = r.company_id AND i.number = r.number",
            where=f"r.type = %s AND {where}",
            parameters=(EMPLOYEE_TYPE, *parameters),
            tail=f"ORDER BY r.number LIMIT {int(limit)}",
        )
        return [_card(row) for row in rows]

    def change(self, record_id: str, change: PersonChange, *, version: str, stamp: Stamp) -> PersonCard:
        """Change a user with the trail's entries in one transaction. Raises what `ports.people.People.change` says."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            card = self.card(record_id)
            if card is None:
                raise LookupError(f"There is no user with the record id {record_id}.")
            if version not in ("", card.version):
                raise RecordRefusedError(protection.changed_meanwhile(card.user.name))
            self._refuse(card, change)
            steps = _steps(card, change)
            if steps:
                wanted = RecordChange(type=EMPLOYEE_TYPE, id=record_id, version="", changes=steps)
                record_writes.change(self._scope, ledger, [wanted], stamp)
            if change.role is not None and change.role.name != card.user.role.name:
                self._give(card, change.role, ledger)
                ledger.append([self._told(card, change.role)], stamp)
        changed = self.card(record_id)
        if changed is None:
            raise LookupError(f"The user {record_id} was removed while being changed.")
        return changed

    def _refuse(self, card: PersonCard, change: PersonChange) -> None:
        """Say with the person's name what the database would refuse without it."""
        if change.user_id is not None and change.user_id.casefold() != card.user.user_id.casefold():
            _refuse_taken(self._scope, change.user_id)
        problem = protection.refuse(
            card.user,
            role=change.role or card.user.role,
            is_active=card.user.is_active if change.is_active is None else change.is_active,
            integration_user_id=integration_user_id(self._scope),
            administrators=self.administrators(),
        )
        if problem is not None:
            raise RecordRefusedError(problem)

    def _give(self, card: PersonCard, role: Role, ledger: Ledger) -> None:
        save_roles(self._scope, (role,))
        save_sign_in(self._scope, card.user.id, role=role.name, password=self._passwords.hash(None))
        where = "type = %s AND number = %s"
        parameters = (ledger.at, EMPLOYEE_TYPE, int(card.user.id))
        self._scope.set("store_record", "revision = revision + 1, updated_at = %s", where=where, parameters=parameters)

    def check_password(self, user_id: str, password: Secret) -> User | None:
        """Give the active user whose password this is; takes as long for unknown users."""
        found = sign_in(self._scope, self._passwords, user_id, password)
        return found.user if found is not None else None

    def _told(self, card: PersonCard, role: Role) -> Event:
        return Event(
            name=EventName.USER_CHANGED,
            subject_type=EMPLOYEE_TYPE,
            subject_id=card.user.id,
            subject=card.user.user_id,
            changes=(Change(field="role", before=card.user.role.name, after=role.name),),
        )


def _refuse_taken(scope: CompanyScope, user_id: str) -> None:
    if not user_id.strip():
        raise ValueError("A user needs a user ID to sign in with.")
    if _by_user_id(scope, user_id) is not None:
        raise ValueError(f"There is a user {user_id} already. Choose another user ID.")


def _steps(card: PersonCard, change: PersonChange) -> tuple[Change, ...]:
    wanted = (
        ("nickname", card.user.user_id, change.user_id),
        ("first", card.first, change.first),
        ("last", card.last, change.last),
        ("email", card.email, change.email),
        ("active", card.user.is_active, change.is_active),
    )
    return tuple(
        Change(field=name, before=before, after=after)
        for name, before, after in wanted
        if after is not None and after != before
    )


def integration_user_id(scope: CompanyScope) -> str:
    """Give the record id of the integration user, "" for none."""
    rows = scope.select("store_connection", "r.integration_user_id")
    return str(rows[0][0]) if rows else ""


def active_administrators(scope: CompanyScope) -> tuple[User, ...]:
    """List active administrators, longest-standing first."""
    found = _found(scope, "r.active = %s", (True,), side="INNER")
    return tuple(part.user for part in found if part.user.is_administrator)


def save_sign_in(scope: CompanyScope, record_id: str, *, role: str, password: str) -> None:
    """Add the person row of an employee; one that is there gets the role and keeps its password."""
    scope.insert(
        "store_person",
        ("number", "role", "password", "sign_in"),
        [(int(record_id), role, password, f"{scope.company_id}/{record_id}")],
        conflict="ON CONFLICT (company_id, number) DO UPDATE SET role = excluded.role",
    )


def user_by_number(scope: CompanyScope, number: int) -> User | None:
    """Find a user by the number of the employee record."""
    found = _found(scope, "r.number = %s", (number,))
    return found[0].user if found else None


def users_by_number(scope: CompanyScope, numbers: Sequence[int]) -> Mapping[str, User]:
    """Find users by the numbers of their employee records; give them by record id."""
    where, parameter = scope.among_numbers("r.number", numbers)
    return {part.user.id: part.user for part in _found(scope, where, (parameter,))}


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
        parameters=(EMPLOYEE_TYPE, *parameters),
        tail="ORDER BY p.id, r.number",
    )
    return [_sign_in(row) for row in rows]


def _sign_in(row: tuple[Cell, ...]) -> SignIn:
    number, data, active, person_id, role, permissions, password = row
    stored = load(data)
    user_id = _text(stored, "nickname")
    user = User(
        id=str(number),
        user_id=user_id,
        name=_full_name(_text(stored, "first"), _text(stored, "last"), user_id),
        role=held_role(role, permissions),
        is_active=bool(active),
    )
    return SignIn(
        user=user,
        person_id=person_id if isinstance(person_id, int) else None,
        password=password if isinstance(password, str) else None,
    )


def _card(row: tuple[Cell, ...]) -> PersonCard:
    *known, revision, signed_in_at, invited_until = row
    found = _sign_in(tuple(known))
    stored = load(row[1])
    return PersonCard(
        user=found.user,
        first=_text(stored, "first"),
        last=_text(stored, "last"),
        email=_text(stored, "email"),
        version=str(revision),
        has_password=bool(found.password) and not str(found.password).startswith(UNUSABLE),
        signed_in_at=moment(signed_in_at) if signed_in_at is not None else None,
        invited_until=moment(invited_until) if invited_until is not None else None,
    )


def _text(stored: Stored, name: str) -> str:
    value = stored.get(name)
    return value if isinstance(value, str) else ""


def _full_name(first: str, last: str, user_id: str) -> str:
    return f"{first} {last}".strip() or user_id
