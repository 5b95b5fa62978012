"""The master key is replaced while a run is active, by a process that is killed half way, and no record notices (F77, S19, S20)."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenarios.command_line.world import SECONDS, World, read_until

KILLED_HALF_WAY = """
import os, signal, sys
from suitebridge.adapters.store.sealed_secrets import StoredSecrets
from suitebridge.cli import main

rewrap_next = StoredSecrets.rewrap_next

def rewrap_one(secrets, stamp):
    rewrap_next(secrets, stamp)
    os.kill(os.getpid(), signal.SIGKILL)

StoredSecrets.rewrap_next = rewrap_one
sys.exit(main.run_line(sys.argv[1:]))
"""


@pytest.mark.fault("F77")
def test_a_rotation_during_a_run_is_killed_and_finished_without_a_failed_record(world: World) -> None:
    old = (world.data / "master.key").read_text().strip()
    run = world.start("--json", "run")
    read_until(run, run.stderr, "begins")
    words = ("--data", str(world.data), "keys", "rotate")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_HALF_WAY, *words], capture_output=True, timeout=SECONDS, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    keys = world.type("keys", "status", "--json").document["keys"]
    assert [(key["current"], key["secrets"]) for key in keys] == [(True, 1), (False, 1)]
    finished = world.type("keys", "rotate", "--json")
    assert finished.code == 0, finished.err
    assert "1 of 1 secrets are under the new master key." in finished.err
    assert finished.document["resumed"]
    assert finished.document["retired"] == [keys[1]["key"]]
    out, err = run.communicate(timeout=SECONDS)
    assert run.returncode == 0, err + out
    assert old not in (world.data / "master.key").read_text()
    assert (world.data / "master.key").stat().st_mode & 0o777 == 0o600
    assert world.type("check").code == 0
    assert world.type("audit", "verify").code == 0


@pytest.mark.fault("F78")
def test_a_wrong_key_stops_at_the_start_and_the_right_one_starts_again(world: World) -> None:
    right = (world.data / "master.key").read_text()
    (world.data / "master.key").write_text("5a" * 32)
    stopped = world.type("run")
    assert stopped.code == 4
    assert "(SB-KEY-001)" in stopped.err
    assert "Traceback" not in stopped.err
    shown = world.type("keys", "status")
    assert "LOST" in shown.out
    (world.data / "master.key").write_text(right)
    assert world.run("--workflow", "import_services").code == 0


def test_production_starts_with_a_key_that_somebody_made(tmp_path: Path) -> None:
    world = World(folder=tmp_path, approved={})
    world.data.mkdir()
    (world.data / "suitebridge.toml").write_text('mode = "production"\n')
    refused = world.type("serve", "--port", "0")
    assert refused.code == 4
    assert "suitebridge keys create" in refused.err
    assert [file.name for file in world.data.iterdir()] == ["suitebridge.toml"]
    made = world.type("keys", "create")
    assert made.code == 0, made.err
    assert world.type("keys", "create").code == 4
    try:
        server = world.start("serve", "--port", "0")
        read_until(server, server.stderr, "listens at")
    finally:
        world.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "bridge.example"])  # what is refused
def test_other_machines_are_not_served_without_tls(tmp_path: Path, host: str) -> None:
    world = World(folder=tmp_path, approved={})
    refused = world.type("serve", "--host", host, "--port", "0")
    assert refused.code == 3
    assert "https = true" in refused.err
