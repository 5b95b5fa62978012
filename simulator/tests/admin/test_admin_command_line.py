"""The command line in a process of its own: serving, stopping, credentials, state, refusals."""

from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from oauthlib.oauth1 import Client
from typer.testing import CliRunner

from netsuite_simulator.cli import app

COMMAND = [sys.executable, "-c", "from netsuite_simulator.cli import main; main()"]
WAIT_SECONDS = 60
DEPARTMENTS = "id,name,isinactive,lastmodifieddate\n1,Delivery,F,2024-05-01 10:00:00\n2,Łódź,T,2024-05-02 10:00:00\n"


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Serve in a process until it says it is ready; it is stopped whatever happens."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if lines[-1] == "Ready.":
                break
        yield process, lines
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(WAIT_SECONDS)
        process.stdout.close()


def address(lines: list[str]) -> str:
    return next(line.rpartition(" ")[2] for line in lines if " is served at " in line)


def get(url: str, credentials: dict[str, str], path: str) -> requests.Response:
    signer = Client(
        credentials["consumer_key"],
        credentials["consumer_secret"],
        credentials["token_id"],
        credentials["token_secret"],
        signature_method="HMAC-SHA256",
        realm=credentials["account_id"],
    )
    _, headers, _ = signer.sign(url + path)
    return requests.get(url + path, headers=headers, timeout=20)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    ready, kept = tmp_path / "ready", tmp_path / "credentials.json"
    with served("--ready-file", str(ready), "--credentials-file", str(kept), "--account", "TSTDRV42") as (
        process,
        lines,
    ):
        url = address(lines)
        assert ready.read_text(encoding="utf-8") == f"{url}\n"
        credentials = json.loads(kept.read_text(encoding="utf-8"))
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert credentials["account_id"] == "TSTDRV42"
        assert len(credentials) == 8
        secrets = {credentials[name] for name in credentials if name not in {"account_id", "administrator_email"}}
        assert not any(secret in line for line in lines for secret in secrets)
        told = f"  pages     {url}/app/center/card.nl as administrator@example.com, password in {kept}"
        assert told in lines
        assert get(url, credentials, "/services/rest/record/v1/customer").json()["totalResults"] == 0
        process.send_signal(number)
        assert process.wait(WAIT_SECONDS) == 0
        assert process.stdout is not None
        assert process.stdout.read().strip() == "Stopped."
    assert not ready.exists()


def test_state_and_credentials_survive_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "department.csv").write_text(DEPARTMENTS, encoding="utf-8")
    state, kept = str(tmp_path / "state.db"), tmp_path / "credentials.json"
    arguments = ("--state", state, "--seed", str(folder), "--credentials-file", str(kept))
    with served(*arguments) as (process, lines):
        assert "2 created, 0 updated, 0 skipped, 0 refused in account TSTDRV1000001" in lines
        credentials = json.loads(kept.read_text(encoding="utf-8"))
        added = requests.post(
            f"{address(lines)}/_simulator/records", json={"type": "department", "values": {"name": "New"}}, timeout=20
        )
        assert added.status_code == 200
        assert "is in use by another process" in run("load", str(folder), "--state", state)[1]
        process.kill()
        process.wait(WAIT_SECONDS)
    with served(*arguments) as (process, lines):
        assert "Account TSTDRV1000001 holds records already; it is not seeded again." in lines
        assert json.loads(kept.read_text(encoding="utf-8")) == credentials
        found = get(address(lines), credentials, "/services/rest/record/v1/department?limit=5").json()
        assert [item["id"] for item in found["items"]] == ["1", "2", "3"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT_SECONDS) == 0


def test_the_administrator_of_the_pages_signs_in_with_what_was_told(tmp_path: Path) -> None:
    kept = tmp_path / "credentials.json"
    with served() as (_, lines):
        (told,) = (line for line in lines if line.startswith("  pages "))
        assert _signs_in(address(lines), "administrator@example.com", told.rpartition(" ")[2])
    for _ in range(2):  # the file keeps the password
        with served("--credentials-file", str(kept)) as (_, lines):
            credentials = json.loads(kept.read_text(encoding="utf-8"))
            given = (credentials["administrator_email"], credentials["administrator_password"])
            assert _signs_in(address(lines), *given)
            assert not _signs_in(address(lines), given[0], "guessed")
    assert given[1] == credentials["administrator_password"]


def _signs_in(url: str, email: str, password: str) -> bool:
    with requests.Session() as browser:
        page = browser.get(f"{url}/", timeout=20)
        (token,) = re.findall(r'name="token" value="([^"]+)"', page.text)
        form = {"token": token, "act": "sign-in", "email": email, "password": password}
        return "<h1>Home</h1>" in browser.post(page.url, data=form, timeout=20).text


def test_faults_may_come_from_a_file(tmp_path: Path) -> None:
    plan, kept = tmp_path / "faults.json", tmp_path / "credentials.json"
    plan.write_text('[{"fault": "Throttle", "door": "rest"}]', encoding="utf-8")
    with served("--faults", str(plan), "--credentials-file", str(kept)) as (_, lines):
        assert "1 faults planned" in lines
        credentials = json.loads(kept.read_text(encoding="utf-8"))
        statuses = [get(address(lines), credentials, "/services/rest/record/v1/job").status_code for _ in range(2)]
        assert statuses == [429, 200]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_another_machine_must_be_let_in_twice() -> None:
    code, output = run("serve", "--host", "0.0.0.0")
    assert code == 2
    assert "--expose-to-network" in output


def test_a_taken_port_is_explained() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, output = run("serve", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "choose another --port" in output


def test_a_state_file_that_is_none_is_explained(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    state.write_text("not a database, but long enough to look like something else entirely " * 20, encoding="utf-8")
    code, output = run("serve", "--state", str(state))
    assert code == 1
    assert "cannot be used" in output
    assert state.read_text(encoding="utf-8").startswith("not a database")


@pytest.mark.parametrize("content", ["nonsense", '{"fault": "Throttle"}', '[{"fault": "Earthquake"}]'])
def test_a_wrong_fault_plan_is_explained(tmp_path: Path, content: str) -> None:
    plan = tmp_path / "faults.json"
    plan.write_text(content, encoding="utf-8")
    code, output = run("serve", "--faults", str(plan))
    assert code == 1
    assert "fault" in output


def test_a_credentials_file_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    code, output = run("serve", "--credentials-file", str(tmp_path / "nowhere" / "c.json"))
    assert code == 1
    assert "cannot be written" in output


def test_a_folder_is_loaded_into_a_state_file(tmp_path: Path) -> None:
    folder, state = tmp_path / "exports", str(tmp_path / "state.db")
    folder.mkdir()
    (folder / "department.csv").write_text(DEPARTMENTS, encoding="utf-8")
    code, output = run("load", str(folder), "--state", state, "--account", "TSTDRV5")
    assert code == 0, output
    assert "2 created, 0 updated, 0 skipped, 0 refused in account TSTDRV5" in output
    assert f"netsuite-simulator serve --state {state}" in output
    code, output = run("load", str(folder), "--state", state)
    assert (code, "0 created" in output, "in account TSTDRV5" in output) == (0, True, True)
    code, output = run("load", str(folder), "--state", state, "--account", "TSTDRV6")
    assert (code, "holds account TSTDRV5" in output) == (1, True)


def test_a_company_that_is_not_there_is_explained(tmp_path: Path) -> None:
    code, output = run("seed", "--company", "nobody", "--state", str(tmp_path / "state.db"))
    assert code == 1
    assert "nobody" in output


def test_the_shipped_company_is_seeded(tmp_path: Path) -> None:
    code, output = run("seed", "--company", "consultancy", "--state", str(tmp_path / "state.db"))
    assert code == 0, output
    assert " 0 refused in account TSTDRV1000001" in output
    assert (tmp_path / "state.db").stat().st_size > 100_000


def test_clients_with_hard_wired_hosts_are_served(tmp_path: Path) -> None:
    kept, trusted = tmp_path / "credentials.json", tmp_path / "ca.pem"
    options = (
        *("--proxy", "--tls-port", "0", "--proxy-port", "0", "--ca-file", str(trusted)),
        *("--state", str(tmp_path / "state.db"), "--credentials-file", str(kept)),
    )
    authorities = set()
    for _ in range(2):  # the state file keeps the authority, so that it is trusted once
        with served(*options) as (_, lines), requests.Session() as session:
            proxy = next(line.split()[1] for line in lines if line.startswith("  proxy "))
            session.trust_env, session.proxies, session.verify = False, {"https": proxy}, str(trusted)
            url = "https://rest.netsuite.com/rest/datacenterurls?account=TSTDRV1000001"
            assert session.get(url, timeout=20).json()["restDomain"].startswith("https://tstdrv1000001.restlets.")
            authorities.add(trusted.read_text(encoding="utf-8"))
    assert len(authorities) == 1
    result = CliRunner().invoke(app, ["serve", "--port", "0", "--tls", "--ca-file", str(tmp_path / "no" / "ca.pem")])
    assert (result.exit_code, "CA file" in result.output) == (1, True)
