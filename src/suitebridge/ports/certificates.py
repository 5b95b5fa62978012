"""What the use cases need of certificates: to make them, to read them, and to say whether a key is one that NetSuite takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.certificates import CertificateFacts, KeyKind, KeyPair
from suitebridge.domain.credentials import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCertificate:
    """A certificate that NetSuite holds for an application, with the role and the entity that it signs in."""

    id: str
    role_id: str
    entity_id: str
    certificate: str
    is_revoked: bool


class CertificateDesk(Protocol):
    """NetSuite's certificates of one application, with that application's own credentials.

    Every call raises `RunStoppedError` or `RetryLaterError` with what NetSuite said.
    """

    def listed(self) -> Sequence[ListedCertificate]:
        """List the application's certificates, revoked ones too."""
        ...

    def add(self, certificate: str, *, like: ListedCertificate) -> ListedCertificate:
        """Set a certificate up for the role and the entity of another one."""
        ...

    def revoke(self, certificate_id: str) -> None:
        """Revoke a certificate for good."""
        ...


class Certificates(Protocol):
    """Key pairs and the certificates of their public parts. Nothing is kept here."""

    def create(self, kind: KeyKind, *, name: str, days: int) -> KeyPair:
        """Make a key pair and a certificate that it signed itself, for `name`, valid from now on for so many days."""
        ...

    def read(self, certificate: str) -> CertificateFacts:
        """Say what a certificate in PEM form says. Raise `CertificateError` for another text, or a key that NetSuite does not take."""
        ...

    def kind_of(self, private_key: Secret) -> KeyKind:
        """Say of which kind a private key in PEM form is. Raise `CertificateError` for another text, or a key that NetSuite does not take."""
        ...

    def belong(self, certificate: str, private_key: Secret) -> bool:
        """Say whether a certificate is that of a private key. Raise `CertificateError` where one of them is of no use."""
        ...
