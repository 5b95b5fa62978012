"""Signs requests of one account with its token credentials. The only place of this adapter where secrets are opened."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.domain.credentials import TokenCredentials
from suitebridge.ports.clock import Chance, Clock
from suitebridge.wire import oauth1

_NONCE_LENGTH = 20  # both of NetSuite's pages on nonces accept it (netsuite-api.md §2.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Makes signatures, each with its own timestamp and nonce."""

    credentials: TokenCredentials
    clock: Clock
    chance: Chance

    def authorization(self, method: str, url: str) -> str:
        """Give the Authorization header of a REST request."""
        return oauth1.authorization_header(
            self._keys(), method=method, url=url, timestamp=self._timestamp(), nonce=self.chance.token(_NONCE_LENGTH)
        )

    def passport(self) -> oauth1.Passport:
        """Give the tokenPassport of a SOAP request."""
        return oauth1.passport(self._keys(), timestamp=self._timestamp(), nonce=self.chance.token(_NONCE_LENGTH))

    def _timestamp(self) -> int:
        return int(self.clock.now().timestamp())

    def _keys(self) -> oauth1.Keys:
        credentials = self.credentials
        return oauth1.Keys(
            realm=credentials.account.value,
            consumer_key=credentials.consumer_key,
            token=credentials.token_id,
            consumer_secret=credentials.consumer_secret.reveal(),
            token_secret=credentials.token_secret.reveal(),
        )
