"""`suitebridge parity`: the demo firm over SOAP and over REST, against two simulated copies of one account."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.fakes.standard import STANDARD as CATALOG
from tests.scenarios.command_line.test_oauth import certified
from tests.scenarios.command_line.world import (
    ACCOUNT,
    OTHER_ACCOUNT,
    PASSWORD,
    SECONDS,
    World,
    suitebridge_with_firm,
    trimmed_firm,
)


def test_rest_stores_what_soap_stores(tmp_path: Path) -> None:
    approved = trimmed_firm(tmp_path / "firms" / "consultancy")
    line = suitebridge_with_firm(tmp_path / "firms", "--json", "-q", "--data", str(tmp_path / "parity"), "parity")
    ended = subprocess.run(line, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert ended.returncode == 0, ended.stderr + ended.stdout
    told = json.loads(ended.stdout)
    assert (told["schema"], told["is_equal"]) == ("suitebridge/parity/1", True)
    assert [(side["door"], side["sign_in"]) for side in told["sides"]] == [
        ("SOAP", "Token-based authentication"), ("REST", "OAuth 2.0 client credentials"),
    ]  # fmt: skip
    workflows = {one["workflow"]: one for one in told["workflows"]}
    assert workflows.keys() == CATALOG.keys()
    assert all(one["fields"] > one["records"] > 0 for one in workflows.values())
    assert workflows["export_time_entries"]["records"] == approved["timesheet"]
    assert workflows["export_invoices"]["records"] == approved["invoice"]
    assert "consumer_secret" not in ended.stdout + ended.stderr


def test_two_companies_of_ones_own_are_compared(world: World, tmp_path: Path) -> None:
    """As a customer does with two sandboxes: one connected by SOAP with tokens, the other by REST with OAuth 2.0."""
    other = World(folder=tmp_path / "other", approved=world.approved, account=OTHER_ACCOUNT)
    other.folder.mkdir()
    try:
        other.open_account()
        lines = (f'{ACCOUNT} = "{world.address}"', f'{OTHER_ACCOUNT} = "{other.address}"')
        (world.data / "suitebridge.toml").write_text("\n".join(("[simulators]", *lines)) + "\n")
        alone = world.type("--company", "meridian", "parity", "--with", "meridian")
        assert alone.code == 2
        assert "Both companies write through SOAP" in alone.err
        words = ("--id", "second", "--name", "Meridian again", "--user", "ada", "--admin-name", "Ada Lovelace")
        made = world.type(
            *("company", "create", *words, "--email", "ada@meridian.example", "--password-file", "-"), answers=PASSWORD
        )
        assert made.code == 0, made.err
        for line in (("workspace", "load", str(world.folder / "firm")), certified(other)):
            done = world.type("--company", "second", *line)
            assert done.code == 0, done.err
        told = world.type("--json", "-q", "--company", "meridian", "parity", "--with", "second")
        assert told.code == 0, told.err + told.out
        sides = [(side["company"], side["account"], side["door"]) for side in told.document["sides"]]
        assert sides == [("meridian", ACCOUNT, "SOAP"), ("second", OTHER_ACCOUNT, "REST")]
        assert told.document["is_equal"] is True
        found = {one["workflow"]: one["records"] for one in told.document["workflows"]}
        assert found.keys() == CATALOG.keys()
        assert found["export_time_entries"] == world.approved["timesheet"]
    finally:
        other.close()
