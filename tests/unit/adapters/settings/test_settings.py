"""The settings file: defaults without it, every problem at once with it, and no value repeated in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from suitebridge.adapters.settings.directories import data_directory
from suitebridge.adapters.settings.files import Mode, Settings, load_settings
from suitebridge.domain.errors import RunStoppedError


def loaded(directory: Path, text: str, **environment: str) -> Settings:
    (directory / "suitebridge.toml").write_text(text, encoding="utf-8")
    return load_settings(directory, environment=environment)


def refused(directory: Path, text: str) -> str:
    with pytest.raises(RunStoppedError, match="SB-SET-001") as caught:
        loaded(directory, text)
    assert str(directory / "suitebridge.toml") in caught.value.problem.title
    return caught.value.problem.cause


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, environment={})
    assert (settings.mode, settings.zone, settings.database_url, settings.simulators) == (Mode.EMBEDDED, "UTC", "", {})


def test_a_whole_file(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        'mode = "embedded"\nzone = "Europe/Berlin"\n[simulators]\nTSTDRV100 = "http://127.0.0.1:8700/"\n',
    )
    assert settings.zone == "Europe/Berlin"
    assert settings.simulators == {"TSTDRV100": "http://127.0.0.1:8700"}


def test_the_environment_names_the_database(tmp_path: Path) -> None:
    url = "postgresql://a@b/c"
    text = 'database_url = "postgresql://x@y/z"'
    assert loaded(tmp_path, text, SUITEBRIDGE_DATABASE_URL=url).database_url == url


def test_every_problem_is_named_with_its_line(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        'mode = "fast"\nzone = "Mars/Olympus"\ncolor = 1\n\n[simulators]\ntstdrv1 = "http://127.0.0.1:1"\n"TSTDRV2" = "http://evil.example"\n',
    )
    for told in ("Line 1, mode:", "Line 2, zone:", "Line 3, color: this key is not known.", "Line 6, ", "Line 7, "):
        assert told in said
    assert "Did you mean TSTDRV1?" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mode = [", "no valid TOML"),
        ('mode = "a\nzone = 1', "line 1"),
        ('mode = "production"\n[simulators]\nTSTDRV1 = "http://127.0.0.1:1"', "Line 2, simulators: simulators are for"),
        ('[simulators]\nTSTDRV1 = "ftp://127.0.0.1"', "Line 2, simulators.TSTDRV1"),
        ("zone = 7", "Line 1, zone"),
        ('database_url = "mysql://root:hunter2@db/x"', "Line 1, database_url"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    said = refused(tmp_path, text)
    assert told in said
    assert "hunter2" not in said


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "suitebridge.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RunStoppedError, match="SB-SET-001"):
        load_settings(tmp_path, environment={})


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "suitebridge.toml").mkdir()
    with pytest.raises(RunStoppedError, match="SB-SET-001"):
        load_settings(tmp_path, environment={})


def test_the_data_directory_is_the_option_then_the_variable_then_the_working_folder(tmp_path: Path) -> None:
    environment = {"SUITEBRIDGE_DATA": "named"}
    assert data_directory(Path("given"), environment=environment, working=tmp_path) == tmp_path / "given"
    assert data_directory(None, environment=environment, working=tmp_path) == tmp_path / "named"
    assert data_directory(None, environment={"SUITEBRIDGE_DATA": " "}, working=tmp_path) == tmp_path / ".suitebridge"
