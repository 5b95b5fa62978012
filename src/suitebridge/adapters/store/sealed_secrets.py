"""The sealed secrets of a company as rows: counted by their master key, and put under the current one row by row (quality.md S20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from suitebridge.adapters.store.beside import EMPLOYEE_TYPE
from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.connections import CONNECTION_ID
from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.mail import FIELD as MAIL_PASSWORD
from suitebridge.adapters.store.mail import TABLE as MAIL_SERVERS
from suitebridge.adapters.store.mail import place_of as place_of_mail_password
from suitebridge.adapters.store.notices import TABLE as RECIPIENTS
from suitebridge.adapters.store.notices import place_of as place_of_recipient
from suitebridge.adapters.store.real_time import FIELD, TABLE
from suitebridge.adapters.store.real_time import place_of as place_of_push_key
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.second_factors import place_of
from suitebridge.adapters.store.texts import integer
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock

_SET: Final = "key_id = %s, envelope = %s"


class StoredSecrets:
    """The sealed secrets of one company: those of the connection, of second factors, the key of pushes, those of notifications and of their mail server; implements `ports.keys.SealedSecrets`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def uses(self) -> Mapping[str, int]:
        """Count the secrets by the id of the master key that seals them."""
        counts: Counter[str] = Counter()
        for table in ("store_sealedsecret", "store_secondfactor", RECIPIENTS):
            rows = self._scope.select(table, "r.key_id, COUNT(*)", tail="GROUP BY r.key_id")
            counts.update({str(key_id): integer(count) for key_id, count in rows})
        for table in (TABLE, MAIL_SERVERS):
            rows = self._scope.select(table, "r.key_id, COUNT(*)", where="r.key_id <> ''", tail="GROUP BY r.key_id")
            counts.update({str(key_id): integer(count) for key_id, count in rows})
        return counts

    def rewrap_next(self, stamp: Stamp) -> bool:
        """Put one secret under the current key; the company's lock keeps whoever saves a secret waiting meanwhile."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            return (
                self._rewrap_credential(ledger, stamp)
                or self._rewrap_second_factor(ledger, stamp)
                or self._rewrap_push_key(ledger, stamp)
                or self._rewrap_recipient(ledger, stamp)
                or self._rewrap_mail_password(ledger, stamp)
            )

    def _rewrap_credential(self, ledger: Ledger, stamp: Stamp) -> bool:
        found = self._next("store_sealedsecret", "r.field")
        if found is None:
            return False
        field, sealed = str(found[0]), found[1]
        place = SecretPlace(
            company=self._scope.company_id, connection=CONNECTION_ID, field=field, account=account_of(self._scope)
        )
        renewed = self._rewrap(sealed, place)
        self._scope.set("store_sealedsecret", _SET, where="field = %s", parameters=(*renewed, field))
        ledger.append([_event("connection", CONNECTION_ID, f"secret {field}", sealed.key_id, renewed[0])], stamp)
        return True

    def _rewrap_second_factor(self, ledger: Ledger, stamp: Stamp) -> bool:
        found = self._next("store_secondfactor", "r.number")
        if found is None:
            return False
        number, sealed = integer(found[0]), found[1]
        renewed = self._rewrap(sealed, place_of(self._scope, number))
        self._scope.set("store_secondfactor", _SET, where="number = %s", parameters=(*renewed, number))
        subject = f"second factor of user {number}"
        ledger.append([_event(EMPLOYEE_TYPE, str(number), subject, sealed.key_id, renewed[0])], stamp)
        return True

    def _rewrap_push_key(self, ledger: Ledger, stamp: Stamp) -> bool:
        found = self._next(TABLE, "r.company_id", where=" AND r.key_id <> ''")
        if found is None:
            return False
        sealed = found[1]
        renewed = self._rewrap(sealed, place_of_push_key(self._scope))
        self._scope.set(TABLE, _SET, where="key_id = %s", parameters=(*renewed, sealed.key_id))
        ledger.append([_event("connection", CONNECTION_ID, f"secret {FIELD}", sealed.key_id, renewed[0])], stamp)
        return True

    def _rewrap_mail_password(self, ledger: Ledger, stamp: Stamp) -> bool:
        found = self._next(MAIL_SERVERS, "r.company_id", where=" AND r.key_id <> ''")
        if found is None:
            return False
        sealed = found[1]
        renewed = self._rewrap(sealed, place_of_mail_password(self._scope))
        self._scope.set(MAIL_SERVERS, _SET, where="key_id = %s", parameters=(*renewed, sealed.key_id))
        ledger.append([_event("mail_server", "mail", f"secret {MAIL_PASSWORD}", sealed.key_id, renewed[0])], stamp)
        return True

    def _rewrap_recipient(self, ledger: Ledger, stamp: Stamp) -> bool:
        found = self._next(RECIPIENTS, "r.key")
        if found is None:
            return False
        own, sealed = str(found[0]), found[1]
        renewed = self._rewrap(sealed, place_of_recipient(self._scope, own))
        self._scope.set(RECIPIENTS, _SET, where="key = %s", parameters=(*renewed, own))
        ledger.append([_event("recipient", own, f"signing key of {own}", sealed.key_id, renewed[0])], stamp)
        return True

    def _next(self, table: str, column: str, where: str = "") -> tuple[Cell, SealedText] | None:
        rows = self._scope.select(
            table,
            f"{column}, r.format, r.key_id, r.envelope, r.fingerprint",
            where=f"r.key_id <> %s{where}",
            parameters=(self._sealer.current_key_id(),),
            tail=f"ORDER BY {column} LIMIT 1",
        )
        if not rows:
            return None
        own, version, key_id, envelope, fingerprint = rows[0]
        sealed = SealedText(
            format=integer(version), key_id=str(key_id), envelope=str(envelope), fingerprint=str(fingerprint)
        )
        return own, sealed

    def _rewrap(self, sealed: SealedText, place: SecretPlace) -> tuple[str, str]:
        renewed = self._sealer.rewrap(sealed, place)
        return renewed.key_id, renewed.envelope


def _event(subject_type: str, subject_id: str, subject: str, before: str, after: str) -> Event:
    return Event(
        name=EventName.SECRET_REWRAPPED,
        subject_type=subject_type,
        subject_id=subject_id,
        subject=subject,
        changes=(Change(field="master_key", before=before, after=after),),
    )
