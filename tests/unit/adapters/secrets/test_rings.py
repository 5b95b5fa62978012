"""The ring of master keys: made once and privately, never guessed at when missing or damaged, changed as a whole for every process."""

from __future__ import annotations

import pickle
import stat
from pathlib import Path

import pytest

from suitebridge.adapters.secrets.envelopes import EnvelopeSealer
from suitebridge.adapters.secrets.keys import MasterKey
from suitebridge.adapters.secrets.rings import KEY_FILE, KeyRing, create_key_ring, load_key_ring
from suitebridge.adapters.store.seals import SecretPlace
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError

PLACE = SecretPlace(company="meridian", connection="netsuite", field="token_secret", account="TSTDRV100")


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return load_key_ring(tmp_path / "data", may_create=True)


def other_process(ring: KeyRing) -> KeyRing:
    return KeyRing(ring._path)


def test_a_ring_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = load_key_ring(tmp_path / "data", may_create=True)
    assert load_key_ring(tmp_path / "data", may_create=False).current_id() == first.current_id()
    assert stat.S_IMODE((tmp_path / "data" / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == [KEY_FILE]


def test_two_directories_have_two_keys(tmp_path: Path) -> None:
    one, other = (load_key_ring(tmp_path / name, may_create=True).current() for name in "ab")
    assert one.id != other.id
    assert one.signing_key() != other.signing_key()


def test_production_makes_no_key_silently(tmp_path: Path) -> None:
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        load_key_ring(tmp_path, may_create=False)
    assert "missing" in caught.value.problem.cause
    assert "suitebridge keys create" in caught.value.problem.cause
    assert not list(tmp_path.iterdir())


def test_a_key_is_created_on_request_and_never_over_another(tmp_path: Path) -> None:
    made = create_key_ring(tmp_path)
    assert load_key_ring(tmp_path, may_create=False).current_id() == made.current_id()
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        create_key_ring(tmp_path)


@pytest.mark.parametrize(
    "content", ["", "00", "zz" * 32, "00" * 33, f"fingerprints {'00' * 32}", f"{'00' * 32}\nfingerprints"]
)
def test_a_damaged_ring_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    file = tmp_path / KEY_FILE
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        load_key_ring(tmp_path, may_create=True)
    assert "damaged" in caught.value.problem.cause
    assert file.read_text() == content


def test_a_ring_that_others_may_read_is_refused(tmp_path: Path) -> None:
    load_key_ring(tmp_path, may_create=True)
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        load_key_ring(tmp_path, may_create=True)
    assert "chmod 600" in caught.value.problem.cause


def test_a_directory_that_cannot_hold_a_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunStoppedError, match="SB-"):
        load_key_ring(tmp_path / "file", may_create=True)


def test_a_ring_shows_no_key(ring: KeyRing) -> None:
    assert repr(ring) == f"KeyRing({ring.current_id()})"
    with pytest.raises(TypeError):
        pickle.dumps(ring)


def test_a_new_key_seals_at_once_in_every_process_and_older_ones_still_open(ring: KeyRing) -> None:
    server = other_process(ring)
    sealed = EnvelopeSealer(server).seal(Secret("x"), PLACE)
    old = ring.current_id()
    new = ring.add()
    assert (ring.current_id(), ring.older_ids()) == (new, [old])
    assert stat.S_IMODE(ring._path.stat().st_mode) == 0o600
    assert EnvelopeSealer(server).seal(Secret("x"), PLACE).key_id == new
    assert EnvelopeSealer(other_process(ring)).open(sealed, PLACE) == Secret("x")


def test_rewrapping_changes_the_key_and_neither_secret_nor_fingerprint(ring: KeyRing) -> None:
    sealer = EnvelopeSealer(ring)
    sealed = sealer.seal(Secret("x"), PLACE)
    new = ring.add()
    renewed = sealer.rewrap(sealed, PLACE)
    assert renewed.key_id == new
    assert renewed.envelope != sealed.envelope
    assert renewed.fingerprint == sealed.fingerprint == sealer.fingerprint(Secret("x"))
    ring.retire(sealed.key_id)
    later = EnvelopeSealer(other_process(ring))
    assert later.open(renewed, PLACE) == Secret("x")
    assert later.fingerprint(Secret("x")) == sealed.fingerprint
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        later.open(sealed, PLACE)


def test_a_process_that_read_a_row_before_its_key_was_retired_still_opens_it(ring: KeyRing) -> None:
    server = EnvelopeSealer(other_process(ring))
    sealed = server.seal(Secret("x"), PLACE)
    ring.add()
    ring.retire(sealed.key_id)
    assert server.current_key_id() == ring.current_id()
    assert server.open(sealed, PLACE) == Secret("x")


def test_the_key_that_seals_is_never_retired(ring: KeyRing) -> None:
    ring.add()
    ring.retire(ring.current_id())
    assert len(ring.older_ids()) == 1


def test_one_process_at_a_time_changes_the_ring(ring: KeyRing) -> None:
    with ring.changing(), pytest.raises(RunStoppedError, match="SB-BUSY-001"), other_process(ring).changing():
        pass
    with other_process(ring).changing():
        pass


def test_a_ring_that_vanished_is_told(ring: KeyRing) -> None:
    ring._path.unlink()
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        ring.current()


def test_a_key_is_a_ring_of_one() -> None:
    key = MasterKey(bytes(range(32)))
    assert key.current() is key
    assert key.find(key.id) is key
    assert key.find("another") is None
