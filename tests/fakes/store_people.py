"""Users, roles and tokens of the store in memory; nothing is hashed or sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from suitebridge.domain import protection
from suitebridge.domain.bindings import BindingState
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import EMPLOYEE, STANDARD_ROLES, Door, Permission, Role, Stamp, User, as_of
from suitebridge.domain.scopes import EVERY_SCOPE, Scope, names_of
from suitebridge.domain.values import Fields
from suitebridge.ports.people import PersonCard, PersonChange, PersonPage, PersonQuery, RoleCard
from suitebridge.ports.tokens import USE_NOTED_EVERY, TokenCard, TokenUse
from suitebridge.ports.transactions import NewRecord, RecordChange, UnitOfWork
from suitebridge.ports.workspace import RecordQuery
from tests.fakes.store_boxes import page_of, set_box

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


def check_new_password(password: Secret) -> None:
    """Raise `ValueError` for a password that is too short."""
    if len(password.reveal()) < 8:
        raise ValueError("This password is too short. It must contain at least 8 characters.")


class MemoryPeople:
    """Users; passwords are kept as they are."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self, user_id: str) -> User | None:
        key = user_id.strip().casefold()
        users = [self._now(user) for user in self.users() if user.user_id.casefold() == key]
        return next(iter(sorted(users, key=lambda user: int(user.id) not in self._store.state.people)), None)

    def by_record(self, record_id: str) -> User | None:
        return next((self._now(user) for user in self.users() if user.id == record_id), None)

    def _now(self, user: User) -> User:
        return as_of(user, self._store.clock.now())

    def by_netsuite(self, employee_id: str) -> User | None:
        found = self._store.runs.bindings_by_netsuite("employee", "employee", [employee_id]).get(employee_id)
        return self.by_record(found.workspace_id) if found is not None and found.state is BindingState.BOUND else None

    def administrators(self) -> tuple[User, ...]:
        by_number = {int(user.id): user for user in self.users()}
        held = (by_number[number] for number in self._store.state.people)
        return tuple(user for user in held if user.is_administrator and user.ends_at is None)

    def card(self, record_id: str) -> PersonCard | None:
        found = next((card for card in self._cards() if card.user.id == record_id), None)
        return replace(found, user=self._now(found.user)) if found is not None else None

    def page(self, query: PersonQuery) -> PersonPage:
        return page_of([replace(card, user=self._now(card.user)) for card in self._cards()], query)

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
        self._refuse_taken(user_id)
        if password is not None:
            check_new_password(password)
        with self._store.begin() as unit:
            (record_id,) = unit.reserve_ids(1)
            author = stamp or Stamp(author_id=record_id, author_name=f"{first} {last}".strip(), door=Door.SETUP)
            fields: Fields = {"nickname": user_id, "first": first, "last": last, "email": email, "active": True}
            unit.create_records([NewRecord(type="employee", id=record_id, fields=fields)], author)
            self._store.state.people[int(record_id)] = (role, password.reveal() if password else None)
            self._store.state.roles.setdefault(role.name, role)
            event = Event(name=EventName.USER_ADDED, subject_type="employee", subject_id=record_id, subject=user_id)
            unit.append_event(event, author)
        return next(user for user in self.users() if user.id == record_id)

    def change(self, record_id: str, change: PersonChange, *, version: str, stamp: Stamp) -> PersonCard:
        with self._store.begin() as unit:
            card = self.card(record_id)
            if card is None:
                raise LookupError(f"There is no user with the record id {record_id}.")
            if version not in ("", card.version):
                raise RecordRefusedError(protection.changed_meanwhile(card.user.name))
            if change.user_id is not None and change.user_id.casefold() != card.user.user_id.casefold():
                self._refuse_taken(change.user_id)
            steps = tuple(
                Change(field=name, before=None, after=after)
                for name, after in (
                    ("nickname", change.user_id),
                    ("first", change.first),
                    ("last", change.last),
                    ("email", change.email),
                    ("active", change.is_active),
                )
                if after is not None
            )
            unit.change_records([RecordChange(type="employee", id=record_id, version="", changes=steps)], stamp)
            if change.role is not None and change.role.name != card.user.role.name:
                self._give(card, change.role, unit, stamp)
            set_box(self._store, unit, card, change, stamp)
        changed = self.card(record_id)
        assert changed is not None
        return changed

    def _give(self, card: PersonCard, role: Role, unit: UnitOfWork, stamp: Stamp) -> None:
        state = self._store.state
        number = int(card.user.id)
        state.people[number] = (role, state.people.get(number, (EMPLOYEE, None))[1])
        revision, fields = state.records["employee", number]
        state.records["employee", number] = (revision + 1, fields)
        step = Change(field="role", before=card.user.role.name, after=role.name)
        self._tell(unit, EventName.USER_CHANGED, card.user, stamp, step)

    def invite(self, record_id: str, *, token: Secret, expires_at: datetime, ends_access: bool, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            user = self._known(record_id)
            if ends_access:
                self._keep_password(user, None)
            self._store.state.invitations[user.id] = (token, expires_at)
            self._tell(unit, EventName.USER_RESET if ends_access else EventName.USER_INVITED, user, stamp)

    def invited(self, token: Secret, *, at: datetime) -> User | None:
        for record_id, (kept, expires_at) in self._store.state.invitations.items():
            user = self.by_record(record_id)
            if kept == token and expires_at > at and user is not None and as_of(user, at).may_sign_in:
                return user
        return None

    def accept(self, token: Secret, password: Secret, *, at: datetime, stamp: Stamp) -> User:
        check_new_password(password)
        with self._store.begin() as unit:
            user = self.invited(token, at=at)
            if user is None:
                raise LookupError("This invitation is not good.")
            self._keep_password(user, password)
            self._tell(unit, EventName.USER_JOINED, user, stamp)
        return user

    def set_password(self, record_id: str, password: Secret, *, stamp: Stamp) -> None:
        check_new_password(password)
        with self._store.begin() as unit:
            user = self._known(record_id)
            self._keep_password(user, password)
            self._tell(unit, EventName.PASSWORD_CHANGED, user, stamp)

    def note_sign_in(self, record_id: str, *, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            user = self._known(record_id)
            self._store.state.signed_in[user.id] = self._store.clock.now()
            unit.append_event(
                Event(name=EventName.USER_SIGNED_IN, subject_type="user", subject_id=user.id, subject=user.user_id),
                stamp,
            )

    def end_access(self, record_id: str, *, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            user = self._known(record_id)
            self._store.tokens.drop(user.id)
            self._store.sessions.drop(user.id)
            self._tell(unit, EventName.ACCESS_ENDED, user, stamp)

    def check_password(self, user_id: str, password: Secret, *, renews: bool = False) -> User | None:
        _ = renews  # nothing is hashed here
        user = self.get(user_id)
        kept = self._store.state.people.get(int(user.id)) if user else None
        return user if user and user.may_sign_in and kept and kept[1] == password.reveal() else None

    def users(self) -> list[User]:
        """List everybody."""
        return [card.user for card in self._cards()]

    def _cards(self) -> list[PersonCard]:
        state = self._store.state
        cards = []
        for record in self._store.records.query(RecordQuery(record_type="employee", limit=10**9)):
            role, password = state.people.get(int(record.id), (EMPLOYEE, None))
            user_id, first, last, email = (
                str(record.fields.get(name) or "") for name in ("nickname", "first", "last", "email")
            )
            user = User(
                id=record.id,
                user_id=user_id,
                name=f"{first} {last}".strip() or user_id,
                role=state.roles.get(role.name, role),
                is_active=record.fields["active"] is True,
                ends_at=state.boxes.get(record.id, (None, ""))[0],
            )
            card = PersonCard(
                user=user,
                first=first,
                last=last,
                email=email,
                version=record.version,
                has_password=password is not None,
                signed_in_at=state.signed_in.get(user.id),
                invited_until=state.invitations[user.id][1] if user.id in state.invitations else None,
                duties_reason=state.boxes.get(record.id, (None, ""))[1],
            )
            cards.append(card)
        return cards

    def _refuse_taken(self, user_id: str) -> None:
        if not user_id.strip() or self.get(user_id) is not None:
            raise ValueError(f"There is a user {user_id} already. Choose another user ID.")

    def _known(self, record_id: str) -> User:
        user = self.by_record(record_id)
        if user is None:
            raise LookupError(f"There is no user with the record id {record_id}.")
        return user

    def _keep_password(self, user: User, password: Secret | None) -> None:
        role = self._store.state.people.get(int(user.id), (EMPLOYEE, None))[0]
        self._store.state.people[int(user.id)] = (role, password.reveal() if password else None)
        self._store.state.invitations.pop(user.id, None)
        self._store.tokens.drop(user.id)
        self._store.sessions.drop(user.id)

    def _tell(self, unit: UnitOfWork, name: EventName, user: User, stamp: Stamp, *changes: Change) -> None:
        event = Event(
            name=name, subject_type="employee", subject_id=user.id, subject=user.user_id, changes=tuple(changes)
        )
        unit.append_event(event, stamp)


class MemoryRoles:
    """Roles."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        store.state.roles.update({role.name: role for role in STANDARD_ROLES})

    def all(self) -> Sequence[RoleCard]:
        held = [user.role.name for user in self._store.people.users()]
        return [RoleCard(role=role, holders=held.count(name)) for name, role in sorted(self._store.state.roles.items())]

    def get(self, name: str) -> Role | None:
        key = name.strip().casefold()
        return next((role for role in self._store.state.roles.values() if role.name.casefold() == key), None)

    def save(self, role: Role, *, was: Role | None, reason: str, stamp: Stamp) -> None:
        if Permission.ADMINISTER in role.permissions:
            raise _refused(role.name, "be saved")
        with self._store.begin() as unit:
            if self.get(role.name) != was:
                raise _refused(role.name, "be saved")
            self._store.state.roles[role.name] = role
            change = Change(field="reason", before=None, after=reason)
            unit.append_event(
                Event(
                    name=EventName.ROLE_SAVED,
                    subject_type="role",
                    subject_id=role.name,
                    subject=role.name,
                    changes=(change,) if reason else (),
                ),
                stamp,
            )

    def keep_duties_apart(self) -> bool:
        return self._store.state.keeps_duties_apart

    def set_duties_apart(self, *, is_on: bool, stamp: Stamp) -> None:
        if is_on is self._store.state.keeps_duties_apart:
            return
        with self._store.begin() as unit:
            self._store.state.keeps_duties_apart = is_on
            own = self._store.company.id
            unit.append_event(
                Event(name=EventName.DUTIES_SETTLED, subject_type="company", subject_id=own, subject=own), stamp
            )

    def remove(self, name: str, *, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            role = self.get(name)
            if role is None or any(card.holders for card in self.all() if card.role == role):
                raise _refused(name, "be removed")
            del self._store.state.roles[role.name]
            event = Event(name=EventName.ROLE_REMOVED, subject_type="role", subject_id=name, subject=name)
            unit.append_event(event, stamp)


def _refused(role: str, act: str) -> RecordRefusedError:
    facts = {"role": role, "act": act, "said": "It is not so.", "remedy": "Look again."}
    return RecordRefusedError(Problem(code="SB-ROLE-001", facts=facts))


class MemoryTokens:
    """API tokens, kept as they are."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def issue(
        self,
        user: User,
        *,
        label: str,
        token: Secret,
        expires_at: datetime,
        scopes: frozenset[Scope] = EVERY_SCOPE,
        stamp: Stamp | None = None,
    ) -> TokenCard:
        state = self._store.state
        card = TokenCard(
            id=f"{len(state.tokens):016}",
            label=label,
            issued_at=self._store.clock.now(),
            expires_at=expires_at,
            scopes=scopes,
        )
        if stamp is not None:
            carried = Change(field="scopes", before=None, after=", ".join(names_of(scopes)))
            self._tell(EventName.TOKEN_ISSUED, user, label, stamp, carried)
        state.tokens[token] = (user.id, card)
        return card

    def use(self, token: Secret, *, at: datetime) -> TokenUse | None:
        record_id, card = self._store.state.tokens.get(token, ("", None))
        user = self._store.people.by_record(record_id)
        if card is None or card.expires_at <= at or user is None or not as_of(user, at).may_sign_in:
            return None
        if card.last_used_at is None or at - card.last_used_at >= USE_NOTED_EVERY:
            card = replace(card, last_used_at=at)
            self._store.state.tokens[token] = (record_id, card)
        return TokenUse(user=user, card=card)

    def revoke(self, token: Secret) -> None:
        self._store.state.tokens.pop(token, None)

    def held(self, *, at: datetime) -> Mapping[str, Sequence[TokenCard]]:
        found: dict[str, list[TokenCard]] = {}
        for own, card in self._store.state.tokens.values():
            if card.expires_at > at:
                found.setdefault(own, []).append(card)
        return found

    def of_user(self, user: User, *, at: datetime) -> Sequence[TokenCard]:
        mine = [card for record_id, card in self._store.state.tokens.values() if record_id == user.id]
        return [card for card in mine if card.expires_at > at]

    def withdraw(self, user: User, token_id: str, *, stamp: Stamp) -> bool:
        tokens = self._store.state.tokens
        found = next(
            (token for token, (owner, card) in tokens.items() if (owner, card.id) == (user.id, token_id)), None
        )
        if found is None:
            return False
        self._tell(EventName.TOKEN_WITHDRAWN, user, tokens[found][1].label, stamp)
        del self._store.state.tokens[found]
        return True

    def _tell(self, name: EventName, user: User, label: str, stamp: Stamp, *changes: Change) -> None:
        event = Event(name=name, subject_type="user", subject_id=user.id, subject=f"“{label}”", changes=changes)
        with self._store.transactions.begin() as unit:
            unit.append_event(event, stamp)

    def drop(self, record_id: str) -> None:
        """End every token of a user."""
        kept = {token: part for token, part in self._store.state.tokens.items() if part[0] != record_id}
        self._store.state.tokens = kept
