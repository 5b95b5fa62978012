"""A small firm under NetSuite's own names, for clients whose hosts are hard-wired; one for all tests of a module.

Its clock is the machine's: clients nobody here wrote sign with that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest
from simulator.tests.firms import Firm, small_firm

from netsuite_simulator.served import ServedAccount, Simulator


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The served account and what is in it."""

    served: ServedAccount
    firm: Firm
    credentials: dict[str, str]

    @property
    def auth(self) -> dict[str, str]:
        """The four secrets alone."""
        return {name: value for name, value in self.credentials.items() if name.startswith(("consumer", "token"))}


@pytest.fixture(scope="module")
def world(netsuite_simulator: Simulator) -> Iterator[World]:
    """The firm's account, served by name."""
    with netsuite_simulator.serve(by_name=True) as served:
        firm = small_firm(served.account)
        yield World(served=served, firm=firm, credentials=msgspec.structs.asdict(served.credentials))
