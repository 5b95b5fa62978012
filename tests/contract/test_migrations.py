"""A database of an earlier state of the tables is brought up to date with what it holds, also where that is killed half way (quality.md F62)."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from suitebridge.adapters.store.chain import genesis

EARLIER = "0038_second_keys"
"""The last migration before runs had a fence and a worker: the state of the tables that is made here and then left behind."""

_OPEN = """
import json, os, signal, sys
from pathlib import Path
from django.core.management import call_command
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations import AddField, CreateModel
from suitebridge.adapters.store import opening
from suitebridge.domain.credentials import Secret

place, what = Path(sys.argv[1]), sys.argv[2]
where = opening.StoreSettings(directory=place, signing_key=Secret("for tests only"))
opening.set_up(where.signing_key)
"""
_MAKE = (
    _OPEN
    + """
database = opening._database(where)
call_command("migrate", "store", what, database=database.alias, verbosity=0)
"""
)
_MIGRATE = (
    _OPEN
    + """
left = int(what)
for kind in (AddField, CreateModel):
    def forwards(self, *arguments, original=kind.database_forwards):
        global left
        original(self, *arguments)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    kind.database_forwards = forwards
class Clock:
    def now(self):
        raise AssertionError
companies = opening.open_store(where, clock=Clock(), sealer=None, passwords=None)
store = companies.store("acme")
runs = [(run.number, run.state.value, run.owner_name, run.fence, run.is_dry) for run in store.runs.unfinished()]
print(json.dumps({"runs": runs, "restored_below": store.company.restored_below, "broken": store.trail.verify().first_broken}))
"""
)


def python(code: str, place: Path, what: str) -> subprocess.CompletedProcess[str]:
    """Run some code in a process of its own."""
    words = [sys.executable, "-c", code, str(place), what]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)


def fill(database: Path) -> None:
    """Leave a company in it with a run that is under way."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO store_company (id, name, token, zone, ordinal, audit_sequence, audit_hash, next_record, keeps_duties_apart) "
            "VALUES ('acme', 'Acme', 'acme0001', 'UTC', 1, 0, ?, 1, 0)",
            (genesis("acme"),),
        )
        columns = (
            "company_id, id, number, account_id, workflows, owner_id, owner_name, started_by, is_full, state, asked_at, problem_code, "
            "problem_facts, mapping_versions, recoveries, settled"
        )
        connection.execute(
            f"INSERT INTO store_run ({columns}) VALUES ('acme', 'run-1', 1, 'TSTDRV1', '[\"import_services\"]', '1', 'Ada', 'Ada', 0, "
            "'running', '2026-03-01T09:30:00.000000Z', '', '{}', '{}', 0, 0)"
        )


@pytest.mark.fault("F62")
def test_an_earlier_state_is_brought_up_to_date_however_often_that_is_killed(tmp_path: Path) -> None:
    made = python(_MAKE, tmp_path, EARLIER)
    assert made.returncode == 0, made.stderr
    fill(tmp_path / "suitebridge.sqlite3")
    for killed_at in ("2", "3"):
        assert python(_MIGRATE, tmp_path, killed_at).returncode == -signal.SIGKILL
    opened = python(_MIGRATE, tmp_path, "0")
    assert opened.returncode == 0, opened.stderr
    told = json.loads(opened.stdout)
    assert told == {"runs": [[1, "running", "Ada", 0, False]], "restored_below": 0, "broken": 0}
