"""Where an account's doors are: hosts built from constants and the account id, or a simulator's address from the settings.

Oracle asks clients to discover hosts, yet documents the form; a host built here can only ever be NetSuite's (quality.md S31).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.ports.netsuite import Addresses
from suitebridge.wire.oauth2 import TOKEN_PATH

_ORIGIN = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+netsuite\.com")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Addresses of accounts. `simulators` maps an account id to the base URL of the simulator that plays it."""

    simulators: Mapping[str, str] = field(default_factory=dict)

    def web_services(self, account: AccountId) -> str:
        """Give the origin of SOAP and REST web services, without a slash at its end."""
        return self._simulator(account) or f"https://{_label(account)}.suitetalk.api.netsuite.com"

    def restlets(self, account: AccountId) -> str:
        """Give the origin of RESTlets and of the token end points."""
        return self._simulator(account) or f"https://{_label(account)}.restlets.api.netsuite.com"

    def token_end_point(self, account: AccountId) -> str:
        """Give where access tokens are asked for (netsuite-api.md §3.1)."""
        return f"{self.web_services(account)}{TOKEN_PATH}"

    def pages(self, account: AccountId) -> str:
        """Give the origin of NetSuite's own pages; "" for a simulator, which has none."""
        return "" if self._simulator(account) else f"https://{_label(account)}.app.netsuite.com"

    def addresses(self, account: AccountId) -> Addresses:
        """Give all of them."""
        return Addresses(
            web_services=self.web_services(account),
            restlets=self.restlets(account),
            pages=self.pages(account),
            is_simulated=bool(self._simulator(account)),
        )

    def discovery(self, account: AccountId) -> str:
        """Give the origin that names the hosts of every account."""
        return self._simulator(account) or "https://rest.netsuite.com"

    @property
    def plain_origins(self) -> tuple[str, ...]:
        """The simulators' addresses: the only ones that may be spoken to without TLS."""
        return tuple(self._checked(url) for url in self.simulators.values())

    def _simulator(self, account: AccountId) -> str:
        url = self.simulators.get(account.value, "")
        return self._checked(url) if url else ""

    @staticmethod
    def _checked(url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.query:
            raise ValueError(f"The simulator address {url!r} is no plain web address such as http://127.0.0.1:8200.")
        return url.rstrip("/")


def is_netsuite(origin: str) -> bool:
    """Whether an address that somebody names is an origin of NetSuite's and nothing more: https, its suffix, no port, no path."""
    return _ORIGIN.fullmatch(origin) is not None


def _label(account: AccountId) -> str:
    label = account.host_label
    if not _LABEL.fullmatch(label):
        raise AccountIdError(f"“{account.value[:40]}” cannot be part of a host name.")
    return label
