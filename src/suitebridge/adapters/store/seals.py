"""What the store needs of whoever seals secrets and hashes passwords. Both are given to it; it knows neither key nor algorithm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.credentials import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretPlace:
    """Where a secret belongs: a sealed one opens nowhere else (quality.md S18)."""

    company: str
    connection: str
    field: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedText:
    """A sealed secret as it is stored: its format, the id of the master key, and the fingerprint that may be shown."""

    format: int
    key_id: str
    envelope: str
    fingerprint: str


class Sealer(Protocol):
    """Seals secrets for their place and opens them there."""

    def current_key_id(self) -> str:
        """Name the master key that seals at this moment."""
        ...

    def seal(self, secret: Secret, place: SecretPlace) -> SealedText:
        """Seal a secret."""
        ...

    def open(self, sealed: SealedText, place: SecretPlace) -> Secret:
        """Open a sealed secret. Raise `RunStoppedError` SB-KEY-001 with a wrong key, a moved or a changed envelope."""
        ...

    def rewrap(self, sealed: SealedText, place: SecretPlace) -> SealedText:
        """Put a sealed secret under the current master key. Raise `RunStoppedError` SB-KEY-001 as `open` does."""
        ...


class Passwords(Protocol):
    """Hashes passwords and checks them."""

    def hash(self, password: Secret | None) -> str:
        """Hash a password; for none, give a text that no password fits. Raise `ValueError` for one that is too weak."""
        ...

    def fits(self, password: Secret, stored: str | None) -> bool:
        """Say whether a password is the stored one; takes as long when nothing is stored."""
        ...

    def renewed(self, password: Secret, stored: str) -> str | None:
        """Hash the password of a stored hash anew where that was made otherwise than one would be made today; None where it is as good."""
        ...
