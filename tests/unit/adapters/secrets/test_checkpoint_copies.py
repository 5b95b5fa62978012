"""Checkpoints are copied to a folder elsewhere, each as a file that is never written again (quality.md S55)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from suitebridge.adapters.secrets.checkpoints import PUBLIC_FILE, KeptCheckpoints, load_checkpoints
from suitebridge.domain.errors import RunStoppedError
from suitebridge.ports.checkpoints import Checkpoint


def checkpoint(sequence: int) -> Checkpoint:
    """Give a checkpoint of one company."""
    return Checkpoint(
        company="acme", sequence=sequence, hash=f"{sequence:064x}", at=datetime(2026, 3, 2, 9, tzinfo=UTC)
    )


def test_each_checkpoint_is_copied_once_and_the_copies_prove_the_trail(tmp_path: Path) -> None:
    own, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    own.mkdir()
    load_checkpoints(own, may_create=True).sign(checkpoint(3))
    signing = load_checkpoints(own, may_create=False, copies=elsewhere)
    with pytest.raises(RunStoppedError, match="SB-DISK-001"):
        signing.sign(checkpoint(7))
    elsewhere.mkdir()
    signing.sign(checkpoint(12))
    names = [f"acme-{number:012}.json" for number in (3, 7, 12)]
    assert sorted(file.name for file in elsewhere.iterdir()) == [*names, PUBLIC_FILE]
    kept = (elsewhere / names[0]).read_bytes()
    signing.sign(checkpoint(20))
    assert (elsewhere / names[0]).read_bytes() == kept
    joined = tmp_path / "joined"
    joined.mkdir()
    (joined / PUBLIC_FILE).write_bytes((elsewhere / PUBLIC_FILE).read_bytes())
    (joined / "acme.jsonl").write_bytes(b"".join(file.read_bytes() for file in sorted(elsewhere.glob("acme-*.json"))))
    log = KeptCheckpoints(joined).read("acme")
    assert log.said == ""
    assert [one.sequence for one in log.checkpoints] == [3, 7, 12, 20]
