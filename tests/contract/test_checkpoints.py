"""A trail that was edited, shortened or rewritten as a whole does not fit what was signed (quality.md S55)."""

from __future__ import annotations

import dataclasses
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from suitebridge.adapters.secrets.checkpoints import FOLDER, SIGNING_FILE, KeptCheckpoints, load_checkpoints
from suitebridge.adapters.store.chain import Entry, genesis, link
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.databases import Database
from suitebridge.adapters.store.trail import _entry
from suitebridge.administration.checkpointing import checkpoint_trail, prove_trail
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Stamp
from suitebridge.ports.checkpoints import Checkpoint
from suitebridge.ports.companies import CompanyStore
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, create
from tests.contract.test_concurrency import in_threads
from tests.fakes.clock import SteppingClock

CLOCK = SteppingClock()


def signed_often(store: CompanyStore, stamp: Stamp, directory: Path) -> None:
    """Write nine entries and sign after each third."""
    for number in range(9):
        create(store, stamp, "vendor", {"name": f"V{number}"})
        if number % 3 == 2:
            checkpoint_trail(store, load_checkpoints(directory, may_create=True), CLOCK)


@pytest.fixture
def kept(stored_companies: StoredCompanies, stamp: Stamp, tmp_path: Path) -> CompanyStore:
    store = fresh_store(stored_companies)
    signed_often(store, stamp, tmp_path)
    return store


@pytest.fixture
def superuser(stored_companies: StoredCompanies) -> Iterator[Database]:
    """Give the database to somebody who may switch its triggers off."""
    database = stored_companies.database
    if database.is_sqlite:
        kept = database.fetch("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'store_trail'")
        before, after = [f"DROP TRIGGER {name}" for name, _ in kept], [str(sql) for _, sql in kept]
    else:
        before, after = (f"ALTER TABLE store_trail {act} TRIGGER USER".split("|") for act in ("DISABLE", "ENABLE"))
    for step in before:
        database.execute(step)
    yield database
    for step in after:
        database.execute(step)


def rechained(database: Database, company: str) -> None:
    """Write the chain anew over what stands in the table, and the company's row with it."""
    columns = ", ".join((*Entry._fields, "hash"))
    rows = database.fetch(f"SELECT {columns} FROM store_trail WHERE company_id = %s ORDER BY sequence", (company,))
    previous, end = genesis(company), 0
    for row in rows:
        entry, _ = _entry(row)
        previous, end = link(previous, entry), entry.sequence
        database.execute(
            "UPDATE store_trail SET hash = %s WHERE company_id = %s AND sequence = %s", (previous, company, end)
        )
    database.execute(
        "UPDATE store_company SET audit_hash = %s, audit_sequence = %s WHERE id = %s", (previous, end, company)
    )


def test_a_whole_trail_fits_what_was_signed(kept: CompanyStore, tmp_path: Path) -> None:
    proof = prove_trail(kept, load_checkpoints(tmp_path, may_create=False))
    assert (proof.verdict.checked, proof.verdict.first_broken, proof.checkpoints) == (9, 0, 3)
    assert proof.signed_at is not None


@pytest.mark.parametrize(
    ("act", "first_broken", "told"),
    [
        ("UPDATE store_trail SET author_name = 'Mallory' WHERE sequence = 5", 4, "between 4 and 6"),
        ("DELETE FROM store_trail WHERE sequence > 7", 8, "Entry 8 is missing"),
        ("DELETE FROM store_trail WHERE sequence > 0", 1, "Entry 1 is missing"),
        ("UPDATE store_trail SET changes = '[]' WHERE sequence = 1", 1, "between 1 and 3"),
    ],
)
def test_a_chain_that_was_rewritten_is_found_out(
    kept: CompanyStore, superuser: Database, tmp_path: Path, act: str, first_broken: int, told: str
) -> None:
    company = kept.company.id
    superuser.execute(f"{act} AND company_id = %s", (company,))
    rechained(superuser, company)
    assert kept.trail.verify().first_broken == 0
    verdict = prove_trail(kept, load_checkpoints(tmp_path, may_create=False)).verdict
    assert verdict.first_broken == first_broken
    assert verdict.checked == first_broken - 1
    assert told in verdict.said


def test_the_same_end_is_signed_once(kept: CompanyStore, tmp_path: Path) -> None:
    checkpoints = load_checkpoints(tmp_path, may_create=False)
    checkpoint_trail(kept, checkpoints, CLOCK)
    assert len(checkpoints.read(kept.company.id).checkpoints) == 3


def test_an_empty_trail_is_not_signed(real_store: CompanyStore, tmp_path: Path) -> None:
    checkpoints = load_checkpoints(tmp_path, may_create=True)
    checkpoint_trail(real_store, checkpoints, CLOCK)
    proof = prove_trail(real_store, checkpoints)
    assert (proof.verdict.first_broken, proof.checkpoints, proof.signed_at) == (0, 0, None)


def changed_hash(lines: list[str]) -> list[str]:
    document = json.loads(lines[1])
    return [lines[0], json.dumps({**document, "hash": "00" * 32}), lines[2]]


@pytest.mark.parametrize(
    ("forge", "believed"),
    [
        (changed_hash, 1),
        (lambda lines: [lines[0], lines[2]], 1),
        (lambda lines: [lines[1], lines[2]], 0),
        (lambda lines: [lines[1], lines[0], lines[2]], 0),
        (lambda lines: [*lines, lines[0]], 3),
    ],
)
def test_checkpoints_that_were_changed_are_told(
    kept: CompanyStore, tmp_path: Path, forge: Callable[[list[str]], list[str]], believed: int
) -> None:
    file = tmp_path / FOLDER / f"{kept.company.id}.jsonl"
    file.write_text("\n".join(forge(file.read_text().splitlines())) + "\n")
    proof = prove_trail(kept, load_checkpoints(tmp_path, may_create=False))
    assert proof.checkpoints == believed
    assert proof.verdict.first_broken == 3 * believed + 1
    assert "heckpoint" in proof.verdict.said


def test_a_line_that_a_crash_cut_is_passed_over(kept: CompanyStore, stamp: Stamp, tmp_path: Path) -> None:
    file = tmp_path / FOLDER / f"{kept.company.id}.jsonl"
    file.write_text(file.read_text() + '{"format":1,"compa')
    create(kept, stamp, "vendor", {"name": "after the crash"})
    checkpoints = load_checkpoints(tmp_path, may_create=False)
    checkpoint_trail(kept, checkpoints, CLOCK)
    assert [one.sequence for one in checkpoints.read(kept.company.id).checkpoints] == [3, 6, 9, 10]
    assert prove_trail(kept, checkpoints).verdict.first_broken == 0


def test_who_signs_anew_is_found_out_by_a_copy_kept_elsewhere(kept: CompanyStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for file in (tmp_path / FOLDER).iterdir():
        (outside / file.name).write_bytes(file.read_bytes())
        file.unlink()
    (tmp_path / SIGNING_FILE).unlink()
    forged = load_checkpoints(tmp_path, may_create=True)
    forged.sign(Checkpoint(company=kept.company.id, sequence=9, hash="00" * 32, at=MOMENT))
    assert KeptCheckpoints(outside).read(kept.company.id).said == ""
    mixed = tmp_path / FOLDER / f"{kept.company.id}.jsonl"
    (outside / mixed.name).write_bytes(mixed.read_bytes())
    assert "valid signature" in KeptCheckpoints(outside).read(kept.company.id).said


def test_threads_that_sign_at_once_leave_one_chain(kept: CompanyStore, tmp_path: Path) -> None:
    checkpoints = load_checkpoints(tmp_path, may_create=False)
    last = checkpoints.last(kept.company.id)
    assert last is not None

    def sign(_number: int) -> None:
        for _ in range(5):
            checkpoints.sign(dataclasses.replace(last))

    in_threads(sign)
    log = checkpoints.read(kept.company.id)
    assert (log.said, len(log.checkpoints)) == ("", 23)


def test_the_signing_key_is_private_and_never_guessed(tmp_path: Path) -> None:
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        load_checkpoints(tmp_path, may_create=False)
    load_checkpoints(tmp_path, may_create=True)
    file = tmp_path / SIGNING_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        load_checkpoints(tmp_path, may_create=False)
    file.chmod(0o600)
    file.write_text("nonsense")
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        load_checkpoints(tmp_path, may_create=False)


def test_a_place_that_cannot_be_written_is_told(kept: CompanyStore, tmp_path: Path) -> None:
    checkpoints = load_checkpoints(tmp_path / "other", may_create=True)
    (tmp_path / "other" / FOLDER).write_text("in the way")
    with pytest.raises(RunStoppedError, match="SB-DISK-001"):
        checkpoint_trail(kept, checkpoints, CLOCK)
