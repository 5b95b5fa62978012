"""What outlives a process: snapshots, searches and jobs, sandboxes, the clock; and the options and commands for them."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from simulator.tests.admin.test_admin_command_line import address, get, run, served
from simulator.tests.admin.test_admin_end_points import Admin
from simulator.tests.firms import NOW, RestClient, small_firm
from simulator.tests.rest.test_rest_jobs import ASYNC, KEY, at
from simulator.tests.soap.conftest import Client

from netsuite_simulator import errands
from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.faults import RevokeTokens
from netsuite_simulator.snapshots import StateError

SEARCH = (
    '<msgs:search><msgs:searchRecord xsi:type="common:CustomerSearchBasic"'
    ' xmlns:common="urn:common_2025_2.platform.webservices.netsuite.com"/></msgs:search>'
)


def test_searches_and_jobs_outlive_a_restart(tmp_path: Path) -> None:
    state = str(tmp_path / "state.db")
    account = Account(state_file=state)
    account.clock.freeze(NOW)
    firm = small_firm(account)
    credentials = account.tokens.issue(account.id)
    headers = {**ASYNC, "X-NetSuite-Idempotency-Key": KEY}
    with serving(account) as running:
        soap = Client(account, int(running.url.rpartition(":")[2]), credentials, None)
        rest = RestClient(account, running.url, credentials)
        search_id = soap.send(SEARCH).text("core:searchId")
        ref = soap.ref("customer", internalId=firm.customer)
        soap_job = soap.send(f"<msgs:asyncGetList>{ref}</msgs:asyncGetList>").text("core:jobId")
        job = rest.records("POST", "department", {"name": "New"}, headers=headers).headers["Location"]
        rest.session.close()
    account.close()

    account = Account(state_file=state)
    account.clock.freeze(NOW)
    account.clock.advance(60)
    with serving(account) as running:
        soap = Client(account, int(running.url.rpartition(":")[2]), credentials, None)
        rest = RestClient(account, running.url, credentials)
        page = f"<msgs:searchId>{search_id}</msgs:searchId><msgs:pageIndex>1</msgs:pageIndex>"
        assert soap.send(f"<msgs:searchMoreWithId>{page}</msgs:searchMoreWithId>").text("core:totalRecords") == "1"
        asked = f"<msgs:jobId>{soap_job}</msgs:jobId><msgs:pageIndex>1</msgs:pageIndex>"
        result = soap.send(f"<msgs:getAsyncResult>{asked}</msgs:getAsyncResult>")
        assert "Łódź & Söhne" in (result.text("listRel:companyName") or "")
        assert (
            at(rest, rest.url + job.partition("/services")[1] + job.partition("/services")[2]).json()["completed"]
            is True
        )
        again = rest.records("POST", "department", {"name": "New"}, headers=headers)
        assert (again.status_code, again.headers["Location"].rpartition("/")[2]) == (400, job.rpartition("/")[2])
        rest.session.close()
    account.close()


def test_only_so_many_errands_are_kept(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "ROOM", 5)
    monkeypatch.setattr(errands, "_TRIMMED_EVERY", 10)
    for number in range(10):
        account.errands.keep("job", str(number), b"x", NOW + timedelta(seconds=number))
    assert [account.errands.use("job", str(number), NOW) for number in (4, 5, 9)] == [None, b"x", b"x"]


def test_an_upheaval_outlives_the_process(tmp_path: Path) -> None:
    state = str(tmp_path / "state.db")
    account = Account(state_file=state)
    credentials = account.tokens.issue(account.id)
    account.fail_next(RevokeTokens())
    with serving(account) as running:
        client = RestClient(account, running.url, credentials)
        assert client.records("GET", "customer").status_code == 401
        client.session.close()
    account.storage.close()  # as a kill would: nothing more is saved
    again = Account(state_file=state)
    token = again.tokens.find(credentials.token_id)
    assert token is not None
    assert token.is_revoked
    again.close()


def test_snapshots_of_a_state_file_lie_beside_it(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    account = Account(state_file=str(state))
    firm = small_firm(account)
    account.clock.freeze(NOW)
    account.snapshots.take("start")
    account.bump("customer", firm.customer, companyName="Changed")
    account.clock.run()
    for name in ("", "../up", "a b", ".hidden"):
        with pytest.raises(StateError, match="is no name"):
            account.snapshots.take(name)
    account.close()
    kept = tmp_path / "state.db.snapshots"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (kept, kept / "start.snapshot")] == [0o700, 0o600]
    again = Account(state_file=str(state))
    again.snapshots.restore("start")
    found = again.get("customer", internal_id=firm.customer)
    assert found is not None
    assert (found.values["companyName"], again.clock.now()) == ("Łódź & Söhne", NOW)
    (kept / "start.snapshot").write_bytes(b"nonsense")
    with pytest.raises(StateError, match="take it again"):
        again.snapshots.restore("start")
    again.snapshots.remove("start")
    assert again.snapshots.names == []
    again.close()


def test_state_files_are_kept_by_commands(tmp_path: Path) -> None:
    state, sandbox = tmp_path / "state.db", str(tmp_path / "sandbox.db")
    assert run("snapshot", "list", "--state", str(state)) == (
        1,
        f"netsuite-simulator: there is no state file {state}; `netsuite-simulator seed --state {state}` makes one\n",
    )
    account = Account("TSTDRV7", state_file=str(state))
    small_firm(account)
    account.tokens.issue(account.id)
    account.close()
    assert run("snapshot", "list", "--state", str(state)) == (0, "no snapshots yet\n")
    assert run("snapshot", "take", "one", "--state", str(state))[0] == 0
    assert run("clock", "--state", str(state), "--now", "2030-01-01T00:00:00Z")[1].startswith("2030-01-01T00:00:0")
    assert run("clock", "--state", str(state), "--advance", "86400")[1].startswith("2030-01-02T00:00:")
    assert run("clock", "--state", str(state), "--now", "noon")[0] == 1
    assert run("snapshot", "restore", "one", "--state", str(state))[0] == 0
    assert not run("clock", "--state", str(state))[1].startswith("2030")
    assert "there is no snapshot two; there are one" in run("snapshot", "remove", "two", "--state", str(state))[1]
    assert run("snapshot", "remove", "one", "--state", str(state)) == (0, "Snapshot one is gone\n")
    code, said = run("refresh", "--from", str(state), "--state", sandbox)
    assert (code, said.startswith("Sandbox TSTDRV7_SB1 is a copy of TSTDRV7 now")) == (0, True)
    copy = Account("TSTDRV7_SB1", state_file=sandbox)
    assert (copy.counts()["customer"], len(copy.tokens)) == (1, 0)
    copy.close()


def test_snapshots_and_sandboxes_over_http() -> None:
    production, sandbox = Account("TSTDRV7"), Account("TSTDRV7_SB1")
    small_firm(production)
    sandbox.tokens.issue(sandbox.id)
    with serving(production, sandbox) as running:
        admin = Admin(running.url)
        here = "?account=TSTDRV7_SB1"
        assert admin.ask("POST", f"/snapshots/empty{here}") == {"snapshots": ["empty"]}
        refreshed = admin.ask("POST", f"/refresh{here}", {"account": "TSTDRV7"})
        assert (refreshed["account"], refreshed["records"]["customer"], len(sandbox.tokens)) == ("TSTDRV7_SB1", 1, 0)
        assert admin.ask("POST", f"/refresh{here}", {"snapshot": "empty"})["records"]["customer"] == 0
        assert (
            "there is no account X here" in admin.ask("POST", f"/refresh{here}", {"account": "X"}, status=400)["error"]
        )
        assert admin.ask("GET", f"/snapshots{here}") == {"snapshots": ["empty"]}
        assert admin.ask("DELETE", f"/snapshots/empty{here}") == {"snapshots": []}
    production.close()
    sandbox.close()


def test_a_served_account_has_its_weather_plan_clock_and_journal(tmp_path: Path) -> None:
    plan, kept, journal = tmp_path / "plan.toml", tmp_path / "credentials.json", tmp_path / "journal.jsonl"
    plan.write_text('[[plan]]\nfault = "Maintenance"\ndoor = "rest"\n', encoding="utf-8")
    options = ("--plan", str(plan), "--credentials-file", str(kept), "--journal", str(journal))
    clock = ("--now", "2026-05-18T17:00:00Z", "--frozen")
    weather = ("--weather-seed", "7", "--weather-rate", "1", "--weather-fault", "Throttle")
    with served(*options, *clock, *weather) as (_, lines):
        assert "1 faults planned" in lines
        url, credentials = address(lines), json.loads(kept.read_text(encoding="utf-8"))
        shown = requests.get(f"{url}/_simulator/clock", timeout=20).json()
        assert (shown["now"][:19], shown["frozen"]) == ("2026-05-18T17:00:00", True)
        statuses = [get(url, credentials, "/services/rest/record/v1/job").status_code for _ in range(3)]
        assert statuses == [503, 429, 429]
        noted = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
        assert [one["fault"] for one in noted if one["kind"] == "request"] == ["Maintenance", "Throttle", "Throttle"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--weather-seed", "1", "--weather-rate", "7"), "is no share"),
        (("--weather-seed", "1", "--weather-fault", "Rain"), "there is no fault Rain"),
        (("--plan", "/nowhere/plan.toml"), "cannot be read"),
        (("--now", "noon"), "is no instant"),
        (("--journal", "/nowhere/journal"), "give another --journal"),
    ],
)
def test_wrong_options_are_explained(options: tuple[str, ...], words: str) -> None:
    code, said = run("serve", "--port", "0", *options)
    assert (code, words in said) == (1, True), said
