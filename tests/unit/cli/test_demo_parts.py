"""The demo's own parts: it empties only what it marked, and takes the next free port."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from suitebridge.cli.demo.directories import MARK, prepare_directory, write_settings
from suitebridge.cli.demo.simulators import Simulator, free_port, tell_pages
from suitebridge.cli.loading import firm_folder
from suitebridge.domain.errors import RunStoppedError


def nobody(_: Path) -> bool:
    return False


def somebody(_: Path) -> bool:
    return True


def test_a_new_folder_is_marked(tmp_path: Path) -> None:
    prepare_directory(tmp_path / "demo", nobody)
    assert [path.name for path in (tmp_path / "demo").iterdir()] == [MARK]


def test_a_marked_folder_is_emptied(tmp_path: Path) -> None:
    prepare_directory(tmp_path, nobody)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "old")
    prepare_directory(tmp_path, nobody)
    assert [path.name for path in tmp_path.iterdir()] == [MARK]


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    with pytest.raises(RunStoppedError, match="SB-DEMO-001"):
        prepare_directory(tmp_path, nobody)
    with pytest.raises(RunStoppedError, match="SB-DEMO-001"):
        prepare_directory(tmp_path / "precious", nobody)
    assert (tmp_path / "precious").read_text() == "x"


def test_a_folder_at_work_is_refused(tmp_path: Path) -> None:
    prepare_directory(tmp_path, nobody)
    (tmp_path / "data").write_text("x")
    with pytest.raises(RunStoppedError, match="SB-DEMO-001"):
        prepare_directory(tmp_path, somebody)
    assert (tmp_path / "data").exists()


def test_the_account_is_sent_to_the_simulator(tmp_path: Path) -> None:
    write_settings(tmp_path, {"TSTDRV1": "http://127.0.0.1:8200"})
    text = (tmp_path / "suitebridge.toml").read_text()
    assert 'TSTDRV1 = "http://127.0.0.1:8200"' in text


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_the_demo_firm_ships_in_the_package() -> None:
    assert (firm_folder("consultancy") / "customer.csv").is_file()


def test_the_pages_of_the_account_are_told_with_who_may_log_in(tmp_path: Path) -> None:
    issued = {"administrator_email": "a@example.com", "administrator_password": "p w"}
    file = tmp_path / "credentials.json"
    file.write_text(json.dumps(issued))
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        simulator = Simulator(
            account_id="TSTDRV1",
            address="http://127.0.0.1:8200",
            credentials_file=file,
            ready_file=file,
            log=file,
            process=process,
        )
        told = tell_pages(simulator)
    assert told == "http://127.0.0.1:8200/app/center/card.nl\n  email a@example.com, password p w"
