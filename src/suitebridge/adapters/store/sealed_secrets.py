"""The sealed secrets of a company as rows: counted by their master key, and put under the current one row by row (quality.md S20)."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.connections import CONNECTION_ID
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import integer
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock


class StoredSecrets:
    """The sealed secrets of one company; implements `ports.keys.SealedSecrets`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def uses(self) -> Mapping[str, int]:
        """Count the secrets by the id of the master key that seals them."""
        rows = self._scope.select("store_sealedsecret", "r.key_id, COUNT(*)", tail="GROUP BY r.key_id")
        return {str(key_id): integer(count) for key_id, count in rows}

    def rewrap_next(self, stamp: Stamp) -> bool:
        """Put one secret under the current key; the company's lock keeps whoever saves a secret waiting meanwhile."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            current = self._sealer.current_key_id()
            rows = self._scope.select(
                "store_sealedsecret",
                "r.field, r.format, r.key_id, r.envelope, r.fingerprint",
                where="r.key_id <> %s",
                parameters=(current,),
                tail="ORDER BY r.field LIMIT 1",
            )
            if not rows:
                return False
            field, version, key_id, envelope, fingerprint = rows[0]
            sealed = SealedText(
                format=integer(version), key_id=str(key_id), envelope=str(envelope), fingerprint=str(fingerprint)
            )
            place = SecretPlace(
                company=self._scope.company_id,
                connection=CONNECTION_ID,
                field=str(field),
                account=account_of(self._scope),
            )
            renewed = self._sealer.rewrap(sealed, place)
            self._scope.set(
                "store_sealedsecret",
                "key_id = %s, envelope = %s",
                where="field = %s",
                parameters=(renewed.key_id, renewed.envelope, place.field),
            )
            event = Event(
                name=EventName.SECRET_REWRAPPED,
                subject_type="connection",
                subject_id=CONNECTION_ID,
                subject=f"secret {place.field}",
                changes=(Change(field="master_key", before=sealed.key_id, after=renewed.key_id),),
            )
            ledger.append([event], stamp)
            return True
