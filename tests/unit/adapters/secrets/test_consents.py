"""Sign-ins at NetSuite are sealed for one person of one company, and readable by nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from suitebridge.adapters.secrets.consents import FOLDER, SealedConsents
from suitebridge.adapters.secrets.envelopes import EnvelopeSealer
from suitebridge.adapters.secrets.rings import load_key_ring
from suitebridge.domain.credentials import AccountId, ConsentCredentials, Secret

GIVEN = ConsentCredentials(
    account=AccountId(value="TSTDRV1"),
    client_id="client",
    refresh_token=Secret("refresh canary"),
    client_secret=Secret("client canary"),
)


def test_what_is_kept_opens_for_its_person_only(tmp_path: Path) -> None:
    ring = load_key_ring(tmp_path, may_create=True)
    consents = SealedConsents(tmp_path, EnvelopeSealer(ring))
    with consents.holding("one", "ada"):
        assert consents.find("one", "ada") is None
        consents.keep("one", "ada", GIVEN)
    assert consents.find("one", "ada") == GIVEN
    (file,) = (tmp_path / FOLDER).glob("*.json")
    assert b"canary" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    consents.keep("two", "ada", replace(GIVEN, client_id="other"))
    (other,) = (one for one in (tmp_path / FOLDER).glob("*.json") if one != file)
    other.write_bytes(file.read_bytes())  # copied to another company, it does not open
    assert consents.find("two", "ada") is None
    first = ring.current_id()
    ring.add()
    assert consents.find("one", "ada") == GIVEN
    ring.retire(first)
    assert (
        SealedConsents(tmp_path, EnvelopeSealer(load_key_ring(tmp_path, may_create=False))).find("one", "ada") is None
    )
    consents.forget("one", "ada")
    consents.forget("one", "ada")
    assert not file.exists()
