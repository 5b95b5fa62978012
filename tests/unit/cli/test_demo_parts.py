"""The demo's own parts: it empties only what it marked, and takes the next free port."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from suitebridge.cli.demo.directories import MARK, prepare_directory, write_settings
from suitebridge.cli.demo.simulators import free_port
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
