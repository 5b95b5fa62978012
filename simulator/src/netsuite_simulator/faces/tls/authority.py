"""A certificate authority for the simulator's host names, and for nothing else: its certificate says so itself.

Clients trust it by its exported certificate. Its name constraints keep it to netsuite.com and this machine, so that
trusting it opens no other site. Refuses to know sockets and accounts.
"""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from netsuite_simulator.hosts import DOMAIN

LOCAL = ("localhost", "127.0.0.1", "::1")
AUTHORITY_DAYS = 2 * 365
SERVER_DAYS = 90  # made anew at each start
_MARGIN = timedelta(hours=1)  # for clients whose clock is a little behind
_NETWORKS = ("127.0.0.0/8", "::1/128")


class AuthorityError(ValueError):
    """Kept key material cannot be used."""


class Authority:
    """A key and its self-signed certificate."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._certificate = certificate

    @classmethod
    def make(cls) -> Authority:
        """Make an authority."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "NetSuite simulator on this machine")])
        permitted: list[x509.GeneralName] = [x509.DNSName(DOMAIN), x509.DNSName("localhost")]
        permitted += [x509.IPAddress(ipaddress.ip_network(one)) for one in _NETWORKS]
        usage = _usage(signs_certificates=True)
        identity = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        certificate = (
            _dated(x509.CertificateBuilder(), AUTHORITY_DAYS)
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(identity, critical=False)
            .sign(key, hashes.SHA256())
        )
        return cls(key, certificate)

    @classmethod
    def load(cls, text: str) -> Authority:
        """Read what `dump` wrote; it raises `AuthorityError`."""
        try:
            key = load_pem_private_key(text.encode(), None)
            certificate = x509.load_pem_x509_certificate(text[text.index("-----BEGIN CERTIFICATE") :].encode())
        except ValueError as error:
            raise AuthorityError("the kept certificate authority cannot be read") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise AuthorityError("the kept certificate authority has another kind of key")
        return cls(key, certificate)

    @property
    def certificate(self) -> str:
        """The certificate that clients trust, as PEM."""
        return self._certificate.public_bytes(Encoding.PEM).decode()

    @property
    def is_good_for_long(self) -> bool:
        """Whether it outlives the certificates it signs now."""
        return self._certificate.not_valid_after_utc > datetime.now(UTC) + timedelta(days=SERVER_DAYS)

    def dump(self) -> str:
        """Write key and certificate as PEM; it holds a secret."""
        return _private(self._key) + self.certificate

    def context(self, names: Iterable[str], *, days: int = SERVER_DAYS) -> ssl.SSLContext:
        """Return what a server needs to answer under host names; days below zero: its certificate has ended already."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._signed(key, names, days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        with tempfile.TemporaryDirectory() as folder:  # the library reads files only
            path = Path(folder) / "server.pem"
            path.touch(mode=0o600)
            path.write_text(_private(key) + certificate)
            context.load_cert_chain(path)
        return context

    def _signed(self, key: ec.EllipticCurvePrivateKey, names: Iterable[str], days: int) -> str:
        issuer = self._certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        certificate = (
            _dated(x509.CertificateBuilder(), days)
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "NetSuite simulator")]))
            .issuer_name(self._certificate.subject)
            .public_key(key.public_key())
            .add_extension(x509.SubjectAlternativeName([_general(one) for one in names]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(Encoding.PEM).decode()


def _dated(builder: x509.CertificateBuilder, days: int) -> x509.CertificateBuilder:
    """Give a certificate number and dates, by the machine's clock: clients check by theirs, the account's may be anywhere."""
    now = datetime.now(UTC)
    end = now + timedelta(days=days)
    dated = builder.not_valid_before(min(now, end) - _MARGIN).not_valid_after(end)
    return dated.serial_number(x509.random_serial_number())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _private(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
