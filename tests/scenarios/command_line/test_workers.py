"""Many processes on one PostgreSQL database: they share the work, take over what one leaves, and write nothing twice (quality.md F61, F63, F65, F69, F70)."""

from __future__ import annotations

import itertools
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.command_line.databases import crashed, gone, new_database
from tests.scenarios.command_line.world import SECONDS, Document, World, end, read_until

MOST_LOOKS = 100_000


def let_go(world: World) -> None:
    """Let NetSuite answer again."""
    world.ask("/faults", method="DELETE")
    world.ask("/concurrency", method="POST", document={"latencySeconds": 0, "limit": 5})


def start_worker(world: World) -> subprocess.Popen[str]:
    """Start one more worker, and hear that it works."""
    worker = world.start("worker")
    read_until(worker, worker.stderr, "This worker carries runs out.")
    return worker


def look_until(holds: Callable[[], bool], what: str) -> None:
    """Look again and again, within the time of a story."""
    deadline = time.monotonic() + SECONDS
    for _ in itertools.takewhile(lambda _: time.monotonic() < deadline, range(MOST_LOOKS)):
        if holds():
            return
    raise AssertionError(f"It never came to this: {what}")


def ask_for_run(world: World) -> None:
    """Leave a run to the workers; once its first record has reached NetSuite, it waits there for as long as a story needs."""
    world.ask("/concurrency", method="POST", document={"latencySeconds": 0.3, "limit": 1})
    assert world.run("--no-wait").code == 0
    look_until(lambda: bool(world.created()), "a record is written")
    world.ask("/faults", method="POST", document={"fault": "Throttle", "door": "soap", "times": 100_000})


def finished(world: World, number: int) -> Document:
    """Wait for the end of a run and require that it is as it should be; give its report."""

    def shown() -> Document:
        return world.type("runs", "show", str(number), "--json").document

    look_until(lambda: shown()["run"]["state"] not in {"queued", "running"}, f"run {number} ends")
    report = shown()
    assert report["run"]["state"] == "completed", report
    assert all(one["adds_up"] for one in report["workflows"])
    assert max(Counter(world.created()).values()) == 1
    assert len(world.created()) == sum(world.approved.values())
    assert world.type("audit", "verify").code == 0
    return report


def workers(world: World) -> list[Document]:
    found = world.type("--json", "workers").document["workers"]
    assert isinstance(found, list)
    return found


@pytest.mark.fault("F63", "F69")
def test_workers_take_over_from_one_that_is_told_to_end_and_from_one_that_is_killed(shared_world: World) -> None:
    """F61, F63, F69."""
    world = shared_world
    first = start_worker(world)
    ask_for_run(world)
    second = start_worker(world)
    assert [(one["process"], one["runs"]) for one in workers(world)] == [(first.pid, 1), (second.pid, 0)]
    began = time.monotonic()
    assert end(first) == 0
    assert time.monotonic() - began < 20
    assert 0 < len(world.created()) < sum(world.approved.values())
    look_until(lambda: [one["runs"] for one in workers(world)] == [1], "the second worker goes on")

    third = start_worker(world)
    second.kill()
    second.wait()
    let_go(world)
    assert finished(world, 1)["run"]["recoveries"] == 2
    look_until(lambda: [one["process"] for one in workers(world)] == [third.pid], "the dead one is forgotten")
    assert end(third) == 0


@pytest.mark.fault("F70")
def test_a_worker_that_stood_still_settles_nothing_and_works_again(shared_world: World) -> None:
    """F70."""
    world = shared_world
    frozen = start_worker(world)
    ask_for_run(world)
    frozen.send_signal(signal.SIGSTOP)
    other = start_worker(world)
    let_go(world)
    assert finished(world, 1)["run"]["recoveries"] == 1

    frozen.send_signal(signal.SIGCONT)
    said = read_until(frozen, frozen.stderr, "lost its lease")
    look_until(lambda: {one["process"] for one in workers(world)} == {frozen.pid, other.pid}, "it joins again")
    assert finished(world, 1)["run"]["recoveries"] == 1
    assert end(other) == 0
    assert world.run("--workflow", "import_services").code == 0
    assert end(frozen) == 0, said
    # Where no worker is left, the command carries its run out itself.
    assert world.run("--workflow", "import_services").code == 0


@pytest.mark.fault("F65", "F66")
@pytest.mark.parametrize("what", ["the database", "its server"])
def test_a_database_that_is_gone_for_a_while_stops_sending_and_costs_nothing(
    what: str, shared_world: World, postgresql_url: str, postgresql_server: Any
) -> None:
    """F65: cut off in order; F66: the server dies in the middle of what it does."""
    world = shared_world
    worker = start_worker(world)
    ask_for_run(world)
    with gone(postgresql_url, world.database_url) if what == "the database" else crashed(postgresql_server):
        told = world.type("runs")
        assert "(SB-DB-001)" in told.err
        requests = -1
        # It has stopped once nothing more arrives while a lease is renewed twice.
        while requests != (requests := world.requests("soap")):
            world.type("runs")
        assert len(world.created()) < sum(world.approved.values())
    let_go(world)
    finished(world, 1)
    assert end(worker) == 0


def test_workers_that_start_at_once_on_an_empty_database(postgresql_url: str, tmp_path: Path) -> None:
    world = World(folder=tmp_path, approved={}, database_url=new_database(postgresql_url))
    world.data.mkdir()
    (world.data / "suitebridge.toml").write_text(f'database_url = "{world.database_url}"\n')
    try:
        started = [world.start("worker") for _ in range(2)]
        for worker in started:
            read_until(worker, worker.stderr, "This worker carries runs out.")
        assert [end(worker) for worker in started] == [0, 0]
    finally:
        world.close()


def test_a_file_has_one_worker(world: World) -> None:
    refused = world.type("worker")
    assert refused.code == 3
    assert "(SB-SET-001)" in refused.err
    assert "suitebridge serve" in refused.err
    assert workers(world) == []
    server = world.start("serve", "--port", "0")
    read_until(server, server.stderr, "The console listens at ")
    (only,) = workers(world)
    assert (only["kind"], only["process"], only["holds_lease"]) == ("serve", server.pid, True)
    assert end(server) == 0
