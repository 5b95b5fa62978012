"""The master key: made once and privately, never guessed at when it is missing or damaged."""

from __future__ import annotations

import pickle
import stat
from pathlib import Path

import pytest

from suitebridge.adapters.secrets.keys import KEY_FILE, MasterKey, load_master_key
from suitebridge.domain.errors import RunStoppedError


def test_a_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = load_master_key(tmp_path / "data", may_create=True)
    assert load_master_key(tmp_path / "data", may_create=False).id == first.id
    assert stat.S_IMODE((tmp_path / "data" / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == [KEY_FILE]


def test_two_directories_have_two_keys(tmp_path: Path) -> None:
    one, other = (load_master_key(tmp_path / name, may_create=True) for name in "ab")
    assert one.id != other.id
    assert one.signing_key() != other.signing_key()


def test_production_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        load_master_key(tmp_path, may_create=False)
    assert "missing" in caught.value.problem.cause
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["", "00", "zz" * 32, "00" * 33])
def test_a_damaged_key_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    file = tmp_path / KEY_FILE
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        load_master_key(tmp_path, may_create=True)
    assert "damaged" in caught.value.problem.cause
    assert file.read_text() == content


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    load_master_key(tmp_path, may_create=True)
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        load_master_key(tmp_path, may_create=True)
    assert "chmod 600" in caught.value.problem.cause


def test_a_directory_that_cannot_hold_a_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunStoppedError, match="SB-"):
        load_master_key(tmp_path / "file", may_create=True)


def test_a_key_shows_itself_nowhere() -> None:
    key = MasterKey(bytes(range(32)))
    assert repr(key) == f"MasterKey({key.id})"
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_each_purpose_has_its_own_key() -> None:
    key = MasterKey(bytes(range(32)))
    assert len({key.derive(purpose) for purpose in ("a", "b", "wrapping")}) == 3
    assert key.derive("a") == MasterKey(bytes(range(32))).derive("a")
