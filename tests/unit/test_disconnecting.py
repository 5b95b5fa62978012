"""A gateway is closed when its credentials are removed or replaced, by whatever process, and a run never goes on with others (quality.md S23)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from suitebridge.adapters.store.opening import close_connections
from suitebridge.bootstrap import House, open_house
from suitebridge.domain.credential_sets import ConnectionDraft, Switch, draft_of
from suitebridge.domain.credentials import AccountId, Secret
from suitebridge.domain.errors import RunStoppedError, SuiteBridgeError
from suitebridge.domain.people import Door, Stamp
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway
from tests.contract.stories import token

STAMP = Stamp(author_id="1", author_name="Ada", door=Door.CONSOLE)
DRAFT = draft_of(token())


def replace(**changes: object) -> Callable[[CompanyStore], None]:
    draft = dataclasses.replace(DRAFT, **changes)  # type: ignore[arg-type]  # fields by name
    return lambda store: store.connections.save(draft, STAMP)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    (tmp_path / "suitebridge.toml").write_text('[simulators]\nTSTDRV100 = "http://127.0.0.1:9"\n')
    opened = open_house(tmp_path)
    opened.companies.add(company_id="meridian", name="Meridian", token="mrdn4k2p", zone="UTC")
    opened.companies.store("meridian").connections.save(DRAFT, STAMP)
    yield opened
    opened.close()
    close_connections()


def elsewhere(house: House) -> CompanyStore:
    """Give the company as another process opens it."""
    return open_house(house.directory).companies.store("meridian")


def is_closed(gateway: NetSuiteGateway) -> bool:
    """Whether the gateway refuses before anything could leave; nothing listens where this one would send."""
    with pytest.raises(SuiteBridgeError) as caught:
        gateway.ask_now()
    return "NS-AUTH-004" in str(caught.value)


ENDING: dict[str, Callable[[CompanyStore], None]] = {
    "removed": lambda store: store.connections.clear(STAMP),
    "another secret": replace(secrets={**DRAFT.secrets, "token_secret": Secret("another")}),
    "another token": replace(values={**DRAFT.values, "token_id": "token-2"}),
}


@pytest.mark.parametrize("change", ENDING.values(), ids=ENDING)
def test_a_run_ends_with_its_credentials(change: Callable[[CompanyStore], None], house: House) -> None:
    store = house.companies.store("meridian")
    opener = house.gateways.run_opener()
    begun = opener(store)
    change(elsewhere(house))
    house.gateways.close_changed([store])
    assert is_closed(begun)
    with pytest.raises(RunStoppedError, match="NS-AUTH-004"):
        opener(store)


KEEPING: dict[str, Callable[[CompanyStore], None]] = {
    "the same again": replace(),
    "another application ID": replace(values={**DRAFT.values, "application_id": "another"}),
    "a setting": lambda store: store.connections.save_switches(frozenset({Switch.SINGLE_SIGN_ON}), STAMP),
    "the integration user": lambda store: store.connections.set_integration_user("", STAMP),
}


@pytest.mark.parametrize("change", KEEPING.values(), ids=KEEPING)
def test_what_does_not_sign_ends_nothing(change: Callable[[CompanyStore], None], house: House) -> None:
    store = house.companies.store("meridian")
    opener = house.gateways.run_opener()
    begun = opener(store)
    change(elsewhere(house))
    house.gateways.close_changed([store])
    assert opener(store) is begun


def test_the_next_run_takes_the_new_credentials_and_another_account_is_refused_in_its_own_words(house: House) -> None:
    store = house.companies.store("meridian")
    opener = house.gateways.run_opener()
    before = opener(store)
    other: ConnectionDraft = dataclasses.replace(DRAFT, account=AccountId(value="TSTDRV101"))
    elsewhere(house).connections.save(other, STAMP)
    assert opener(store).account == other.account
    assert is_closed(before)
    assert house.gateways.run_opener()(store).account == other.account


def test_without_credentials_no_run_begins(house: House) -> None:
    elsewhere(house).connections.clear(STAMP)
    with pytest.raises(RunStoppedError, match="NS-AUTH-002"):
        house.gateways.run_opener()(house.companies.store("meridian"))
