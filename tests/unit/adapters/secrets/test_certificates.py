"""Key pairs and certificates made here are of the kinds that NetSuite takes, and others are told (netsuite-api.md §3.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from suitebridge.adapters.secrets.certificates import X509Certificates
from suitebridge.domain.certificates import ALGORITHMS, LABELS, LONGEST, MOST_DAYS, CertificateError, KeyKind
from suitebridge.domain.credentials import Secret
from suitebridge.wire.oauth2 import algorithm_of


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 31, 12, tzinfo=UTC)


CERTIFICATES = X509Certificates(Noon())


@pytest.mark.parametrize("kind", KeyKind)
def test_a_pair_is_of_the_kind_that_was_ordered(kind: KeyKind) -> None:
    pair = CERTIFICATES.create(kind, name="SuiteBridge " + "Ä" * 100, days=MOST_DAYS)
    facts = CERTIFICATES.read(pair.certificate)
    assert facts.kind is kind
    assert facts.valid_from < Noon().now() < facts.valid_until
    assert facts.valid_until - facts.valid_from == timedelta(days=MOST_DAYS) < LONGEST
    assert len(facts.fingerprint) == 64
    assert CERTIFICATES.kind_of(pair.private_key) is kind
    assert CERTIFICATES.belong(pair.certificate, pair.private_key)
    assert "PRIVATE" not in pair.certificate + repr(pair)
    assert kind in LABELS
    # The codec that signs assertions takes the same keys and the same ways to sign.
    assert algorithm_of(pair.private_key.reveal()) == ALGORITHMS[kind][0]
    assert [algorithm_of(pair.private_key.reveal(), one) for one in ALGORITHMS[kind]] == [*ALGORITHMS[kind]]


def test_a_certificate_of_another_key_does_not_belong() -> None:
    one, other = (CERTIFICATES.create(KeyKind.P256, name="x", days=1) for _ in range(2))
    assert not CERTIFICATES.belong(one.certificate, other.private_key)


def _pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey, password: bytes = b"") -> str:
    how = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how).decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no unencrypted key"),
        ("words", "no unencrypted key"),
        (_pem(ec.generate_private_key(ec.SECP256R1()), b"x"), "no unencrypted key"),
        (_pem(rsa.generate_private_key(65537, 2048)), "3072 or 4096"),
        (_pem(ec.generate_private_key(ec.SECP256K1())), "3072 or 4096"),
        (_pem(ed25519.Ed25519PrivateKey.generate()), "3072 or 4096"),
    ],
)
def test_a_key_that_netsuite_does_not_take_is_told(text: str, said: str) -> None:
    with pytest.raises(CertificateError, match=said) as told:
        CERTIFICATES.kind_of(Secret(text))
    assert len(text) < 60 or text[30:60] not in str(told.value)


def test_what_is_no_certificate_is_told() -> None:
    pair = CERTIFICATES.create(KeyKind.P256, name="x", days=1)
    for text in ("", "words", pair.private_key.reveal(), pair.certificate[:200]):
        with pytest.raises(CertificateError, match=r"no X\.509 certificate"):
            CERTIFICATES.read(text)
