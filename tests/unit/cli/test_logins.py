"""The kept sign-ins: for their owner's eyes only, replaced as a whole, refused when damaged."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from suitebridge.cli.logins import FILE_NAME, Logins, read_logins, write_logins
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError


def test_sign_ins_are_kept_for_their_owner_only(tmp_path: Path) -> None:
    write_logins(tmp_path, Logins().with_token("acme", Secret("one")).with_token("other", Secret("two")))
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    kept = read_logins(tmp_path)
    assert kept.current == "other"
    assert kept.tokens == {"acme": Secret("one"), "other": Secret("two")}
    assert "one" not in repr(kept)


def test_a_sign_in_can_be_forgotten(tmp_path: Path) -> None:
    both = Logins().with_token("acme", Secret("one")).with_token("other", Secret("two"))
    write_logins(tmp_path, both.without("other"))
    assert read_logins(tmp_path) == Logins(current="acme", tokens={"acme": Secret("one")})
    assert both.without("other").without("acme") == Logins()


def test_no_file_means_nobody(tmp_path: Path) -> None:
    assert read_logins(tmp_path) == Logins()


@pytest.mark.parametrize("text", ["", "[]", '{"tokens": []}', '{"tokens": {"a": "b"}}', "\x00"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(RunStoppedError, match=r"SB-SET-001: .*login"):
        read_logins(tmp_path)
