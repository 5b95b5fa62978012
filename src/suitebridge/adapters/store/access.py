"""How people get in and stay out: invitations by their hash, passwords, and the end of sessions and tokens."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from suitebridge.adapters.store.beside import EMPLOYEE_TYPE
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.people import StoredPeople, save_sign_in, user_by_number
from suitebridge.adapters.store.texts import instant_text, integer, number_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Stamp, User, as_of

_INVITED: Final = (
    "ON CONFLICT (company_id, number) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at"
)


class StoredAccess(StoredPeople):
    """The users of one company with their ways in; implements `ports.people.People`."""

    def invite(self, record_id: str, *, token: Secret, expires_at: datetime, ends_access: bool, stamp: Stamp) -> None:
        """Store the hash of a one-time invitation in place of an earlier one."""
        unusable = self._passwords.hash(None)
        with company_transaction(self._scope, self._clock.now()) as ledger:
            user = self._known(record_id)
            save_sign_in(self._scope, record_id, role=user.role.name, password=unusable)
            if ends_access:
                self._set_password(user, unusable)
            row = (int(record_id), _digest(token), instant_text(expires_at))
            self._scope.insert("store_invitation", ("number", "digest", "expires_at"), [row], conflict=_INVITED)
            name = EventName.USER_RESET if ends_access else EventName.USER_INVITED
            _tell(ledger, name, user, stamp)

    def invited(self, token: Secret, *, at: datetime) -> User | None:
        """Give the active user whose unexpired invitation this is."""
        rows = self._scope.select(
            "store_invitation",
            "r.number",
            where="r.digest = %s AND r.expires_at > %s",
            parameters=(_digest(token), instant_text(at)),
        )
        user = user_by_number(self._scope, integer(rows[0][0])) if rows else None
        return user if user is not None and as_of(user, at).may_sign_in else None

    def accept(self, token: Secret, password: Secret, *, at: datetime, stamp: Stamp) -> User:
        """Set the password of an invitation and use the invitation up."""
        encoded = self._passwords.hash(password)
        with company_transaction(self._scope, self._clock.now()) as ledger:
            user = self.invited(token, at=at)
            if user is None:
                raise LookupError("This invitation is not good.")
            self._set_password(user, encoded)
            _tell(ledger, EventName.USER_JOINED, user, stamp)
        return user

    def set_password(self, record_id: str, password: Secret, *, stamp: Stamp) -> None:
        """Replace a user's password; sessions and API tokens end with it."""
        encoded = self._passwords.hash(password)
        with company_transaction(self._scope, self._clock.now()) as ledger:
            user = self._known(record_id)
            save_sign_in(self._scope, record_id, role=user.role.name, password=encoded)
            self._set_password(user, encoded)
            _tell(ledger, EventName.PASSWORD_CHANGED, user, stamp)

    def note_sign_in(self, record_id: str, *, stamp: Stamp) -> None:
        """Write down that a user signed in now, with the trail's entry."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            user = self._known(record_id)
            self._scope.set(
                "store_person", "last_login = %s", where="number = %s", parameters=(ledger.at, int(user.id))
            )
            event = Event(name=EventName.USER_SIGNED_IN, subject_type="user", subject_id=user.id, subject=user.user_id)
            ledger.append([event], stamp)

    def end_access(self, record_id: str, *, stamp: Stamp) -> None:
        """End every session and API token of a user at once."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            user = self._known(record_id)
            self._scope.set("store_person", "epoch = epoch + 1", where="number = %s", parameters=(int(user.id),))
            self._scope.delete("store_apitoken", where="number = %s", parameters=(int(user.id),))
            _tell(ledger, EventName.ACCESS_ENDED, user, stamp)

    def _set_password(self, user: User, encoded: str) -> None:
        number = int(user.id)
        changed = "password = %s, epoch = epoch + 1"
        self._scope.set("store_person", changed, where="number = %s", parameters=(encoded, number))
        self._scope.delete("store_apitoken", where="number = %s", parameters=(number,))
        self._scope.delete("store_invitation", where="number = %s", parameters=(number,))

    def _known(self, record_id: str) -> User:
        user = user_by_number(self._scope, number_of(record_id) or 0)
        if user is None:
            raise LookupError(f"There is no user with the record id {record_id}.")
        return user


def _digest(token: Secret) -> str:
    return hashlib.sha256(token.reveal().encode()).hexdigest()


def _tell(ledger: Ledger, name: EventName, user: User, stamp: Stamp) -> None:
    event = Event(name=name, subject_type=EMPLOYEE_TYPE, subject_id=user.id, subject=user.user_id)
    ledger.append([event], stamp)
