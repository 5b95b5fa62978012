"""The keys of requests to the API: only hashes, and the id of what a request made (quality.md S52)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text
from suitebridge.ports.clock import Clock
from suitebridge.ports.request_keys import KEPT_FOR, Claim, Done, Fresh, Pending, Taken

_TABLE = "store_requestkey"
_COLUMNS = ("digest", "request", "is_done", "made", "claimed_at")


class StoredRequestKeys:
    """The keys of one company's users; implements `ports.request_keys.RequestKeys`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def claim(self, user_id: str, key: str, *, request: str, at: datetime) -> Claim:
        """Take a key, or say what became of it; the company's row is held meanwhile, so that one of two gets it."""
        digest, wanted = _digest(user_id, key), _digest(request)
        with company_transaction(self._scope, self._clock.now()):
            self._scope.delete(_TABLE, where="claimed_at < %s", parameters=(instant_text(at - KEPT_FOR),))
            rows = self._scope.select(
                _TABLE, "r.request, r.is_done, r.made", where="r.digest = %s", parameters=(digest,)
            )
            if not rows:
                self._scope.insert(_TABLE, _COLUMNS, [(digest, wanted, False, "", instant_text(at))])
                return Fresh()
        earlier, is_done, made = rows[0]
        if earlier != wanted:
            return Taken()
        return Done(made=str(made)) if is_done else Pending()

    def settle(self, user_id: str, key: str, *, made: str) -> None:
        """Note that the request of a key has ended well."""
        with company_transaction(self._scope, self._clock.now()):
            parameters = (True, made, _digest(user_id, key))
            self._scope.set(_TABLE, "is_done = %s, made = %s", where="digest = %s", parameters=parameters)

    def release(self, user_id: str, key: str) -> None:
        """Forget a key whose request did nothing."""
        with company_transaction(self._scope, self._clock.now()):
            where = "digest = %s AND is_done = %s"
            self._scope.delete(_TABLE, where=where, parameters=(_digest(user_id, key), False))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
