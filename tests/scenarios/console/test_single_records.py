"""One record from its own page: the buttons of who may, what is said while it waits, and what became of it."""

from __future__ import annotations

from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.people import Door
from suitebridge.domain.records import Direction
from suitebridge.ports.runs import RunState
from suitebridge.ports.transactions import Settled
from suitebridge.runs.receiving import take_at_rest
from suitebridge.runs.steering import Steering, steer
from tests.console_world import World
from tests.scenarios.console.conftest import Entrance


def test_one_record_is_carried_over_from_its_page(world: World, entrance: Entrance) -> None:
    client, path = entrance("omar"), f"/records/invoice/{world.ids['invoice']}"
    page = client.get(path).content.decode()
    assert ("Export to NetSuite" in page, "Import from NetSuite" in page) == (True, False)

    assert client.post(f"{path}/transfer", {"direction": "export"})["Location"] == path
    client.post(f"{path}/transfer", {"direction": "export"})
    (errand,) = world.store.inbox.newest(limit=9)
    assert (errand.asked.direction, errand.asked.asked_by_name) == (Direction.EXPORT, "Omar Haddad")
    page = client.get(path).content.decode()
    assert "Waiting" in page
    assert 'hx-trigger="every 1s"' in page

    store, house = world.store, world.house
    grace = store.people.get("grace")
    assert grace is not None
    for other in store.runs.unfinished():
        steer(store, other, Steering.CANCEL, user=grace, door=Door.CONSOLE)
        store.runs.enter(other.id, RunState.CANCELLED, at=house.clock.now())
    run = take_at_rest(store, house.workflows_of(store), clock=house.clock, chance=house.chance)
    assert run is not None
    assert "Under way" in client.get(path).content.decode()
    outcome = Outcome(kind=OutcomeKind.CREATED, source_id=errand.asked.record_id, title="Invoice")
    with store.transactions.begin() as unit:
        unit.settle(run.id, "export_invoices", [Settled(source_version="1", outcome=outcome)])
    store.runs.enter(run.id, RunState.COMPLETED, at=house.clock.now())
    page = client.get(path).content.decode()
    assert ("Created" in page, "hx-trigger" in page, f"Run {run.number}" in page) == (True, False, True)
    assert "single records of 1 workflow" in client.get("/runs").content.decode()


def test_a_record_that_cannot_be_carried_over_says_why(world: World, entrance: Entrance) -> None:
    client, path = entrance("omar"), f"/records/customer/{world.ids['customer']}"
    answer = client.post(f"{path}/transfer", {"direction": "export"})
    assert answer.status_code == 422
    assert "No workflow carries records of the type customer over that way." in answer.content.decode()
    assert "Export to NetSuite" not in entrance("emil").get(f"/records/invoice/{world.ids['invoice']}").content.decode()
    assert world.store.inbox.newest(limit=9) == []
