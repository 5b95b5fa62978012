"""The accounts one simulator process holds, by account id.

Ids are compared exactly: a realm is upper case with an underscore, a host lower case with a hyphen (reference §1.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from netsuite_simulator.account import Account
from netsuite_simulator.hosts import is_netsuite, label_of


class Accounts:
    """One or several accounts behind one address."""

    def __init__(self, *accounts: Account) -> None:
        self._by_id = {account.id: account for account in accounts}

    def by_id(self, account_id: str) -> Account | None:
        """Find an account by its id, case included."""
        return self._by_id.get(account_id)

    def by_host(self, host: str) -> Account | None:
        """Find an account by the label its host names begin with (reference §1.2)."""
        label = host.lower().partition(".")[0]
        return next((one for one in self if is_netsuite(host) and label_of(one.id) == label), None)

    @property
    def only(self) -> Account:
        """The account of a process that holds just one; the first where it holds several."""
        return next(iter(self._by_id.values()))

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_id.values())
