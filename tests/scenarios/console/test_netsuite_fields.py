"""The page of NetSuite's custom fields, against the simulator: synchronized, drifted, canceled, and read in part."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from netsuite_simulator.faults import ServerError
from netsuite_simulator.schemas.fields import Field, Kind
from suitebridge.administration.defining import Description, take_over_fields
from suitebridge.bootstrap import House
from suitebridge.console.netsuite_fields.surveys import SYNCHRONIZATIONS
from suitebridge.domain.people import Door, Stamp
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.connecting import PAGE as CREDENTIALS
from tests.scenarios.console.connecting import Connected, text_of

PAGE = "/administration/netsuite-connector/fields"
STAMP = Stamp(author_id="1", author_name="Grace Kim", door=Door.CONSOLE)
FLAG = "custentity_oa_export_to_openair"


@pytest.fixture
def client(connected: Connected, entrance: Entrance) -> Client:
    grace = entrance("grace")
    assert grace.post(CREDENTIALS, connected.form).status_code == 302
    return grace


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], None]]]:
    """Hold back what goes on beside a request, until the test lets it."""
    held: list[Callable[[], None]] = []
    monkeypatch.setattr("suitebridge.console.netsuite_fields.surveys.FIRST_SECONDS", 0.0)
    monkeypatch.setattr(House, "beside", lambda _house, work: held.append(work))
    yield held
    assert held == []


def synchronized(client: Client, begun: list[Callable[[], None]]) -> str:
    assert client.post(PAGE, {"act": "synchronize"}).status_code == 302
    begun.pop()()
    return text_of(client, PAGE)


def test_what_drifted_is_shown_with_the_mappings_it_touches(
    connected: Connected, client: Client, begun: list[Callable[[], None]]
) -> None:
    text = text_of(client, PAGE)
    assert "never" in text
    assert "Not known yet: nothing was read from this account." in text
    rating = Field(name="custentity_rating", kind=Kind.INTEGER, label="Rating", column="custentity_rating")
    connected.account.add_custom_field(["customer"], rating)
    text = synchronized(client, begun)
    assert f"<code>{FLAG}</code>" in text
    assert "<code>custentity_rating</code> Rating, whole number" in text
    assert "New: Rating; whole number" in text
    store = connected.world.house.companies.store(connected.world.store.company.id)
    assert "custentity_rating" in store.schemas().netsuite["customer"].by_name
    connected.account.remove_custom_field("custentity_rating")
    text = synchronized(client, begun)
    assert 'mapping/import_customers">' not in text.split('id="types-title"')[0]
    assert "None, as far as the last synchronization saw." in text
    # As if the account had lost a field that a mapping uses.
    lost = Description(record_type="customer", fields=(), account=connected.account.id)
    grace = store.people.get("grace")
    assert grace is not None
    take_over_fields(store, lost, acting=grace, stamp=STAMP)
    text = text_of(client, PAGE)
    missing, changed = text.split('id="types-title"')
    assert "Is not there, or the role may not see it" in missing
    assert 'mapping/import_customers">' in missing
    assert "custentity_rating" not in missing
    assert "Removed, or hidden from the role. It was: Rating; whole number" in changed


def test_it_can_be_canceled_and_a_type_that_cannot_be_read_stops_nothing(
    connected: Connected, client: Client, begun: list[Callable[[], None]]
) -> None:
    assert client.post(PAGE, {"act": "synchronize"}).status_code == 302
    text = text_of(client, PAGE)
    assert 'hx-trigger="every 1s"' in text
    assert "Cancel the synchronization" in text
    assert client.post(PAGE, {"act": "synchronize"}).status_code == 302  # one at a time
    last = SYNCHRONIZATIONS.last(str(connected.world.store.company.id))
    assert last is not None
    assert "Canceling" in (client.post(PAGE, {"act": "cancel"}, follow=True).content.decode())
    begun.pop()()
    assert last.done == 1
    text = text_of(client, PAGE)
    assert f"Canceled: 1 of {len(last.record_types)} record types read, and what was read is kept." in text

    connected.account.fail_next(ServerError(), times=3)
    text = synchronized(client, begun)
    assert "NetSuite is not available" in text
    assert f"Done: {len(last.record_types)} of {len(last.record_types)} record types read, " in text
    assert "of them not as wanted." in text
