"""Sessions, second factors and notes of the store in memory; nothing is hashed or sealed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from suitebridge.adapters.store.notes import digest
from suitebridge.adapters.store.sessions import ended
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.sessions import Session, SignInRules
from suitebridge.ports.notes import every
from suitebridge.ports.second_factors import SecondFactor

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemorySessions:
    """Sessions by id, each with the record id of its person."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def rules(self) -> SignInRules:
        return self._store.state.rules

    def save_rules(self, rules: SignInRules, *, stamp: Stamp, was: str = "") -> None:
        company = self._store.company.id
        with self._store.begin() as unit:
            if was not in {"", self._store.state.rules.mark}:
                raise RecordRefusedError(Problem(code="SB-RULE-001", facts={"rules": "The sign-in rules"}))
            before, self._store.state.rules = self._store.state.rules, rules
            changes = tuple(
                Change(field=name, before=getattr(before, name), after=getattr(rules, name))
                for name in ("idle_minutes", "longest_minutes", "demands_second_factor")
                if getattr(before, name) != getattr(rules, name)
            )
            unit.append_event(
                Event(
                    name=EventName.SIGN_IN_RULES_SAVED,
                    subject_type="company",
                    subject_id=company,
                    subject=company,
                    changes=changes,
                ),
                stamp,
            )

    def open(self, user: User, session: Session) -> None:
        if int(user.id) not in self._store.state.people:
            raise LookupError(f"The user {user.user_id} has no sign-in.")
        self._store.state.sessions[session.id] = (user.id, session)

    def get(self, user: User, session_id: str) -> Session | None:
        owner, session = self._store.state.sessions.get(session_id, ("", None))
        return session if owner == user.id else None

    def of_user(self, user: User, *, at: datetime) -> Sequence[Session]:
        mine = [session for owner, session in self._store.state.sessions.values() if owner == user.id]
        alive = [session for session in mine if session.is_alive(self.rules(), at)]
        return sorted(alive, key=lambda session: session.seen_at, reverse=True)

    def seen(self, session_id: str, *, at: datetime) -> None:
        self._move(session_id, lambda session: replace(session, seen_at=at))

    def proven(self, session_id: str, *, at: datetime) -> None:
        self._move(session_id, lambda session: replace(session, proven_at=at))

    def end(self, user: User, session_ids: Sequence[str], *, stamp: Stamp) -> int:
        ending = [one for one in (self.get(user, own) for own in session_ids) if one is not None]
        with self._store.begin() as unit:
            for session in ending:
                self.leave(session.id)
                unit.append_event(ended(user, session), stamp)
        return len(ending)

    def leave(self, session_id: str) -> None:
        self._store.state.sessions.pop(session_id, None)

    def drop(self, record_id: str) -> None:
        """End every session of a user."""
        kept = {own: part for own, part in self._store.state.sessions.items() if part[0] != record_id}
        self._store.state.sessions = kept

    def _move(self, session_id: str, move: Callable[[Session], Session]) -> None:
        if session_id in self._store.state.sessions:
            owner, session = self._store.state.sessions[session_id]
            self._store.state.sessions[session_id] = (owner, move(session))


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One user's factor; `set_at` is None until it is on."""

    secret: Secret
    set_at: datetime | None = None
    last_step: int = -1
    codes: tuple[Secret, ...] = ()


class MemorySecondFactors:
    """Second factors by the record id of their user."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self, user: User) -> SecondFactor | None:
        factor = self._store.state.factors.get(user.id)
        if factor is None or factor.set_at is None:
            return None
        return SecondFactor(set_at=factor.set_at, codes_left=len(factor.codes))

    def begin(self, user: User, secret: Secret) -> None:
        if self._store.people.by_record(user.id) is None:
            raise LookupError(f"There is no user with the record id {user.id}.")
        if self.get(user) is None:
            self._store.state.factors[user.id] = Factor(secret=secret)

    def pending(self, user: User) -> Secret | None:
        factor = self._store.state.factors.get(user.id)
        return factor.secret if factor is not None and factor.set_at is None else None

    def turn_on(self, user: User, *, step: int, codes: Sequence[Secret], stamp: Stamp) -> None:
        if self.pending(user) is None:
            raise LookupError(f"No second factor of {user.user_id} waits to be turned on.")
        on = replace(self._store.state.factors[user.id], set_at=self._store.clock.now(), last_step=step)
        self._write(user, replace(on, codes=tuple(codes)), EventName.SECOND_FACTOR_SET, stamp)

    def secret(self, user: User) -> Secret | None:
        return self._store.state.factors[user.id].secret if self.get(user) is not None else None

    def use_step(self, user: User, step: int) -> bool:
        factor = self._store.state.factors.get(user.id)
        if factor is None or factor.set_at is None or factor.last_step >= step:
            return False
        self._store.state.factors[user.id] = replace(factor, last_step=step)
        return True

    def use_code(self, user: User, code: Secret, *, stamp: Stamp) -> bool:
        factor = self._store.state.factors.get(user.id)
        if factor is None or code not in factor.codes:
            return False
        left = tuple(one for one in factor.codes if one != code)
        self._write(user, replace(factor, codes=left), EventName.RECOVERY_CODE_USED, stamp)
        return True

    def replace_codes(self, user: User, codes: Sequence[Secret], *, stamp: Stamp) -> None:
        if self.get(user) is None:
            raise LookupError(f"{user.user_id} has no second factor.")
        renewed = replace(self._store.state.factors[user.id], codes=tuple(codes))
        self._write(user, renewed, EventName.RECOVERY_CODES_REPLACED, stamp)

    def remove(self, user: User, *, stamp: Stamp) -> bool:
        was_on = self.get(user) is not None
        with self._store.begin() as unit:
            self._store.state.factors.pop(user.id, None)
            if was_on:
                unit.append_event(_event(EventName.SECOND_FACTOR_REMOVED, user), stamp)
        return was_on

    def _write(self, user: User, factor: Factor, name: EventName, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            self._store.state.factors[user.id] = factor
            unit.append_event(_event(name, user), stamp)


class MemoryNotes:
    """When each thing was noted."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def note(self, event: Event, *, stamp: Stamp, takes_as_long: bool = False) -> bool:
        _ = takes_as_long
        now, key = self._store.clock.now(), digest(event, stamp)
        last = self._store.state.notes.get(key)
        if last is not None and now - last < every(event):
            return False
        with self._store.begin() as unit:
            self._store.state.notes[key] = now
            unit.append_event(event, stamp)
        return True


def _event(name: EventName, user: User) -> Event:
    return Event(name=name, subject_type="employee", subject_id=user.id, subject=user.user_id)
