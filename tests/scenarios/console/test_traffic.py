"""How the traffic with NetSuite goes is shown to administrators, and to collectors that the settings name (quality.md S49)."""

from __future__ import annotations

import dataclasses

import pytest
from django.test import Client

from netsuite_simulator.faults import Maintenance, Throttle
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import RetryLaterError
from suitebridge.web import houses
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.connecting import PAGE, Connected, text_of

OVERVIEW = "/administration/netsuite-connector"


def test_metrics_are_for_the_addresses_that_the_settings_name(connected: Connected) -> None:
    house = connected.world.house
    collector = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.9")
    assert collector.get("/metrics").status_code == 404
    settings = house.settings.model_copy(update={"metrics_from": ("127.0.0.9",)})
    houses.set_current(dataclasses.replace(house, settings=settings))
    answer = collector.get("/metrics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert "# TYPE suitebridge_netsuite_limit gauge" in answer.content.decode()
    assert Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.8").get("/metrics").status_code == 404


def test_a_limit_that_was_lowered_is_shown(connected: Connected, entrance: Entrance) -> None:
    client, house = entrance("grace"), connected.world.house
    assert client.post(PAGE, connected.form).status_code == 302
    assert "Traffic with NetSuite" not in text_of(client, OVERVIEW)
    gateway = house.open_gateway(house.companies.store(connected.world.store.company.id))
    connected.account.fail_next(Throttle(), times=3)
    gateway.ask_now()
    text = text_of(client, OVERVIEW)
    assert "slowed down" in text
    assert "at most 2 of 4 requests at once; 0 under way, 0 waiting" in text
    assert "3 refused for load" in text
    assert 'suitebridge_netsuite_requests_throttled_total{account="TSTDRV3000003"' in house.metrics().text.decode()


def test_maintenance_is_shown_and_companies_of_one_account_share_its_limit(
    connected: Connected, entrance: Entrance
) -> None:
    client, house = entrance("grace"), connected.world.house
    assert client.post(PAGE, connected.form).status_code == 302
    store = house.companies.store(connected.world.store.company.id)
    gateway = house.open_gateway(store)
    credentials = store.connections.credentials()
    assert credentials is not None
    beside = house.gateways.build(credentials, lambda: Preference.SOAP)  # another company's gateway to the account
    connected.account.fail_next(Throttle(), times=3)
    beside.ask_now()
    assert house.traffic()[0].limit == 2
    house.gateways.learn_limits()
    assert house.traffic()[0].ceiling == 4
    connected.account.fail_next(Maintenance(), times=1)
    with pytest.raises(RetryLaterError):
        beside.ask_now()
    text = text_of(client, OVERVIEW)
    assert "that it maintains the account" in text
    assert 'suitebridge_netsuite_maintenance{account="TSTDRV3000003"' in house.metrics().text.decode()
    with pytest.raises(RetryLaterError):
        gateway.ask_now()  # known without asking
    assert house.traffic()[0].away_since is not None
