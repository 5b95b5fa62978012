"""Yesterday's backup is put back while NetSuite is ahead: what was sent since is found and linked again, and nothing is doubled (quality.md F76, D18)."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from tests.scenarios.command_line.databases import new_database
from tests.scenarios.command_line.world import ACCOUNT, PASSWORD, World, read_until

IMPORTS = ("employees", "customers", "projects", "services", "expense_items")


@pytest.mark.fault("F76")
def test_yesterdays_backup_is_put_back_and_nothing_is_sent_twice(world: World) -> None:
    words = [part for name in IMPORTS for part in ("--workflow", f"import_{name}")]
    assert world.run(*words, "--workflow", "export_invoices").code == 0
    server = world.start("serve", "--port", "0")
    read_until(server, server.stderr, "The console listens at ")
    folder = world.folder / "backup"
    made = world.type("--json", "backup", str(folder))
    assert made.code == 0, made.err
    names = {path.name for path in folder.rglob("*")}
    assert {"manifest.json", "suitebridge.sqlite3", "engine.sqlite3", "checkpoints"} <= names
    assert not {"master.key", "audit.key", "login.json", "suitebridge.toml"} & names
    assert world.type("backup", str(folder)).code == 3

    # The server goes on after the backup, and NetSuite gets ahead of it.
    assert world.run().code == 0
    sent = world.created()
    assert len(sent) == sum(world.approved.values())

    restored = World(folder=world.folder, approved=world.approved, address=world.address, name="restored")
    restored.data.mkdir()
    (restored.data / "suitebridge.toml").write_text(f'[simulators]\n{ACCOUNT} = "{world.address}"\n')
    words = ["restore", str(folder), "--reason", "disk failure"]
    refused = restored.type(*words)
    assert (refused.code, "(SB-BACK-001)" in refused.err, "master.key" in refused.err) == (3, True, True)
    for key in ("master.key", "audit.key"):
        shutil.copy(world.data / key, restored.data)

    damaged = world.folder / "damaged"
    shutil.copytree(folder, damaged)
    with (damaged / "suitebridge.sqlite3").open("ab") as file:
        file.write(b"x")
    assert "suitebridge.sqlite3 is missing or not as it was" in restored.type("restore", str(damaged), *words[2:]).err

    back = restored.type("--json", *words)
    assert back.code == 0, back.err
    assert back.document["companies"] == ["meridian"]
    assert restored.type(*words).code == 3
    assert restored.type("login", "--user", "ada", "--password-file", "-", answers=PASSWORD).code == 0
    ended = restored.run()
    assert ended.code == 0, ended.err
    assert ended.outcomes()["export_time_entries"] == {"created": world.approved["timesheet"]}
    assert world.created() == sent
    assert max(Counter(sent).values()) == 1
    assert restored.type("audit", "verify").code == 0
    told = restored.type("--json", "audit", "list", "--limit", "1000").document["entries"]
    assert sum("disk failure" in json.dumps(entry) for entry in told) == 1


def test_a_database_that_its_own_tools_put_back_is_marked(shared_world: World, postgresql_url: str) -> None:
    assert "pg_dump" in shared_world.type("backup", str(shared_world.folder / "backup")).err
    yesterday = new_database(postgresql_url, template=shared_world.database_url)
    assert shared_world.run().code == 0
    sent = shared_world.created()
    settings = shared_world.data / "suitebridge.toml"
    settings.write_text(settings.read_text().replace(shared_world.database_url, yesterday))
    back = shared_world.type("restore", "--reason", "fail-over")
    assert back.code == 0, back.err
    assert shared_world.run().code == 0
    assert shared_world.created() == sent
    assert shared_world.type("audit", "verify").code == 0
    (aside,) = shared_world.data.glob("checkpoints-until-*")
    assert shared_world.type("audit", "verify", "--checkpoints", str(aside)).code == 9
