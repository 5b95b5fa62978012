"""Makes key pairs with self-signed X.509 certificates, and reads those that somebody else made.

The random numbers are the operating system's, as cryptography draws them. It stores nothing and knows no NetSuite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from suitebridge.domain.certificates import CertificateError, CertificateFacts, KeyKind, KeyPair
from suitebridge.domain.credentials import Secret
from suitebridge.ports.clock import Clock

_Made: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_EXPONENT: Final = 65537
_CURVES: Final[Mapping[str, KeyKind]] = {
    "secp256r1": KeyKind.P256,
    "secp384r1": KeyKind.P384,
    "secp521r1": KeyKind.P521,
}
_SIZES: Final[Mapping[int, KeyKind]] = {3072: KeyKind.RSA3072, 4096: KeyKind.RSA4096}
_MAKERS: Final[Mapping[KeyKind, Callable[[], _Made]]] = {
    KeyKind.P256: lambda: ec.generate_private_key(ec.SECP256R1()),
    KeyKind.P384: lambda: ec.generate_private_key(ec.SECP384R1()),
    KeyKind.P521: lambda: ec.generate_private_key(ec.SECP521R1()),
    KeyKind.RSA3072: lambda: rsa.generate_private_key(_EXPONENT, 3072),
    KeyKind.RSA4096: lambda: rsa.generate_private_key(_EXPONENT, 4096),
}
_DIGESTS: Final[Mapping[KeyKind, SHA384 | SHA512]] = {KeyKind.P384: SHA384(), KeyKind.P521: SHA512()}
_SLACK: Final = timedelta(hours=1)
"""A certificate begins so much earlier, for a NetSuite whose clock is behind ours."""

_MOST_NAME: Final = 64  # bytes; RFC 5280, upper bound of a common name
_TAKEN: Final = "NetSuite takes RSA keys of 3072 or 4096 bits, and EC keys on P-256, P-384 or P-521."


class X509Certificates:
    """Implements `ports.certificates.Certificates`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def create(self, kind: KeyKind, *, name: str, days: int) -> KeyPair:
        """Make a key pair and its certificate."""
        key = _MAKERS[kind]()
        now = self._clock.now().astimezone(UTC).replace(microsecond=0)
        called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _shortened(name))])
        builder = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - _SLACK).not_valid_after(now - _SLACK + timedelta(days=days))
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        signed = builder.sign(key, _DIGESTS.get(kind) or SHA256())
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        return KeyPair(private_key=Secret(private), certificate=signed.public_bytes(Encoding.PEM).decode())

    def read(self, certificate: str) -> CertificateFacts:
        """Say what a certificate says."""
        opened = _certificate(certificate)
        return CertificateFacts(
            kind=_kind(opened.public_key()),
            fingerprint=opened.fingerprint(SHA256()).hex(),
            valid_from=opened.not_valid_before_utc,
            valid_until=opened.not_valid_after_utc,
        )

    def kind_of(self, private_key: Secret) -> KeyKind:
        """Say of which kind a private key is."""
        return _kind(_private(private_key).public_key())

    def belong(self, certificate: str, private_key: Secret) -> bool:
        """Say whether a certificate is that of a private key."""
        return _bytes(_certificate(certificate).public_key()) == _bytes(_private(private_key).public_key())


def _shortened(name: str) -> str:
    return name.encode()[:_MOST_NAME].decode(errors="ignore").strip() or "SuiteBridge"


def _certificate(text: str) -> x509.Certificate:
    try:
        opened = x509.load_pem_x509_certificate(text.encode())
        opened.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError("The certificate is no X.509 certificate in PEM form.") from error
    return opened


def _private(secret: Secret) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(secret.reveal().encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CertificateError("The private key is no unencrypted key in PEM form.") from error


def _kind(key: PublicKeyTypes) -> KeyKind:
    found = None
    if isinstance(key, rsa.RSAPublicKey):
        found = _SIZES.get(key.key_size)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        found = _CURVES.get(key.curve.name)
    if found is None:
        raise CertificateError(_TAKEN)
    return found


def _bytes(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
