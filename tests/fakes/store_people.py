"""Users and tokens of the store in memory; nothing is hashed or sealed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import EMPLOYEE, Door, Role, Stamp, User
from suitebridge.domain.values import Fields
from suitebridge.ports.transactions import NewRecord
from suitebridge.ports.workspace import RecordQuery

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
        users = [user for user in self._users() if user.user_id.casefold() == key]
        return next(iter(sorted(users, key=lambda user: int(user.id) not in self._store.state.people)), None)

    def by_record(self, record_id: str) -> User | None:
        return next((user for user in self._users() if user.id == record_id), None)

    def administrators(self) -> tuple[User, ...]:
        by_number = {int(user.id): user for user in self._users()}
        return tuple(by_number[number] for number in self._store.state.people if by_number[number].is_administrator)

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
        if not user_id.strip() or self.get(user_id) is not None:
            raise ValueError(f"There is a user {user_id} already. Choose another user ID.")
        if password is not None:
            check_new_password(password)
        with self._store.begin() as unit:
            (record_id,) = unit.reserve_ids(1)
            author = stamp or Stamp(author_id=record_id, author_name=f"{first} {last}".strip(), door=Door.SETUP)
            fields: Fields = {"nickname": user_id, "first": first, "last": last, "email": email, "active": True}
            unit.create_records([NewRecord(type="employee", id=record_id, fields=fields)], author)
            self._store.state.people[int(record_id)] = (role, password.reveal() if password else None)
            event = Event(name=EventName.USER_ADDED, subject_type="employee", subject_id=record_id, subject=user_id)
            unit.append_event(event, author)
        return next(user for user in self._users() if user.id == record_id)

    def check_password(self, user_id: str, password: Secret) -> User | None:
        user = self.get(user_id)
        kept = self._store.state.people.get(int(user.id)) if user else None
        return user if user and user.is_active and kept and kept[1] == password.reveal() else None

    def _users(self) -> list[User]:
        return [
            User(
                id=record.id,
                user_id=str(record.fields["nickname"] or ""),
                name=f"{record.fields['first'] or ''} {record.fields['last'] or ''}".strip()
                or str(record.fields["nickname"] or ""),
                role=self._store.state.people.get(int(record.id), (EMPLOYEE, None))[0],
                is_active=record.fields["active"] is True,
            )
            for record in self._store.records.query(RecordQuery(record_type="employee", limit=10**9))
        ]


class MemoryTokens:
    """API tokens, kept as they are."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def issue(self, user: User, *, label: str, token: Secret, expires_at: datetime) -> None:
        self._store.state.tokens[token] = (user.id, expires_at)

    def owner(self, token: Secret, *, at: datetime) -> User | None:
        record_id, expires_at = self._store.state.tokens.get(token, ("", at))
        user = self._store.people.by_record(record_id) if expires_at > at else None
        return user if user is not None and user.is_active else None

    def revoke(self, token: Secret) -> None:
        self._store.state.tokens.pop(token, None)
