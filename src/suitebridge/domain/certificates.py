"""Certificates of OAuth 2.0 client credentials as values: which keys NetSuite takes, for how long, and what a certificate says.

Conditions as netsuite-api.md §3.3 lists them. It makes no key and reads no file.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from suitebridge.domain.credentials import Secret


class KeyKind(enum.Enum):
    """The keys that NetSuite takes; the value is what doors call them."""

    P256 = "ec-256"
    P384 = "ec-384"
    P521 = "ec-521"
    RSA3072 = "rsa-3072"
    RSA4096 = "rsa-4096"


LABELS: Mapping[KeyKind, str] = {
    KeyKind.P256: "EC P-256, signs with ES256",
    KeyKind.P384: "EC P-384, signs with ES384",
    KeyKind.P521: "EC P-521, signs with ES512",
    KeyKind.RSA3072: "RSA 3072 bits, signs with PS256, PS384 or PS512",
    KeyKind.RSA4096: "RSA 4096 bits, signs with PS256, PS384 or PS512",
}
_RSA = ("PS256", "PS384", "PS512")
ALGORITHMS: Mapping[KeyKind, tuple[str, ...]] = {
    KeyKind.P256: ("ES256",),
    KeyKind.P384: ("ES384",),
    KeyKind.P521: ("ES512",),
    KeyKind.RSA3072: _RSA,
    KeyKind.RSA4096: _RSA,
}
"""What a key of a kind may sign with; the first is taken where nobody chooses."""

EVERY_ALGORITHM = tuple(dict.fromkeys(name for names in ALGORITHMS.values() for name in names))

FEWEST_DAYS, USUAL_DAYS, MOST_DAYS = 1, 365, 729
"""How long a certificate of ours may be valid: NetSuite takes two years at most, and clocks differ by a day."""

LONGEST = timedelta(days=2 * 366)
"""What NetSuite's “two years” may mean at most."""


class CertificateError(ValueError):
    """A key or a certificate that is of no use; the message is a whole sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a certificate says. `fingerprint` is the SHA-256 of its bytes in hexadecimal digits."""

    kind: KeyKind
    fingerprint: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """A private key and the certificate of its public part, both as PEM."""

    private_key: Secret
    certificate: str
