"""What waits for a person is decided where it is seen: on the run, on its record of the run, and on the record's own page."""

from __future__ import annotations

from suitebridge.adapters.store.lock import worker_lock
from suitebridge.domain.agreements import Side
from suitebridge.domain.bindings import BindingState
from suitebridge.ports.workers import NewWorker, WorkerKind
from tests.console_decisions import INVOICES, let_wait
from tests.console_world import World
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.test_pages import text_of


def test_a_conflict_shows_both_values_of_each_field_and_takes_a_decision(world: World, entrance: Entrance) -> None:
    run, edited, _ = let_wait(world)
    client = entrance("omar")
    told = text_of(client, f"/runs/{run.number}/records/{INVOICES}/{edited}")
    assert "Field NetSuite holds The workspace holds" in told
    assert "Theirs Ours" in told
    assert "PO-7 empty" in told
    assert "Keep NetSuite’s values Keep the workspace’s values" in told
    assert "Try it again" not in told

    form = {"record": f"{INVOICES}/{edited}", "keeps": "netsuite"}
    answers = [client.post(f"/runs/{run.number}/retry", form)["Location"] for _ in range(2)]

    retried = world.store.runs.get("last")
    assert retried is not None
    assert (answers, retried.is_retry) == ([f"/runs/{retried.number}"] * 2, True)
    assert world.store.agreements.of(INVOICES, [edited])[edited].keeps is Side.NETSUITE
    assert [one.event for one in world.store.trail.of_record("invoice", edited)].count("conflict:decided") == 1


def test_open_conflicts_are_found_from_the_runs(world: World, entrance: Entrance) -> None:
    run, edited, _ = let_wait(world)
    client = entrance("omar")
    assert "Records wait until somebody decides about them: open conflicts" in text_of(client, "/runs")
    assert "everything that is open, of all runs" in text_of(client, f"/runs/{run.number}")
    told = text_of(client, "/runs/open?outcome=conflicted")
    assert all(name in told for name in ("INV-26-0000", "INV-26-0001", "Halvorsen Group"))
    assert "Please enter value(s)" not in told
    assert "Please enter value(s)" in text_of(client, "/runs/open")
    assert f"/runs/{run.number}/records/{INVOICES}/{edited}" in client.get("/runs/open").content.decode()


def test_workers_are_told_with_what_they_carry_out(world: World, entrance: Entrance) -> None:
    client = entrance("omar")
    assert "No process carries runs out" in text_of(client, "/runs/workers")
    run = world.store.runs.get("24")
    assert run is not None
    worker = NewWorker(id="w1", kind=WorkerKind.SERVE, host="atlas", process=4711, version="1.0")
    with worker_lock(world.house.directory):
        world.house.companies.workers.join(worker, lease_seconds=3600)
        world.store.runs.take(run.id, worker="w1")
        told = text_of(client, "/runs/workers")
        assert "atlas, process 4711 At work server" in told
        assert "Run 24" in told
        assert " ago" in told
        world.house.companies.workers.leave("w1")
        assert "atlas, process 4711 Silent" in text_of(client, "/runs/workers")


def test_what_becomes_of_a_record_without_its_counterpart_is_decided(world: World, entrance: Entrance) -> None:
    run, edited, deleted = let_wait(world)
    client = entrance("omar")
    ends = "Leave as it is Create again in NetSuite Unlink"
    assert ends in text_of(client, f"/runs/{run.number}")
    assert "nobody has decided yet" in text_of(client, f"/runs/{run.number}/records/{INVOICES}/{deleted}")
    listed = text_of(client, f"/runs/{run.number}/records")
    assert f"Try the ticked records again Keep NetSuite’s values Keep the workspace’s values {ends}" in listed
    assert ends in text_of(client, f"/records/invoice/{deleted}")
    assert "Keep NetSuite’s values" in text_of(client, f"/records/invoice/{edited}")
    assert "Unlink" not in text_of(entrance("emil"), f"/records/invoice/{deleted}")

    form = {"record": [f"{INVOICES}/{edited}", f"{INVOICES}/{deleted}"], "when_deleted": "flag"}
    client.post(f"/runs/{run.number}/retry", form)

    found = world.store.runs.bindings_by_workspace("invoice", "invoice", [deleted])
    assert found[deleted].state is BindingState.KEPT
    assert world.store.agreements.of(INVOICES, [edited])[edited].keeps is None
    (told,) = [one for one in world.store.trail.of_record("invoice", deleted) if one.event == "link:decided"]
    assert (told.author_name, told.door) == ("Omar Haddad", "console")
