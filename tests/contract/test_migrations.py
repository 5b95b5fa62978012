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
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import close_connections
from suitebridge.catalog import CATALOG
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.people import ADMINISTRATOR, Door, Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import RunState
from suitebridge.runs.transferring import RunDesk, carry_out
from tests.contract.conftest import opened
from tests.fakes.clock import CountingChance, SteppingClock
from tests.fakes.engine import RememberedSteps
from tests.fakes.kpoints import Fuse
from tests.fakes.netsuite import MemoryNetSuite

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


SERVICES = "import_services"
_WAY = """
INSERT INTO store_progress (company_id, run_id, workflow, phase, after_id, is_frozen, since)
    VALUES ('acme', 1, 'import_services', 'running', '{after}', 0, '{since}');
INSERT INTO store_item (company_id, run_id, progress_id, source_id, position, version, kind, place, at, source_version, title, target_id, details)
    VALUES ('acme', 1, 1, '{done}', 1, '', 'created', 1, '2026-03-01T09:31:00.000000Z', 'v', 'Service {done}', '900', '{{}}');
INSERT INTO store_openitem (company_id, account_id, workflow, source_id, kind, run_id, touched_at)
    VALUES ('acme', '{account}', 'import_services', '{open}', 'failed', 'run-0', '2026-02-01T09:31:00.000000Z');
INSERT INTO store_binding (company_id, account_id, workspace_type, netsuite_type, workspace_id, netsuite_id, state, workflow, external_id,
                           source_version, body_hash, mapping_version, attempt)
    VALUES ('acme', '{account}', 'service', 'serviceSaleItem', '900', '{done}', 'bound', 'import_services', '', 'v', '', 'm', 0);
UPDATE store_run SET account_id = '{account}';
"""
"""A run on its way in the words of the earlier tables: one page is settled, what an earlier run left open is not taken up yet."""


def appoint(store: CompanyStore, account: AccountId) -> None:
    """Let the owner of the run be there, with credentials of its account."""
    owner = store.people.add(
        user_id="ada",
        first="Ada",
        last="Admin",
        email="",
        role=ADMINISTRATOR,
        password=Secret("long enough for anybody"),
        stamp=None,
    )
    assert owner.id == "1"
    stamp = Stamp(author_id=owner.id, author_name=owner.name, door=Door.CONSOLE)
    secret = Secret("an-example-secret")
    given = TokenCredentials(
        account=account, application_id="", consumer_key="k", consumer_secret=secret, token_id="t", token_secret=secret
    )
    store.connections.save(draft_of(given), stamp)
    store.connections.link(Relink.OTHER, stamp)


def resume(companies: StoredCompanies, netsuite: MemoryNetSuite) -> CompanyStore:
    """Go on with the run as this version does."""
    store = companies.store("acme")
    appoint(store, netsuite.account)
    desk = RunDesk(
        store=store,
        open_gateway=lambda _: netsuite,
        shipped=CATALOG,
        clock=SteppingClock(),
        chance=CountingChance(),
    )
    carry_out(desk, "run-1", RememberedSteps(Fuse()))
    return store


@pytest.mark.fault("F75")
def test_a_run_that_an_earlier_version_left_on_its_way_goes_on_in_this_one(tmp_path: Path) -> None:
    netsuite = MemoryNetSuite()
    ids = [
        netsuite.add("item", itemId=f"Service {number}", itemType="Service", subtype="Sale", isInactive=False)
        for number in range(4)
    ]
    made = python(_MAKE, tmp_path, EARLIER)
    assert made.returncode == 0, made.stderr
    fill(tmp_path / "suitebridge.sqlite3")
    on_its_way = _WAY.format(
        account=netsuite.account.value, after=ids[0], since=netsuite.ask_now(), done=ids[0], open=ids[1]
    )
    with closing(sqlite3.connect(tmp_path / "suitebridge.sqlite3")) as connection, connection:
        connection.executescript(on_its_way)

    store = resume(opened(tmp_path), netsuite)

    run = store.runs.get("run-1")
    assert run is not None
    assert (run.state, run.number) == (RunState.COMPLETED, 1)
    (progress,) = store.runs.progress("run-1")
    assert progress.tally.adds_up
    assert sorted(one.outcome.source_id for one in store.runs.outcomes("run-1")) == sorted(ids)
    names = [f"Service {number}" for number in range(4)]
    assert list(store.records.find("service", "name", names)) == names[1:]
    assert store.runs.open_items(SERVICES, not_in_run="", limit=9) == []
    assert store.runs.watermark(SERVICES) == progress.since
    assert store.trail.verify().first_broken == 0
    close_connections()
