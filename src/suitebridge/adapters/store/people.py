"""Users. A user is an employee record; a person row beside it says that, and how, it may sign in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from suitebridge.adapters.store import bindings, record_writes
from suitebridge.adapters.store.beside import EMPLOYEE_TYPE, UNUSABLE
from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.encoding import Stored, load
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.person_pages import cursor_of, listing
from suitebridge.adapters.store.promotion import TITLE_LENGTH
from suitebridge.adapters.store.roles import held_role, save_roles
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import Passwords
from suitebridge.adapters.store.texts import instant_text, moment, number_of
from suitebridge.domain import protection
from suitebridge.domain.bindings import BindingState
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Role, Stamp, User, as_of
from suitebridge.domain.values import Fields
from suitebridge.ports.clock import Clock
from suitebridge.ports.people import PersonCard, PersonChange, PersonPage, PersonQuery
from suitebridge.ports.transactions import NewRecord, RecordChange

_JOINS: Final = (
    "{side} JOIN store_person p ON p.company_id = r.company_id AND p.number = r.number "
    "LEFT JOIN store_role o ON o.company_id = r.company_id AND o.name = p.role"
)
_JOINS_CARD: Final = (
    _JOINS.format(side="LEFT") + " LEFT JOIN store_invitation i ON i.company_id = r.company_id AND i.number = r.number"
)
_READ: Final = "r.number, r.data, r.active, p.id, p.role, o.permissions, p.password, p.ends_at"
_READ_CARD: Final = f"{_READ}, r.revision, p.last_login, i.expires_at, p.duties_reason"


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
        return self._now(found.user) if found is not None else None

    def by_record(self, record_id: str) -> User | None:
        """Find a user by the id of the employee record."""
        user = user_by_number(self._scope, number_of(record_id) or 0)
        return self._now(user) if user is not None else None

    def by_netsuite(self, employee_id: str) -> User | None:
        """Find a user by the NetSuite employee that the integration bound to the employee record; an id that somebody typed there counts for nothing."""
        found = bindings.read(self._scope, EMPLOYEE_TYPE, EMPLOYEE_TYPE, "netsuite_id", [employee_id]).get(employee_id)
        return self.by_record(found.workspace_id) if found is not None and found.state is BindingState.BOUND else None

    def administrators(self) -> tuple[User, ...]:
        """List active administrators, longest-standing first; whoever is one for a time only is left out."""
        return active_administrators(self._scope)

    def _now(self, user: User) -> User:
        return as_of(user, self._clock.now())

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
        rows = self._scope.select(
            "store_record",
            _READ_CARD,
            joins=_JOINS_CARD,
            where="r.type = %s AND r.number = %s",
            parameters=(EMPLOYEE_TYPE, number_of(record_id) or 0),
        )
        return _card(rows[0], self._clock.now()) if rows else None

    def page(self, query: PersonQuery) -> PersonPage:
        """List users. Raise `ValueError` for a cursor that no page of this order has given."""
        wanted = listing(self._scope, query)
        rows = self._scope.select(
            "store_record",
            f"{_READ_CARD}, {wanted.key}",
            joins=_JOINS_CARD,
            where=f"r.type = %s AND {wanted.where}",
            parameters=(EMPLOYEE_TYPE, *wanted.parameters),
            tail=wanted.tail,
        )
        shown = rows[: query.limit]
        further = cursor_of(query, shown[-1][-1], shown[-1][0]) if len(rows) > len(shown) and shown else ""
        now = self._clock.now()
        return PersonPage(cards=tuple(_card(row[:-1], now) for row in shown), further=further)

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
            self._grant(card, change, ledger, stamp)
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
            ends_at=protection.end_meant(card.user, change.role, change.time_box),
            integration_user_id=integration_user_id(self._scope),
            administrators=self.administrators(),
        )
        if problem is not None:
            raise RecordRefusedError(problem)

    def _grant(self, card: PersonCard, change: PersonChange, ledger: Ledger, stamp: Stamp) -> None:
        """Give another role, move the end of the present one, or both; what the guards clear with another role is set after it."""
        user = card.user
        is_other = change.role is not None and change.role.name != user.role.name
        ends_at = protection.end_meant(user, change.role, change.time_box)
        if not is_other and ends_at == user.ends_at:
            return
        role = change.role if change.role is not None else user.role
        save_sign_in(self._scope, user.id, role=role.name, password=self._passwords.hash(None))
        if is_other:
            save_roles(self._scope, (role,))
        kept = "" if is_other else card.duties_reason
        self._box(user.id, ends_at, change.duties_reason or kept)
        ledger.append(_granted(card, change, was=None if is_other else user.ends_at, ends_at=ends_at), stamp)
        where, parameters = "type = %s AND number = %s", (ledger.at, EMPLOYEE_TYPE, int(user.id))
        self._scope.set("store_record", "revision = revision + 1, updated_at = %s", where=where, parameters=parameters)

    def _box(self, record_id: str, ends_at: datetime | None, reason: str) -> None:
        end = instant_text(ends_at) if ends_at is not None else None
        parameters = (end, reason, int(record_id))
        self._scope.set("store_person", "ends_at = %s, duties_reason = %s", where="number = %s", parameters=parameters)

    def check_password(self, user_id: str, password: Secret, *, renews: bool = False) -> User | None:
        """Give the active user whose password this is; takes as long for unknown users."""
        found = sign_in(self._scope, self._passwords, user_id, password)
        if renews and found is not None:
            renew(self._scope, self._passwords, found, password)
        user = self._now(found.user) if found is not None else None
        return user if user is not None and user.may_sign_in else None


def _granted(card: PersonCard, change: PersonChange, *, was: datetime | None, ends_at: datetime | None) -> list[Event]:
    """Tell another role, its end, and why duties came into one hand."""
    role = (change.role or card.user.role).name
    found: list[tuple[EventName, tuple[Change, ...]]] = []
    if role != card.user.role.name:
        found.append((EventName.USER_CHANGED, (Change(field="role", before=card.user.role.name, after=role),)))
    if was != ends_at:
        found.append((EventName.ROLE_LIMITED, (Change(field="role ends", before=was, after=ends_at),)))
    if change.duties_reason:
        reason = Change(field="reason", before=None, after=change.duties_reason)
        found.append((EventName.DUTIES_OVERRIDDEN, (Change(field="role", before=None, after=role), reason)))
    who = card.user
    return [
        Event(name=name, subject_type=EMPLOYEE_TYPE, subject_id=who.id, subject=who.user_id, changes=changes)
        for name, changes in found
    ]


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
    """List active administrators, longest-standing first; whoever is one for a time only is left out."""
    found = _found(scope, "r.active = %s AND p.ends_at IS NULL", (True,), side="INNER")
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


def renew(scope: CompanyScope, passwords: Passwords, found: SignIn, password: Secret) -> None:
    """Store a hash at today's cost for a password that was right, unless somebody has just set another one (quality.md S02)."""
    encoded = passwords.renewed(password, found.password) if found.password else None
    if encoded is not None:
        where, parameters = "number = %s AND password = %s", (encoded, int(found.user.id), found.password)
        scope.set("store_person", "password = %s", where=where, parameters=parameters)


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
    number, data, active, person_id, role, permissions, password, ends_at = row
    stored = load(data)
    user_id = _text(stored, "nickname")
    user = User(
        id=str(number),
        user_id=user_id,
        name=_full_name(_text(stored, "first"), _text(stored, "last"), user_id),
        role=held_role(role, permissions),
        is_active=bool(active),
        ends_at=moment(ends_at) if ends_at is not None else None,
    )
    return SignIn(
        user=user,
        person_id=person_id if isinstance(person_id, int) else None,
        password=password if isinstance(password, str) else None,
    )


def _card(row: tuple[Cell, ...], now: datetime) -> PersonCard:
    *known, revision, signed_in_at, invited_until, duties_reason = row
    found = _sign_in(tuple(known))
    stored = load(row[1])
    return PersonCard(
        user=as_of(found.user, now),
        first=_text(stored, "first"),
        last=_text(stored, "last"),
        email=_text(stored, "email"),
        version=str(revision),
        has_password=bool(found.password) and not str(found.password).startswith(UNUSABLE),
        signed_in_at=moment(signed_in_at) if signed_in_at is not None else None,
        invited_until=moment(invited_until) if invited_until is not None else None,
        duties_reason=str(duties_reason or ""),
    )


def _text(stored: Stored, name: str) -> str:
    value = stored.get(name)
    return value if isinstance(value, str) else ""


def _full_name(first: str, last: str, user_id: str) -> str:
    return f"{first} {last}".strip() or user_id
