"""Second factors: sealed secrets, hashed recovery codes, each code good once whoever asks at the same moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from suitebridge.adapters.store.beside import EMPLOYEE_TYPE
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.people import user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import integer, moment
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Stamp, User
from suitebridge.ports.clock import Clock
from suitebridge.ports.second_factors import SecondFactor

_TABLE: Final = "store_secondfactor"
_COLUMNS: Final = ("number", "format", "key_id", "envelope", "fingerprint", "set_at", "last_step")
_UPSERT: Final = "ON CONFLICT (company_id, number) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS[1:]
)
_NEVER: Final = -1


class StoredSecondFactors:
    """The second factors of one company's users; implements `ports.second_factors.SecondFactors`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def get(self, user: User) -> SecondFactor | None:
        """Show a user's second factor."""
        own = (int(user.id),)
        rows = self._scope.select(_TABLE, "r.set_at", where="r.number = %s AND r.set_at IS NOT NULL", parameters=own)
        if not rows:
            return None
        ((count,),) = self._scope.select("store_recoverycode", "COUNT(*)", where="r.number = %s", parameters=own)
        return SecondFactor(set_at=moment(rows[0][0]), codes_left=integer(count))

    def begin(self, user: User, secret: Secret) -> None:
        """Keep the secret of a factor that is to be turned on; one that is on stays as it is until then."""
        with company_transaction(self._scope, self._clock.now()):
            if user_by_number(self._scope, int(user.id)) is None:
                raise LookupError(f"There is no user with the record id {user.id}.")
            if self.get(user) is not None:
                return
            sealed = self._sealer.seal(secret, place_of(self._scope, int(user.id)))
            row = (int(user.id), sealed.format, sealed.key_id, sealed.envelope, sealed.fingerprint, None, _NEVER)
            self._scope.insert(_TABLE, _COLUMNS, [row], conflict=_UPSERT)

    def pending(self, user: User) -> Secret | None:
        """Give the secret of a factor that is still to be turned on."""
        return self._opened(user, "r.set_at IS NULL")

    def turn_on(self, user: User, *, step: int, codes: Sequence[Secret], stamp: Stamp) -> None:
        """Turn the pending factor on, with the step of the code that proved it."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            where, parameters = "number = %s AND set_at IS NULL", (ledger.at, step, int(user.id))
            if not self._scope.set(_TABLE, "set_at = %s, last_step = %s", where=where, parameters=parameters):
                raise LookupError(f"No second factor of {user.user_id} waits to be turned on.")
            self._write_codes(user, codes)
            _tell(ledger, EventName.SECOND_FACTOR_SET, user, stamp)

    def secret(self, user: User) -> Secret | None:
        """Give the secret of a factor that is on."""
        return self._opened(user, "r.set_at IS NOT NULL")

    def use_step(self, user: User, step: int) -> bool:
        """Use a time step up, in one statement: of two at once the database lets one through."""
        where, parameters = "number = %s AND set_at IS NOT NULL AND last_step < %s", (step, int(user.id), step)
        return self._scope.set(_TABLE, "last_step = %s", where=where, parameters=parameters) == 1

    def use_code(self, user: User, code: Secret, *, stamp: Stamp) -> bool:
        """Use a recovery code up, told in the trail."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            parameters = (int(user.id), self._digest(user, code))
            gone = self._scope.delete("store_recoverycode", where="number = %s AND digest = %s", parameters=parameters)
            if gone:
                _tell(ledger, EventName.RECOVERY_CODE_USED, user, stamp)
        return gone == 1

    def replace_codes(self, user: User, codes: Sequence[Secret], *, stamp: Stamp) -> None:
        """Replace the recovery codes."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            if self.get(user) is None:
                raise LookupError(f"{user.user_id} has no second factor.")
            self._write_codes(user, codes)
            _tell(ledger, EventName.RECOVERY_CODES_REPLACED, user, stamp)

    def remove(self, user: User, *, stamp: Stamp) -> bool:
        """Remove a user's factor, with its recovery codes."""
        own = (int(user.id),)
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was_on = self.get(user) is not None
            self._scope.delete(_TABLE, where="number = %s", parameters=own)
            self._scope.delete("store_recoverycode", where="number = %s", parameters=own)
            if was_on:
                _tell(ledger, EventName.SECOND_FACTOR_REMOVED, user, stamp)
        return was_on

    def _opened(self, user: User, where: str) -> Secret | None:
        rows = self._scope.select(
            _TABLE,
            "r.format, r.key_id, r.envelope, r.fingerprint",
            where=f"r.number = %s AND {where}",
            parameters=(int(user.id),),
        )
        if not rows:
            return None
        version, key_id, envelope, fingerprint = rows[0]
        sealed = SealedText(
            format=integer(version), key_id=str(key_id), envelope=str(envelope), fingerprint=str(fingerprint)
        )
        return self._sealer.open(sealed, place_of(self._scope, int(user.id)))

    def _write_codes(self, user: User, codes: Sequence[Secret]) -> None:
        number = int(user.id)
        self._scope.delete("store_recoverycode", where="number = %s", parameters=(number,))
        rows = [(number, self._digest(user, code)) for code in codes]
        self._scope.insert("store_recoverycode", ("number", "digest"), rows)

    def _digest(self, user: User, code: Secret) -> str:
        return hashlib.sha256(f"{self._scope.company_id}/{user.id}/{code.reveal()}".encode()).hexdigest()


def place_of(scope: CompanyScope, number: int) -> SecretPlace:
    """Say where a second factor's secret belongs: it opens for its company and user only."""
    return SecretPlace(company=scope.company_id, connection="second factor", field=str(number), account="")


def _tell(ledger: Ledger, name: EventName, user: User, stamp: Stamp) -> None:
    event = Event(name=name, subject_type=EMPLOYEE_TYPE, subject_id=user.id, subject=user.user_id)
    ledger.append([event], stamp)
