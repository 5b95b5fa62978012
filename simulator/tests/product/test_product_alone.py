"""The simulator as a product of its own: its wheel, what the wheel asks for, and nothing of SuiteBridge.

The environment is made of the wheel and links to the distributions that the wheel's own metadata asks for, so that nothing
is fetched, and a dependency that is used but not declared is found missing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePath

import pytest
import requests
from oauthlib.oauth1 import Client
from packaging.requirements import Requirement

STORY = '''
import json
import os
import ssl
import urllib.request

import pytest


def teach(opened):
    return json.load(opened)


def world(served):
    with urllib.request.urlopen(f"{served.url}/_simulator") as answer:
        return teach(answer)


def test_an_account_is_served_and_edited(netsuite_account):
    account = netsuite_account.account
    account.add("customer", companyName="Umbra")
    assert world(netsuite_account)["records"]["customer"] == 1
    assert netsuite_account.credentials.account_id == account.id == "TSTDRV1000001"
    assert netsuite_account.edit(lambda: account.add("customer", companyName="Penumbra")).id == "2"


def test_the_next_test_finds_an_empty_one(netsuite_account):
    assert "customer" not in {name for name, count in world(netsuite_account)["records"].items() if count}
    assert not netsuite_account.environment


@pytest.mark.netsuite(account_id="TSTDRV42_SB1", by_name=True)
def test_hard_wired_hosts_lead_to_the_account(netsuite_account):
    context = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])
    address = "https://tstdrv42-sb1.suitetalk.api.netsuite.com/.well-known/openid-configuration"
    with urllib.request.urlopen(address, context=context) as answer:
        assert teach(answer)["issuer"].startswith("https://")


def test_two_accounts_at_once(netsuite_simulator):
    with netsuite_simulator.serve("TSTDRV1") as one, netsuite_simulator.serve("TSTDRV2") as other:
        assert one.url != other.url
        assert (one.credentials.account_id, other.credentials.account_id) == ("TSTDRV1", "TSTDRV2")


@pytest.mark.netsuite("TSTDRV42")
def test_values_need_names(netsuite_account):
    """Ends in an error that says so."""


def test_the_house_next_door_is_not_here():
    with pytest.raises(ModuleNotFoundError):
        __import__("suitebridge")
'''


def needed(names: Iterable[str]) -> dict[str, Distribution]:
    """Return the distributions that these ask for, and what those ask for."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(name) for name in names]
    while waiting:
        need = waiting.pop()
        held = found.get(need.name.lower())
        if held is None or need.extras:
            held = found[need.name.lower()] = distribution(need.name)
            waiting += [
                wanted
                for wanted in map(Requirement, held.requires or ())
                if wanted.marker is None
                or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *need.extras))
            ]
    return found


def link(packages: Path, held: Distribution) -> None:
    """Let an environment have a distribution that is installed here."""
    for top in {PurePath(file).parts[0] for file in held.files or ()} - {"..", "__pycache__"}:
        place = packages / top
        if not place.exists():
            place.symlink_to(Path(str(held.locate_file(top))))


@pytest.fixture(scope="session")
def home(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the simulator's wheel, pytest and what they ask for; its folder of programs."""
    folder = tmp_path_factory.mktemp("alone")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    offline = ["--quiet", "--no-deps", "--no-index"]
    project = repository / "simulator"
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "-w", folder, project], check=True)
    (wheel,) = folder.glob("netsuite_simulator-*.whl")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    programs = folder / "venv" / "bin"
    subprocess.run([*pip, "--python", programs / "python", "install", *offline, wheel], check=True)
    (packages,) = folder.glob("venv/lib/python*/site-packages")
    (metadata,) = packages.glob("netsuite_simulator-*.dist-info")
    asked = [Requirement(line) for line in Distribution.at(metadata).requires or ()]
    names = [str(need) for need in asked if need.marker is None or need.marker.evaluate({"extra": "pytest"})]
    for held in needed([name.partition(";")[0] for name in names]).values():
        link(packages, held)
    return programs


@contextmanager
def served(home: Path, folder: Path) -> Iterator[str]:
    """Run `netsuite-simulator serve` on a free port and wait for its doors."""
    command: list[str | Path] = [
        home / "netsuite-simulator",
        "serve",
        "--port",
        "0",
        "--credentials-file",
        folder / "kept.json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        try:
            assert process.stdout is not None
            lines: list[str] = []
            while "Ready." not in lines:
                line = process.stdout.readline()
                assert line, f"the simulator ended: {lines}"
                lines.append(line.strip())
            yield re.search(r"is served at (\S+)", "\n".join(lines))[1]  # type: ignore[index] # fails the test
        finally:
            process.terminate()
            process.communicate(timeout=20)


def test_the_command_serves_without_the_connector(home: Path, tmp_path: Path) -> None:
    with served(home, tmp_path) as url:
        kept = json.loads((tmp_path / "kept.json").read_text())
        signer = Client(
            kept["consumer_key"],
            kept["consumer_secret"],
            kept["token_id"],
            kept["token_secret"],
            signature_method="HMAC-SHA256",
            realm=kept["account_id"],
        )
        address, headers, _ = signer.sign(f"{url}/services/rest/record/v1/customer")
        answer = requests.get(address, headers={name: str(value) for name, value in headers.items()}, timeout=20)
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


def test_the_plugin_serves_other_projects(home: Path, tmp_path: Path) -> None:
    (tmp_path / "test_story.py").write_text(STORY)
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --strict-markers -p no:cacheprovider\nfilterwarnings = error\n"
    )
    run = subprocess.run(
        [home / "python", "-m", "pytest", "-q", "--basetemp", tmp_path / "kept"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "5 passed, 1 error" in run.stdout, run.stdout + run.stderr
    assert "write the values of the mark with their names" in run.stdout


def test_pytest_loads_the_simulator_only_when_it_is_asked_for(home: Path, tmp_path: Path) -> None:
    probe = "import sys\ndef test_it():\n    assert 'netsuite_simulator.account' not in sys.modules\n"
    (tmp_path / "test_probe.py").write_text(probe)
    command: list[str | Path] = [home / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
