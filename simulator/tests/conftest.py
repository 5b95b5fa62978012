"""A simulated account, alone, with a small firm in it, and behind loopback HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from simulator.tests.firms import NOW, Firm, RestClient, small_firm

from netsuite_simulator.account import Account
from netsuite_simulator.clock import Clock
from netsuite_simulator.faces.server import Running, serving


@pytest.fixture
def account() -> Iterator[Account]:
    """An empty account whose clock stands still."""
    clock = Clock()
    clock.freeze(NOW)
    account = Account(clock=clock)
    yield account
    account.storage.close()


@pytest.fixture
def firm(account: Account) -> Firm:
    """The account with a small firm in it."""
    return small_firm(account)


@pytest.fixture
def running(account: Account) -> Iterator[Running]:
    """The account behind real loopback HTTP."""
    with serving(account) as running:
        yield running


@pytest.fixture
def client(firm: Firm, running: Running) -> Iterator[RestClient]:
    """A client signed in as an integration in the connector's role."""
    credentials = firm.account.tokens.issue(firm.account.id)
    client = RestClient(firm.account, running.url, credentials)
    yield client
    client.session.close()
