"""A simulated account, alone, with a small firm in it, and behind loopback HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiohttp import web
from simulator.tests.firms import NOW, Firm, RestClient, small_firm
from simulator.tests.oracles import Answers

from netsuite_simulator.account import Account
from netsuite_simulator.clock import Clock
from netsuite_simulator.faces import server
from netsuite_simulator.faces.server import Running, serving


@pytest.fixture(scope="session")
def all_answers() -> Iterator[Answers]:
    """Everything that any account answers in this process."""
    kept = Answers()
    application = server.application

    def listening(*accounts: Account) -> web.Application:
        made = application(*accounts)
        made.on_response_prepare.append(kept.signal(*accounts))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "application", listening)
        yield kept


@pytest.fixture(autouse=True)
def answers_keep_to_their_schemas(all_answers: Answers) -> Iterator[None]:
    """Hold what a test was answered to NetSuite's schemas and to the account's own catalog."""
    yield
    assert all_answers.problems() == []


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
