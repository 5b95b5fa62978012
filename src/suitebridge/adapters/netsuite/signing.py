"""Signs requests of one account with its token credentials. The only place of this adapter where secrets are opened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from suitebridge.adapters.transport import Answer, NotSent, RequestMaker, WithdrawnError
from suitebridge.domain.credentials import TokenCredentials
from suitebridge.ports.clock import Chance, Clock
from suitebridge.wire import oauth1

_NONCE_LENGTH = 20  # both of NetSuite's pages on nonces accept it (netsuite-api.md §2.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Makes signatures, each with its own timestamp and nonce, until it is told that the credentials were taken back."""

    speaks_soap: ClassVar[bool] = True

    credentials: TokenCredentials
    clock: Clock
    chance: Chance
    _is_withdrawn: threading.Event = field(default_factory=threading.Event, init=False, repr=False, compare=False)

    def withdraw(self) -> None:
        """Sign nothing any more; any thread may say so (quality.md S23)."""
        self._is_withdrawn.set()

    def ready(self, _send: Callable[[RequestMaker], Answer]) -> NotSent | None:
        """Need nothing: each request carries its own signature."""
        return None

    def discard(self) -> None:
        """Keep nothing that could be forgotten."""

    def authorization(self, method: str, url: str) -> str:
        """Give the Authorization header of a REST request. Raise `WithdrawnError` once the credentials were taken back; so does `passport`."""
        return oauth1.authorization_header(
            self._keys(), method=method, url=url, timestamp=self._timestamp(), nonce=self.chance.token(_NONCE_LENGTH)
        )

    def passport(self) -> oauth1.Passport:
        """Give the tokenPassport of a SOAP request."""
        return oauth1.passport(self._keys(), timestamp=self._timestamp(), nonce=self.chance.token(_NONCE_LENGTH))

    def _timestamp(self) -> int:
        return int(self.clock.now().timestamp())

    def _keys(self) -> oauth1.Keys:
        if self._is_withdrawn.is_set():
            raise WithdrawnError("the credentials were removed or replaced")
        credentials = self.credentials
        return oauth1.Keys(
            realm=credentials.account.value,
            consumer_key=credentials.consumer_key,
            token=credentials.token_id,
            consumer_secret=credentials.consumer_secret.reveal(),
            token_secret=credentials.token_secret.reveal(),
        )
