"""The certificate is replaced while records are written: none fails, and the one before ends (quality.md U10)."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.permissions import OWN_CERTIFICATES
from suitebridge.adapters.store.opening import close_connections
from suitebridge.administration.certifying import CertificateOrder, create_certificate, see_certificates
from suitebridge.administration.connecting import ClientEntry, save_credentials
from suitebridge.administration.rotating import RotationTools, rotate_certificate
from suitebridge.bootstrap import House, open_house
from suitebridge.domain.certificates import KeyKind
from suitebridge.domain.credentials import ClientCredentials, SigningCredentials
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.domain.people import ADMINISTRATOR, Door, Stamp, User
from suitebridge.ports.certificates import ListedCertificate
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import Done, NetSuiteGateway, OutgoingRecord, WriteAnswer
from tests.contract.netsuite_worlds import client_credentials

STAMP = Stamp(author_id="1", author_name="Ada", door=Door.CONSOLE)
ORDER = CertificateOrder(kind=KeyKind.P384, days=90)
WRITERS, BATCHES = 3, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A house whose company signs in to a simulated account with OAuth 2.0; `tools` wait for nothing."""

    house: House
    account: Account
    server: Running
    store: CompanyStore
    user: User

    def tools(self, pause: Callable[[float], None] = lambda _: None) -> RotationTools:
        return dataclasses.replace(self.house.rotation_tools, pause=pause)

    def used(self) -> ClientCredentials:
        found = self.store.connections.credentials()
        assert isinstance(found, ClientCredentials)
        return found

    def certificates(self) -> dict[str, bool]:
        return self.server.edit(lambda: {one.id: one.is_revoked for one in self.account.certificates})


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    account = Account()
    with serving(account) as server:
        (tmp_path / "suitebridge.toml").write_text(f'[simulators]\n{account.id} = "{server.url}"\n', encoding="utf-8")
        house = open_house(tmp_path)
        house.companies.add(company_id="meridian", name="Meridian", token="mrdn4k2p", zone="UTC")
        store = house.companies.store("meridian")
        user = store.people.add(
            user_id="ada", first="Ada", last="", email="", role=ADMINISTRATOR, password=None, stamp=STAMP
        )
        given = server.edit(lambda: client_credentials(account))
        entry = ClientEntry(
            account_id=account.id,
            client_id=given.client_id,
            certificate_id=given.certificate_id,
            private_key=given.private_key,
        )
        assert save_credentials(store, entry, check=house.key_check, user=user, stamp=STAMP) == ()
        yield Firm(house=house, account=account, server=server, store=store, user=user)
        house.close()
    account.close()
    close_connections()


class EmptyDesk:
    """An application without certificates."""

    def listed(self) -> tuple[ListedCertificate, ...]:
        return ()

    def add(self, certificate: str, *, like: ListedCertificate) -> ListedCertificate:
        raise AssertionError(certificate, like)

    def revoke(self, certificate_id: str) -> None:
        raise AssertionError(certificate_id)


@dataclass(slots=True)
class Writing:
    """Threads that write customers until they are told to end, through one gateway, as a run in another process does."""

    gateway: NetSuiteGateway
    answers: list[WriteAnswer] = field(default_factory=list)
    moved: threading.Condition = field(default_factory=threading.Condition)
    is_over: bool = False
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Writing:
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over = True
        for thread in self.threads:
            thread.join(60)

    def wait(self) -> None:
        """Wait until every writer has surely written anew."""
        with self.moved:
            wanted = len(self.answers) + 2 * WRITERS * BATCHES
            assert self.moved.wait_for(lambda: len(self.answers) >= wanted, timeout=60)

    def _write(self, writer: int) -> None:
        round_ = 0
        while not self.is_over:
            round_ += 1
            records = [
                OutgoingRecord(
                    external_id=f"sb_c_{writer}_{round_}_{n}", fields={"companyName": f"C {writer} {round_} {n}"}
                )
                for n in range(BATCHES)
            ]
            found = self.gateway.upsert("customer", records)
            with self.moved:
                self.answers += found
                self.moved.notify_all()


@pytest.mark.fault("F24")
def test_no_record_fails_while_the_certificate_is_rotated(firm: Firm) -> None:
    before = firm.used()
    worker = open_house(firm.house.directory)
    opener = worker.gateways.run_opener()
    store = worker.companies.store("meridian")
    with Writing(opener(store)) as writing:
        writing.wait()

        def pause(_: float) -> None:
            # Other processes look each second; the grace is longer.
            worker.gateways.close_changed([store])
            writing.wait()

        done = rotate_certificate(firm.store, ORDER, firm.tools(pause), user=firm.user, stamp=STAMP)
        writing.wait()
    failed = [answer for answer in writing.answers if not isinstance(answer, Done)]
    assert failed == []
    assert opener(store) is writing.gateway
    assert (done.before, done.left) == (before.certificate_id, "")
    assert firm.certificates() == {before.certificate_id: True, done.certificate_id: False}
    used = firm.used()
    assert (used.certificate_id, used.client_id) == (done.certificate_id, before.client_id)
    assert used.private_key != before.private_key
    assert see_certificates(firm.store, user=firm.user).waiting == ""
    events = [entry.event for entry in firm.store.trail.newest(limit=3)]
    assert events == ["certificate:revoked", "credentials:saved", "credentials:saved"]
    worker.close()


def test_a_rotation_that_was_interrupted_goes_on_with_what_waits(firm: Firm) -> None:
    before = firm.used()

    def cut(_: SigningCredentials) -> NetSuiteGateway:
        raise RetryLaterError(Problem(code="NS-OUT-002", facts={"said": "cut"}))

    tools = dataclasses.replace(firm.tools(), try_gateway=cut)
    with pytest.raises(RetryLaterError):
        rotate_certificate(firm.store, ORDER, tools, user=firm.user, stamp=STAMP)
    assert firm.used() == before
    uploaded = firm.certificates().keys() - {before.certificate_id}
    done = rotate_certificate(firm.store, ORDER, firm.tools(), user=firm.user, stamp=STAMP)
    assert {done.certificate_id} == uploaded
    assert firm.certificates() == {before.certificate_id: True, done.certificate_id: False}


def test_what_cannot_be_rotated_is_told_and_the_present_certificate_goes_on(firm: Firm) -> None:
    before = firm.used()

    def refusal() -> str:
        with pytest.raises(RunStoppedError) as told:
            rotate_certificate(firm.store, ORDER, firm.tools(), user=firm.user, stamp=STAMP)
        assert firm.used() == before
        return str(told.value.problem.remedy) + told.value.problem.code

    role = firm.account.roles.connector
    everything = dict(role.permissions)
    lesser = {name: level for name, level in everything.items() if name != OWN_CERTIFICATES}
    firm.server.edit(lambda: firm.account.roles.edit(role, permissions=lesser))
    assert "Manage Own OAuth 2.0 Client Credentials Certificates" in refusal()
    firm.server.edit(lambda: firm.account.roles.edit(role, permissions=everything))
    impossible = dataclasses.replace(ORDER, days=5_000)
    with pytest.raises(RunStoppedError, match="cannot be made"):
        rotate_certificate(firm.store, impossible, firm.tools(), user=firm.user, stamp=STAMP)
    stranger = dataclasses.replace(firm.tools(), open_desk=lambda _: EmptyDesk())
    with pytest.raises(RunStoppedError, match="NS-CERT-003"):
        rotate_certificate(firm.store, ORDER, stranger, user=firm.user, stamp=STAMP)
    firm.store.connections.clear(STAMP)
    with pytest.raises(RunStoppedError, match="no certificate to rotate"):
        rotate_certificate(firm.store, ORDER, firm.tools(), user=firm.user, stamp=STAMP)


def test_where_the_one_before_cannot_be_revoked_it_is_told(firm: Firm) -> None:
    role = firm.account.roles.connector
    lesser = {name: level for name, level in role.permissions.items() if name != OWN_CERTIFICATES}

    def withdraw(_: float) -> None:
        firm.server.edit(lambda: firm.account.roles.edit(role, permissions=lesser))

    done = rotate_certificate(firm.store, ORDER, firm.tools(withdraw), user=firm.user, stamp=STAMP)
    assert "may not use the certificates of the application" in done.left
    assert firm.used().certificate_id == done.certificate_id
    assert firm.certificates() == {done.before: False, done.certificate_id: False}


def test_another_certificate_that_was_typed_ends_the_run(firm: Firm) -> None:
    opener = firm.house.gateways.run_opener()
    opener(firm.store)
    create_certificate(firm.store, ORDER, certificates=firm.house.certificates, user=firm.user, stamp=STAMP)
    opener(firm.store)  # one that waits ends nothing
    pair = firm.house.certificates.create(KeyKind.P256, name="Another", days=1)
    used = firm.used()
    entry = ClientEntry(
        account_id=firm.account.id, client_id=used.client_id, certificate_id="typed", private_key=pair.private_key
    )
    assert save_credentials(firm.store, entry, check=firm.house.key_check, user=firm.user, stamp=STAMP) == ()
    with pytest.raises(RunStoppedError, match="NS-AUTH-004"):
        opener(firm.store)
