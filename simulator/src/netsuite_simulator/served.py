"""Accounts served for a while to whoever tests a client: the address, the credentials and the world in one value.

For tests of other projects; `pytest_plugin` hands it out as fixtures. Refuses to know pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from netsuite_simulator.account import DEFAULT_ID, Account
from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.faces.tls import Authority
from netsuite_simulator.loading import company_folder, load_folder
from netsuite_simulator.tokens import Credentials

INTEGRATION = "Tests"
CA_FILE = "netsuite-simulator-ca.pem"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedAccount:
    """An account behind HTTP: `account` edits its world, `url` and `credentials` are what a client is given."""

    account: Account
    credentials: Credentials
    running: Running
    ca_file: Path | None = None

    @property
    def url(self) -> str:
        """Where every door answers by plain HTTP."""
        return self.running.url

    @property
    def environment(self) -> Mapping[str, str]:
        """What leads a client with hard-wired hosts here; empty unless the account is served by name."""
        if self.ca_file is None:
            return {}
        trusted = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
        proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), self.running.proxy_url)
        exceptions = dict.fromkeys(("NO_PROXY", "no_proxy"), "")
        return proxies | exceptions | dict.fromkeys(trusted, str(self.ca_file))

    def edit(self, work: Callable[[], Result]) -> Result:
        """Edit the world between two requests, where the client under test sends them all the time."""
        return self.running.edit(work)


class Simulator:
    """Serves accounts; the certificate authority of those served by name is made once and lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def serve(
        self, account_id: str = DEFAULT_ID, *, company: str | None = None, by_name: bool = False
    ) -> Iterator[ServedAccount]:
        """Serve a new account while the block runs.

        `company` seeds it: a company that ships in the box, or a folder of CSV files. `by_name` answers under NetSuite's
        own host names too, by TLS and a CONNECT proxy: see `ServedAccount.environment`.
        """
        account = Account(account_id)
        try:
            if company is not None:
                load_folder(account, company_folder(company))
            credentials = account.tokens.issue(account_id, name=INTEGRATION)
            with serving(account, authority=self._authority if by_name else None) as running:
                ca_file = self._ca_file if by_name else None
                yield ServedAccount(account=account, credentials=credentials, running=running, ca_file=ca_file)
        finally:
            account.close()

    @cached_property
    def _authority(self) -> Authority:
        return Authority.make()

    @cached_property
    def _ca_file(self) -> Path:
        path = self.folder / CA_FILE
        path.write_text(self._authority.certificate, encoding="utf-8")
        return path
