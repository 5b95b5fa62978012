"""The pytest plugin: `netsuite_account`, an account of its own for each test, and `netsuite_simulator`, which serves more.

    def test_invoices_are_sent_once(netsuite_account):
        netsuite_account.account.add("customer", companyName="Łódź & Söhne")
        my_client = MyClient(netsuite_account.url, netsuite_account.credentials)

    @pytest.mark.netsuite(account_id="TSTDRV42_SB1", company="consultancy", by_name=True)
    def test_a_client_with_hard_wired_hosts(netsuite_account): ...

pytest loads this module in every run, so the simulator itself is loaded when a test first asks for it.
Refuses to know how an account is served; `served` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from netsuite_simulator.served import ServedAccount, Simulator

MARK = "netsuite(account_id=…, company=…, by_name=…): the account that netsuite_account serves to this test"


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known to runs that are strict about marks."""
    config.addinivalue_line("markers", MARK)


@pytest.fixture(scope="session")
def netsuite_simulator(tmp_path_factory: pytest.TempPathFactory) -> Simulator:
    """Serve NetSuite accounts: `with netsuite_simulator.serve(account_id, company=…, by_name=…) as served`."""
    from netsuite_simulator.served import Simulator  # noqa: PLC0415 - see above

    return Simulator(tmp_path_factory.mktemp("netsuite"))


@pytest.fixture
def netsuite_account(request: pytest.FixtureRequest, netsuite_simulator: Simulator) -> Iterator[ServedAccount]:
    """Serve a NetSuite account of its own to the test: `account`, `url`, `credentials`, `environment`, `edit`.

    Served by name, the environment of the test leads clients with hard-wired hosts to it.
    """
    mark = request.node.get_closest_marker("netsuite")
    asked: dict[str, Any] = {} if mark is None else mark.kwargs
    if mark is not None and mark.args:
        raise pytest.UsageError(f"{request.node.nodeid}: write the values of the mark with their names: {MARK}")
    with netsuite_simulator.serve(**asked) as served, pytest.MonkeyPatch.context() as patch:
        for name, value in served.environment.items():
            patch.setenv(name, value)
        yield served
