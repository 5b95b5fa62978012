"""Certificates that are made here: sealed at once, proven before use, given up without a trace; and keys judged before they are stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from suitebridge.adapters.secrets.certificates import X509Certificates
from suitebridge.administration.certifying import (
    CertificateOrder,
    CertificateUse,
    create_certificate,
    discard_certificate,
    see_certificates,
    use_certificate,
)
from suitebridge.administration.connecting import ClientEntry, save_connection, save_credentials
from suitebridge.domain.certificates import KeyKind
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.credentials import ClientCredentials, Secret, SigningCredentials
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import INTEGRATION_OPERATOR, User
from suitebridge.ports.netsuite import NetSuiteGateway
from tests.fakes.netsuite import MemoryNetSuite
from tests.fakes.store import MemoryStore
from tests.unit.administration.test_connecting import CHECK, ENTRY, STAMP, Noon, ada, somebody, store, told

__all__ = ["ada", "store"]
CERTIFICATES = X509Certificates(Noon())
ORDER = CertificateOrder(kind=KeyKind.P256, days=365, account_id="1234567")
USE = CertificateUse(certificate_id="cert-1", client_id="client")


def create(store: MemoryStore, user: User, order: CertificateOrder = ORDER) -> object:
    return create_certificate(store, order, certificates=CERTIFICATES, user=user, stamp=STAMP)


def let_in(credentials: SigningCredentials) -> NetSuiteGateway:
    assert isinstance(credentials, ClientCredentials)
    return MemoryNetSuite()


def refuse(code: str, **facts: str) -> Callable[[SigningCredentials], NetSuiteGateway]:
    def open_gateway(_: SigningCredentials) -> NetSuiteGateway:
        raise RunStoppedError(Problem(code=code, facts=facts))

    return open_gateway


def test_a_certificate_is_made_before_anything_else_is_known_and_then_used(store: MemoryStore, ada: User) -> None:
    assert create(store, ada) == ()
    stored = store.connections.get()
    assert stored is not None
    assert (stored.account_id, [mark.field for mark in stored.secrets]) == ("1234567", ["next_private_key"])
    waiting = see_certificates(store, user=ada).waiting
    key = store.connections.open_secrets()["next_private_key"]
    assert CERTIFICATES.belong(waiting, key)
    assert list(told(use_certificate(store, CertificateUse(certificate_id=" "), let_in, user=ada, stamp=STAMP))) == [
        "certificate_client", "next_certificate_id",
    ]  # fmt: skip
    assert use_certificate(store, USE, let_in, user=ada, stamp=STAMP) == ()
    used = store.connections.credentials()
    assert isinstance(used, ClientCredentials)
    assert (used.client_id, used.certificate_id, used.private_key) == ("client", "cert-1", key)
    kept = see_certificates(store, user=ada)
    assert (kept.present, kept.certificate_id, kept.waiting) == (waiting, "cert-1", "")
    assert list(store.connections.open_secrets()) == ["private_key"]


def test_what_netsuite_does_not_take_is_not_used(store: MemoryStore, ada: User) -> None:
    create(store, ada)
    no = refuse("NS-AUTH-005", account="1234567", said="invalid_grant")
    with pytest.raises(RunStoppedError, match="no access token"):
        use_certificate(store, USE, no, user=ada, stamp=STAMP)
    assert see_certificates(store, user=ada).waiting
    # Whoever lacks a permission was let in: the test of the connection says what is missing.
    few = refuse("NS-PERM-001", what="SuiteQL", said="no", permission="x")
    assert use_certificate(store, USE, few, user=ada, stamp=STAMP) == ()


def test_the_other_way_to_connect_stays_while_a_certificate_waits_and_when_it_is_forgotten(
    store: MemoryStore, ada: User
) -> None:
    save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP)
    before = store.connections.credentials()
    create(store, ada, replace(ORDER, account_id="another one"))
    assert store.connections.credentials() == before
    discard_certificate(store, user=ada, stamp=STAMP)
    assert store.connections.credentials() == before
    assert "next_private_key" not in store.connections.open_secrets()
    with pytest.raises(RunStoppedError, match="No certificate waits"):
        discard_certificate(store, user=ada, stamp=STAMP)


def test_who_orders_upon_an_old_page_is_told(store: MemoryStore, ada: User) -> None:
    create(store, ada)
    with pytest.raises(RunStoppedError, match="changed by somebody else"):
        create(store, ada, replace(ORDER, version=0))


@pytest.mark.parametrize("days", [0, 730])
def test_what_cannot_be_made_is_told(store: MemoryStore, ada: User, days: int) -> None:
    problems = told(create(store, ada, replace(ORDER, days=days, account_id="nonsense")))
    assert list(problems) == ["certificate_days", "certificate_account"]
    assert list(told(create(store, ada, replace(ORDER, days=days)))) == ["certificate_days"]
    assert store.connections.get() is None


def test_only_administrators_make_certificates(store: MemoryStore) -> None:
    omar = somebody(store, "omar", INTEGRATION_OPERATOR)
    acts: list[Callable[[], object]] = [
        lambda: create(store, omar),
        lambda: use_certificate(store, USE, let_in, user=omar, stamp=STAMP),
        lambda: discard_certificate(store, user=omar, stamp=STAMP),
        lambda: see_certificates(store, user=omar),
    ]
    for act in acts:
        with pytest.raises(RunStoppedError, match="You may not"):
            act()


def client(**changes: str) -> ClientEntry:
    pair = CERTIFICATES.create(KeyKind.RSA3072, name="x", days=365)
    given = {"private_key": pair.private_key.reveal(), "certificate": pair.certificate, **changes}
    return ClientEntry(
        account_id="1234567",
        client_id="client",
        certificate_id="cert-1",
        private_key=Secret(given["private_key"]),
        certificate=given["certificate"],
        algorithm=given.get("algorithm", ""),
    )


def test_a_pasted_key_with_its_certificate_and_algorithm_is_stored(store: MemoryStore, ada: User) -> None:
    assert save_credentials(store, client(algorithm="PS512"), check=CHECK, user=ada, stamp=STAMP) == ()
    used = store.connections.credentials()
    assert isinstance(used, ClientCredentials)
    assert used.algorithm == "PS512"
    stored = store.connections.get()
    assert stored is not None
    assert stored.switches == frozenset({Switch.CLIENT_CREDENTIALS})
    assert see_certificates(store, user=ada).present.startswith("-----BEGIN CERTIFICATE")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"private_key": "no key"}, "private_key", "no unencrypted key in PEM form"),
        ({"algorithm": "ES256"}, "algorithm", "PS256 or PS384 or PS512"),
        ({"certificate": "no certificate"}, "certificate", "no X.509 certificate"),
        (
            {"certificate": CERTIFICATES.create(KeyKind.P256, name="x", days=1).certificate},
            "certificate",
            "not that of the private key",
        ),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_stored(
    store: MemoryStore, ada: User, changes: dict[str, str], field: str, said: str
) -> None:
    problems = told(save_credentials(store, client(**changes), check=CHECK, user=ada, stamp=STAMP))
    assert list(problems) == [field]
    assert said in problems[field]
    assert store.connections.get() is None


@pytest.mark.parametrize(("days", "said"), [(-1, "ended on"), (800, "two years")])
def test_a_certificate_that_netsuite_takes_no_more_is_told(store: MemoryStore, ada: User, days: int, said: str) -> None:
    pair = CERTIFICATES.create(KeyKind.P256, name="x", days=abs(days))
    later = replace(CHECK, clock=Later()) if days < 0 else CHECK
    entry = client(private_key=pair.private_key.reveal(), certificate=pair.certificate)
    problems = told(save_credentials(store, entry, check=later, user=ada, stamp=STAMP))
    assert said in problems["certificate"]


class Later(Noon):
    def now(self) -> datetime:
        return super().now().replace(year=2027)
