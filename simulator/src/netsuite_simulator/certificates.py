"""Certificates of the client credentials grant: one certificate for one integration, user and role (reference §3.3).

The page OAuth 2.0 Client Credentials Setup and the rotation end point upload them; the certificate id is the `kid` of a
client's assertion. Refuses to know assertions and requests.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey, RSAKey

from netsuite_simulator.clock import Clock
from netsuite_simulator.integrations import Integration
from netsuite_simulator.roles import Role
from netsuite_simulator.users import User

LONGEST_VALIDITY = timedelta(days=2 * 366)  # "at most two years", whichever years
RSA_BITS = (3072, 4096)  # the help's sizes; the SAFE guide says 2048 and more (reference §12)
RSA_ALGORITHMS = ("PS256", "PS384", "PS512")
EC_ALGORITHMS = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
ALGORITHMS = (*RSA_ALGORITHMS, *EC_ALGORITHMS.values())


class CertificateError(ValueError):
    """A certificate cannot be used as asked."""


class Certificate(msgspec.Struct, kw_only=True):
    """An uploaded certificate and whom it signs in; `algorithm` is "RSA" or "EC"."""

    id: str
    client_id: str
    user: str
    role_id: str
    pem: str
    algorithm: str
    created_at: datetime
    valid_from: datetime
    valid_until: datetime
    is_revoked: bool = False


class Certificates:
    """The certificates of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Certificate] = {}

    def __iter__(self) -> Iterator[Certificate]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, certificate_id: str) -> Certificate | None:
        """Find a certificate by its id."""
        return self._by_id.get(certificate_id)

    def of_client(self, client_id: str) -> list[Certificate]:
        """Return an integration's certificates, revoked ones too."""
        return [one for one in self if one.client_id == client_id]

    def add(self, content: str | bytes, integration: Integration, role: Role, user: User) -> Certificate:
        """Map a certificate (PEM, or base64 of DER) to an integration, user and role; `CertificateError` says why not."""
        if not integration.has_client_credentials:
            raise CertificateError(f"The application {integration.name} does not use the client credentials grant.")
        if role.id not in user.role_ids:
            raise CertificateError(f"{user.name} does not have the role {role.name}.")
        read = _read(content)
        now = self._clock.now()
        if not read.not_valid_before_utc <= now < read.not_valid_after_utc:
            raise CertificateError("The certificate is not valid now: check its dates, or make a new one.")
        if read.not_valid_after_utc - read.not_valid_before_utc > LONGEST_VALIDITY:
            raise CertificateError("The certificate is valid for more than two years: make one for two years at most.")
        pem = read.public_bytes(Encoding.PEM).decode()
        if any(one.pem == pem and not one.is_revoked for one in self):
            raise CertificateError("This certificate is in use already: one certificate is one mapping.")
        certificate = Certificate(
            id=secrets.token_urlsafe(32),
            client_id=integration.client_id,
            user=user.email,
            role_id=role.id,
            pem=pem,
            algorithm="EC" if isinstance(read.public_key(), ec.EllipticCurvePublicKey) else "RSA",
            created_at=self._clock.second(),
            valid_from=read.not_valid_before_utc.astimezone(UTC),
            valid_until=read.not_valid_after_utc.astimezone(UTC),
        )
        self._by_id[certificate.id] = certificate
        return certificate

    def revoke(self, certificate: Certificate) -> None:
        """End a certificate for good."""
        certificate.is_revoked = True

    def is_valid(self, certificate: Certificate) -> bool:
        """Whether a certificate may sign now."""
        now = self._clock.now()
        return not certificate.is_revoked and certificate.valid_from <= now < certificate.valid_until

    def load(self, certificates: Iterable[Certificate]) -> None:
        """Put certificates in the place of all there are."""
        self._by_id = {one.id: one for one in certificates}


def algorithms_of(certificate: Certificate) -> tuple[str, ...]:
    """Return the JWS algorithms its key may sign with."""
    key = _read(certificate.pem).public_key()
    return (EC_ALGORITHMS[key.curve.name],) if isinstance(key, ec.EllipticCurvePublicKey) else RSA_ALGORITHMS


def key_of(certificate: Certificate) -> RSAKey | ECKey:
    """Return the public key to check assertions with."""
    pem = _read(certificate.pem).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return ECKey.import_key(pem) if certificate.algorithm == "EC" else RSAKey.import_key(pem)


def _read(content: str | bytes) -> x509.Certificate:
    """Read a certificate and check its key."""
    raw = content.encode() if isinstance(content, str) else content
    try:
        if b"-----BEGIN" in raw:
            certificate = x509.load_pem_x509_certificate(raw)
        else:
            der = raw if raw[:1] == b"\x30" else base64.b64decode(b"".join(raw.split()), validate=True)
            certificate = x509.load_der_x509_certificate(der)
        key = certificate.public_key()
    except ValueError as error:
        raise CertificateError("This is no X.509 certificate: upload a .cer, .pem or .crt file.") from error
    if isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS:
        return certificate
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in EC_ALGORITHMS:
        return certificate
    raise CertificateError("The certificate's key is refused: RSA with 3072 or 4096 bits, or EC with 256, 384 or 521.")
