"""What the use cases need of master keys: a ring of them, and the secrets that each one seals. No key is ever seen here, only its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from suitebridge.domain.people import Stamp


class MasterKeys(Protocol):
    """The master keys of an installation: the one that seals, and older ones that still open."""

    def current_id(self) -> str:
        """Name the key that new secrets are sealed with."""
        ...

    def older_ids(self) -> Sequence[str]:
        """Name the older keys, oldest last; there are some only while a rotation is not finished."""
        ...

    def changing(self) -> AbstractContextManager[None]:
        """Hold the ring while it is changed. Raise `RunStoppedError` SB-BUSY-001 if another process holds it."""
        ...

    def add(self) -> str:
        """Put a fresh key before the others, for every process at once; give its id."""
        ...

    def retire(self, key_id: str) -> None:
        """Take an older key out of the ring; what it sealed opens no more."""
        ...


class SealedSecrets(Protocol):
    """The sealed secrets of one company."""

    def uses(self) -> Mapping[str, int]:
        """Count the secrets by the id of the master key that seals them."""
        ...

    def rewrap_next(self, stamp: Stamp) -> bool:
        """Put one secret that an older key seals under the current one, with its trail entry, in one transaction.

        False when none is left; none comes after that, since secrets are sealed with the current key under the company's lock.
        Raise `RunStoppedError` SB-KEY-001 for a secret whose key is not in the ring.
        """
        ...
