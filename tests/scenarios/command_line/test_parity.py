"""`suitebridge parity`: the demo firm over SOAP and over REST, against two simulated copies of one account."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from suitebridge.catalog import STANDARD as CATALOG
from tests.scenarios.command_line.world import SECONDS, suitebridge_with_firm, trimmed_firm


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
