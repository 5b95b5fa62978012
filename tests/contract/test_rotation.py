"""The master key is replaced while secrets are read and saved; killed at any step, the next rotation finishes (quality.md S20, F77)."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from suitebridge.adapters.secrets.envelopes import EnvelopeSealer
from suitebridge.adapters.secrets.rings import KeyRing, load_key_ring
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.administration.rekeying import Rekeyer, key_uses, refuse_lost_keys, rotate
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, Door, Role, Stamp, User
from suitebridge.ports.attempts import Attempts
from suitebridge.ports.companies import Company, CompanyStore
from suitebridge.ports.workers import Workers
from tests.contract.conftest import fresh_store
from tests.contract.stories import credentials
from tests.contract.test_concurrency import in_threads


class KilledError(BaseException):
    """The process ends here."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two companies of the session's database, sealed with a ring of this test's own."""

    stored: StoredCompanies
    ids: tuple[str, ...]
    ring: KeyRing

    @property
    def attempts(self) -> Attempts:
        return self.stored.attempts

    @property
    def workers(self) -> Workers:
        return self.stored.workers

    def all(self) -> Sequence[Company]:
        return [self.store(own).company for own in self.ids]

    def add(self, *, company_id: str, name: str, token: str, zone: str) -> Company:
        return self.stored.add(company_id=company_id, name=name, token=token, zone=zone)

    def mark_restored(self, *, reason: str) -> None:
        self.stored.mark_restored(reason=reason)

    def check_new_password(self, password: Secret) -> None:
        self.stored.check_new_password(password)

    def store(self, company_id: str, *, address: str = "") -> CompanyStore:
        return self.stored.store(company_id, address=address)

    @property
    def first(self) -> CompanyStore:
        return self.store(self.ids[0])

    def another_process(self) -> CompanyStore:
        """Open the first company as a server does that has read the ring before."""
        return dataclasses.replace(self.stored, sealer=EnvelopeSealer(KeyRing(self.ring._path))).store(self.ids[0])

    def rotate(self, tell: Callable[[int, int], None] = lambda _done, _total: None, role: Role = ADMINISTRATOR) -> str:
        user = User(id="1", user_id="ada", name="Ada Lovelace", role=role, is_active=True)
        return rotate(self, self.ring, Rekeyer(user=user, store=self.first, door=Door.COMMAND_LINE), tell).key_id

    def told(self, company: int = 0) -> list[tuple[str, str]]:
        """Give the events of keys and secrets of one company with their authors, oldest first."""
        entries = self.store(self.ids[company]).trail.newest(limit=50)
        return [
            (entry.event, entry.author_name)
            for entry in reversed(entries)
            if entry.event.startswith(("key:", "secret:"))
        ]


@pytest.fixture
def two(stored_companies: StoredCompanies, tmp_path: Path, stamp: Stamp) -> Two:
    ring = load_key_ring(tmp_path, may_create=True)
    stored = dataclasses.replace(stored_companies, sealer=EnvelopeSealer(ring))
    ids = tuple(fresh_store(stored_companies).company.id for _ in range(2))
    for own in ids:
        stored.store(own).connections.save(credentials(), stamp)
    return Two(stored=stored, ids=ids, ring=ring)


def test_every_secret_moves_to_the_new_key_and_opens_as_before(two: Two) -> None:
    old, opened, shown = two.ring.current_id(), two.first.connections.credentials(), two.first.connections.get()
    assert shown is not None
    steps: list[tuple[int, int]] = []
    new = two.rotate(lambda done, total: steps.append((done, total)))
    assert new != old
    assert steps == [(done, 4) for done in range(5)]
    assert two.ring.older_ids() == []
    assert [(use.key_id, use.secrets, use.is_known) for use in key_uses(two, two.ring)] == [(new, 4, True)]
    assert two.first.connections.credentials() == opened
    after = two.first.connections.get()
    assert after is not None
    assert after.secrets == shown.secrets


def test_the_secrets_of_second_factors_move_with_the_others(two: Two) -> None:
    factor = Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    user = two.first.people.add(
        user_id="ada", first="", last="", email="", role=ADMINISTRATOR, password=None, stamp=None
    )
    two.first.second_factors.begin(user, factor)
    new = two.rotate()
    assert [(use.key_id, use.secrets) for use in key_uses(two, two.ring)] == [(new, 5)]
    assert two.first.second_factors.pending(user) == factor
    assert two.told()[3] == ("secret:rewrapped", "Ada Lovelace")


def test_each_act_is_told_in_every_company(two: Two) -> None:
    two.rotate()
    acts = ["key:added", "secret:rewrapped", "secret:rewrapped", "key:retired"]
    own = two.first.company.name
    assert two.told() == [(act, "Ada Lovelace") for act in acts]
    assert two.told(1) == [(act, f"Ada Lovelace of {own}") for act in acts]
    assert two.first.trail.verify().first_broken == 0
    moved = two.first.trail.newest(limit=2)[1]
    assert [change.field for change in moved.changes] == ["master_key"]


@pytest.mark.parametrize("killed_after", range(5))
def test_killed_in_the_middle_nothing_is_lost_and_the_next_one_finishes(two: Two, killed_after: int) -> None:
    opened = two.first.connections.credentials()

    def kill(done: int, _total: int) -> None:
        if done == killed_after:
            raise KilledError

    with pytest.raises(KilledError):
        two.rotate(kill)
    assert len(two.ring.older_ids()) == 1
    assert two.first.connections.credentials() == opened
    refuse_lost_keys(two, two.ring)
    key = two.ring.current_id()
    assert two.rotate() == key
    assert two.ring.older_ids() == []
    assert two.first.connections.credentials() == opened
    assert [act for act, _ in two.told()] == ["key:added", "secret:rewrapped", "secret:rewrapped", "key:retired"]


def test_killed_before_the_old_key_left_the_ring(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    def kill(_ring: KeyRing, _key_id: str) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(KeyRing, "retire", kill)
        with pytest.raises(KilledError):
            two.rotate()
    two.rotate()
    assert two.ring.older_ids() == []
    assert [act for act, _ in two.told()].count("key:retired") == 1


def test_secrets_are_read_and_saved_by_a_server_meanwhile(two: Two, stamp: Stamp) -> None:
    server = two.another_process()
    opened = server.connections.credentials()
    is_over = threading.Event()

    def act(number: int) -> None:
        if number == 0:
            try:
                for _ in range(6):
                    two.rotate()
            finally:
                is_over.set()
        elif number == 1:
            while not is_over.is_set():
                server.connections.save(credentials(), stamp)
        else:
            while not is_over.is_set():
                assert server.connections.credentials() == opened

    in_threads(act)
    assert two.another_process().connections.credentials() == opened
    refuse_lost_keys(two, two.ring)
    assert two.first.trail.verify().first_broken == 0


def test_a_secret_is_sealed_under_the_companys_lock(two: Two, stamp: Stamp, monkeypatch: pytest.MonkeyPatch) -> None:
    seal, is_locked = EnvelopeSealer.seal, list[bool]()

    def watched(sealer: EnvelopeSealer, *of: object) -> object:
        is_locked.append(two.stored.database.connection.in_atomic_block)
        return seal(sealer, *of)  # type: ignore[arg-type]

    monkeypatch.setattr(EnvelopeSealer, "seal", watched)
    two.first.connections.save(credentials(), stamp)
    assert is_locked
    assert all(is_locked)


def test_a_secret_whose_key_is_lost_stops_the_rotation_and_retires_nothing(two: Two) -> None:
    two.stored.database.execute(
        "UPDATE store_sealedsecret SET key_id = 'feedfeedfeedfeed' WHERE company_id = %s", (two.ids[1],)
    )
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        two.rotate()
    assert len(two.ring.older_ids()) == 1
    assert two.first.connections.credentials() is not None
    with pytest.raises(RunStoppedError, match="SB-KEY-001") as caught:
        refuse_lost_keys(two, two.ring)
    assert "2 with the master key feedfeedfeedfeed" in caught.value.problem.cause
    lost = [use for use in key_uses(two, two.ring) if not use.is_known]
    assert [(use.key_id, use.secrets) for use in lost] == [("feedfeedfeedfeed", 2)]


def test_a_key_that_is_not_the_right_one_stops_clearly(two: Two, tmp_path: Path) -> None:
    wrong = load_key_ring(tmp_path / "elsewhere", may_create=True)
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        refuse_lost_keys(two, wrong)
    stranger = dataclasses.replace(two.stored, sealer=EnvelopeSealer(wrong)).store(two.ids[0])
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        stranger.connections.credentials()


def test_only_administrators_rotate(two: Two) -> None:
    key = two.ring.current_id()
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        two.rotate(role=EMPLOYEE)
    assert two.ring.current_id() == key


def test_two_rotations_at_once_are_one(two: Two) -> None:
    held: AbstractContextManager[None] = KeyRing(two.ring._path).changing()
    with held, pytest.raises(RunStoppedError, match="SB-BUSY-001"):
        two.rotate()
