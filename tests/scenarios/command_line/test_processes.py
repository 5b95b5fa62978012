"""Processes that serve, stop and die: what was begun is finished once, and nothing is written twice."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from tests.scenarios.command_line.world import (
    PASSWORD,
    SECONDS,
    World,
    end,
    read_until,
    suitebridge_with_firm,
    trimmed_firm,
)

MOST_LOOKS = 5_000
SLOW_SECONDS = 40.0
RECOVERED_SECONDS = 60.0
"""So long a run may take at most to go on without a person, once NetSuite answers again."""


def slow_down(world: World) -> None:
    """Let every request to NetSuite take a while, so that a run can be met in its middle."""
    world.ask("/concurrency", method="POST", document={"latencySeconds": 0.3, "limit": 1})


def speed_up(world: World) -> None:
    world.ask("/concurrency", method="POST", document={"latencySeconds": 0, "limit": 5})


def await_first_write(world: World, runner: subprocess.Popen[str]) -> None:
    """Hear that the imports are over, then look until the first record has reached NetSuite."""
    read_until(runner, runner.stderr, "Expense items (Expense Categories)")
    assert any(world.created() for _ in range(MOST_LOOKS)), "no record was ever written"


@pytest.mark.fault("F61")
def test_a_run_that_is_killed_goes_on_and_writes_nothing_twice(world: World) -> None:
    slow_down(world)
    victim = world.start("run")
    await_first_write(world, victim)
    victim.send_signal(signal.SIGKILL)
    victim.wait(timeout=SECONDS)
    sent = world.created()
    assert 0 < len(sent) < sum(world.approved.values())
    speed_up(world)

    ended = world.type("run", "--json")
    assert ended.code == 0, ended.err
    assert "Run 1 was interrupted: it is finished first." in ended.err
    assert "Run 1: completed." in ended.err
    assert max(Counter(world.created()).values()) == 1
    assert len(world.created()) == sum(world.approved.values())
    first = world.type("runs", "show", "1", "--json").document
    assert first["run"]["recoveries"] == 1
    assert all(one["adds_up"] for one in first["workflows"])
    assert world.type("audit", "verify").code == 0

    alike = world.type("reconcile", "--json")
    assert alike.code == 0, alike.out + alike.err
    compared = {one["workflow"]: one for one in alike.document["workflows"]}
    assert sum(one["alike"] for name, one in compared.items() if name.startswith("export")) == sum(
        world.approved.values()
    )
    assert all(one["workspace"] == one["netsuite"] == one["alike"] > 0 for one in compared.values())
    assert all(sum_["workspace"] == sum_["netsuite"] for one in compared.values() for sum_ in one["sums"])


@pytest.mark.fault("F17")
def test_a_server_carries_runs_out_through_an_outage_and_stands_alone(world: World) -> None:
    server = world.start("serve", "--port", "0")
    announced = read_until(server, server.stderr, "The console listens at ")[-1]
    address = announced.split(" at ")[1].split(". ")[0]
    with urllib.request.urlopen(f"{address}healthz", timeout=SECONDS) as answer:
        assert json.loads(answer.read())["status"] == "ok"

    second = world.type("serve", "--port", "0")
    assert second.code == 8
    assert "(SB-BUSY-001)" in second.err

    followed = world.run("--workflow", "import_services")
    assert followed.code == 0, followed.err
    assert "it carries run 1 out" in followed.err
    assert followed.outcomes()["import_services"]["created"] > 0

    world.ask("/faults", method="POST", document={"fault": "Maintenance", "times": 100_000})
    left = world.run("--workflow", "import_expense_items", "--no-wait")
    assert left.code == 0
    assert left.document["run"]["state"] == "queued"
    shown = (world.type("runs", "show", "2", "--json").document["run"]["state"] for _ in range(MOST_LOOKS))
    assert "waiting for NetSuite" in itertools.islice(shown, 200)
    world.ask("/faults", method="DELETE")
    back_at = time.monotonic()
    assert "completed" in itertools.islice(shown, 400)
    assert time.monotonic() - back_at < RECOVERED_SECONDS

    assert end(server) == 0
    assert world.type("runs").code == 0


def test_a_taken_port_is_told_with_a_way_out(world: World) -> None:
    port = world.address.rpartition(":")[2]
    refused = world.type("serve", "--port", port)
    assert refused.code == 3
    assert "(SB-PORT-001)" in refused.err
    assert f"--port {int(port) + 1}" in refused.err


def test_ctrl_c_ends_a_run_in_order(world: World) -> None:
    slow_down(world)
    runner = world.start("run")
    await_first_write(world, runner)
    runner.send_signal(signal.SIGINT)
    _, said = runner.communicate(timeout=SECONDS)
    assert runner.returncode == 130, said
    assert "goes on where it stopped" in said
    speed_up(world)
    assert world.type("run").code == 0
    assert max(Counter(world.created()).values()) == 1


@pytest.mark.parametrize("times", [2])
def test_the_demo_ends_complete_each_time(tmp_path: Path, times: int) -> None:
    approved = trimmed_firm(tmp_path / "firms" / "consultancy")
    line = suitebridge_with_firm(tmp_path / "firms", "--data", str(tmp_path / "demo"), "demo", "--no-serve")
    for _ in range(times):
        ended = subprocess.run(line, capture_output=True, text=True, check=False, timeout=SECONDS)
        assert ended.returncode == 0, ended.stderr
        assert "The counts add up: " in ended.stdout
        assert f"│ {approved['timesheet']:>10,} │" in ended.stdout
        story = ended.stdout[ended.stdout.index("Three entries of the audit trail:") :]
        told, _, rest = story.partition("Console:")
        assert [line.split("Ada Administrator ")[1].split()[0] for line in told.splitlines() if "Ada" in line] == [
            "created",
            "changed",
            "changed",
        ]
        assert "company meridian, user admin, password " in rest
        assert rest.count("--data") == 2


def test_the_demo_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    trimmed_firm(tmp_path / "firms" / "consultancy")
    line = suitebridge_with_firm(tmp_path / "firms", "--json", "--data", str(tmp_path / "demo"), "demo")
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
        document = json.loads("".join(read_until(demo, demo.stdout, "}\n", is_line=True)))
        assert document["schema"] == "suitebridge/demo/1"
        assert document["run"]["state"] == "completed"
        address = document["console"]["address"]
        with urllib.request.urlopen(f"{address}healthz", timeout=SECONDS) as answer:
            assert answer.status == 200
        settings = (tmp_path / "demo" / "suitebridge.toml").read_text()
        simulator = settings.split('"')[-2]
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=SECONDS) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(simulator, timeout=SECONDS)


def test_a_demo_that_is_terminated_takes_its_simulator_along(tmp_path: Path) -> None:
    trimmed_firm(tmp_path / "firms" / "consultancy")
    line = suitebridge_with_firm(tmp_path / "firms", "--data", str(tmp_path / "demo"), "demo", "--no-serve")
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as demo:
        address = read_until(demo, demo.stderr, "A simulated NetSuite account")[-1].split(" at ")[1].strip(" .\n")
        read_until(demo, demo.stderr, "The credentials are saved")
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(timeout=SECONDS) == 130
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=SECONDS)


def test_a_password_that_is_too_simple_is_refused(tmp_path: Path) -> None:
    world = World(folder=tmp_path, approved={})
    words = ("company", "create", "--id", "acme", "--name", "Acme", "--user", "ada", "--admin-name", "Ada")
    refused = world.type(*words, "--email", "a@acme.example", "--password-file", "-", answers="12345678")
    assert refused.code == 3, refused.err
    assert "password" in refused.err.lower()
    right = world.type(*words, "--email", "a@acme.example", "--password-file", "-", answers=PASSWORD)
    assert right.code == 0, right.err


def test_disconnecting_in_another_process_ends_a_run_and_the_next_one_goes_on(world: World) -> None:
    slow_down(world)
    runner = world.start("run")
    await_first_write(world, runner)
    # From here on the run waits for a better moment, so that it is met in its middle however slow this machine is.
    world.ask("/faults", method="POST", document={"fault": "Throttle", "door": "soap", "times": 1_000})
    removed = world.type("disconnect", "--yes")
    assert removed.code == 0, removed.err
    assert "Setup > Users/Roles > Access Tokens" in removed.out
    _, said = runner.communicate(timeout=SECONDS)
    assert runner.returncode == 4, said
    assert "(NS-AUTH-004)" in said
    sent = world.created()
    assert 0 < len(sent) < sum(world.approved.values())
    shown = world.type("runs", "show", "1", "--json").document
    assert shown["run"]["state"] == "failed"
    assert all(one["adds_up"] for one in shown["workflows"])

    speed_up(world)
    world.ask("/faults", method="DELETE")
    assert world.run().code == 4
    assert world.created() == sent
    assert world.connect().code == 0
    assert world.run().code == 0
    assert Counter(world.created()).most_common(1)[0][1] == 1
    assert len(world.created()) == sum(world.approved.values())


def test_a_run_is_paused_resumed_and_cancelled_while_a_server_carries_it_out(world: World) -> None:
    slow_down(world)
    server = world.start("serve", "--port", "0")
    read_until(server, server.stderr, "The console listens at ")
    follower = world.start("run")
    await_first_write(world, follower)
    # The request that is out now is not waited for (quality.md U37); NetSuite carries it out all the same, late.
    world.ask("/concurrency", method="POST", document={"latencySeconds": SLOW_SECONDS, "limit": 1})
    assert world.type("runs", "pause").code == 0
    told, said = follower.communicate(timeout=SLOW_SECONDS / 2)
    assert follower.returncode == 130, said
    assert "has paused it. Go on with `suitebridge runs resume 1`." in said
    assert "Run 1: paused" in told
    written = world.created()
    assert 0 < len(written) < sum(world.approved.values())

    speed_up(world)
    assert world.type("runs", "resume").code == 0
    states = (world.type("runs", "show", "1", "--json").document["run"]["state"] for _ in range(MOST_LOOKS))
    assert "completed" in itertools.islice(states, 200)
    assert max(Counter(world.created()).values()) == 1
    assert len(world.created()) == sum(world.approved.values())

    late = world.type("runs", "cancel", "1")
    assert late.code == 8
    assert "(SB-RUN-005)" in late.err
    assert end(server) == 0

    assert world.run("--since", "2026-01-31").code == 2
    left = world.run("--full", "--since", "2026-01-31", "--no-wait")
    assert left.document["run"]["since"] == "2026-01-31"
    assert left.document["run"]["state"] == "queued"
    assert world.type("runs", "cancel", "2").code == 0
    assert "Run 2: cancelled." in world.type("run", "--workflow", "import_services").err
