"""The stores that every port's contract suite runs against: in memory, SQLite, PostgreSQL. Each test gets a company of its own."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from suitebridge.adapters.identity.passwords import ArgonPasswords
from suitebridge.adapters.secrets.envelopes import EnvelopeSealer
from suitebridge.adapters.secrets.keys import MasterKey
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import StoreSettings, close_connections, open_store, set_up
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Door, Stamp
from suitebridge.ports.companies import Companies, CompanyStore
from tests.fakes.clock import SteppingClock
from tests.fakes.store import MemoryCompanies
from tests.quick_passwords import quick_passwords

__all__ = ["quick_passwords"]

# Test modules import the framework's models, which want it set up first.
set_up(Secret("for tests only"))

COUNT = itertools.count(1)
MASTER = MasterKey(bytes(range(32)))


def opened(directory: Path, database_url: str = "") -> StoredCompanies:
    """Open a store with a key and a clock of its own."""
    where = StoreSettings(directory=directory, signing_key=Secret("for tests only"), database_url=database_url)
    return open_store(where, clock=SteppingClock(), sealer=EnvelopeSealer(MASTER), passwords=ArgonPasswords())


@pytest.fixture(scope="session")
def sqlite_companies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredCompanies]:
    """Open one SQLite store for the session."""
    yield opened(tmp_path_factory.mktemp("sqlite"))
    close_connections()


@pytest.fixture(scope="session")
def postgresql_companies(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredCompanies]:
    """Open one PostgreSQL store for the session."""
    yield opened(tmp_path_factory.mktemp("unused"), postgresql_url)
    close_connections()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def companies(request: pytest.FixtureRequest) -> Companies:
    """Give each kind of store in turn."""
    if request.param == "memory":
        return MemoryCompanies(SteppingClock())
    chosen: Companies = request.getfixturevalue(f"{request.param}_companies")
    return chosen


@pytest.fixture(params=["sqlite", "postgresql"])
def stored_companies(request: pytest.FixtureRequest) -> StoredCompanies:
    """Give each kind of real store in turn."""
    chosen: StoredCompanies = request.getfixturevalue(f"{request.param}_companies")
    return chosen


def fresh_store(companies: Companies) -> CompanyStore:
    """Add a company that no other test has."""
    number = next(COUNT)
    companies.add(
        company_id=f"firm-{number}-{os.getpid()}", name="Firm", token=f"{os.getpid() % 10**4:04}{number:04}", zone="UTC"
    )
    return companies.store(f"firm-{number}-{os.getpid()}")


@pytest.fixture
def store(companies: Companies) -> CompanyStore:
    """Give an empty company in each kind of store."""
    return fresh_store(companies)


@pytest.fixture
def real_store(stored_companies: StoredCompanies) -> CompanyStore:
    """Give an empty company in each kind of real store."""
    return fresh_store(stored_companies)


@pytest.fixture
def stamp() -> Stamp:
    """Give an author."""
    return Stamp(author_id="1", author_name="Ada Lovelace", door=Door.CONSOLE)
