"""A master key and the keys derived from it. It knows no file."""

from __future__ import annotations

import hashlib
from typing import Final, Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from suitebridge.domain.credentials import Secret

KEY_BYTES: Final = 32


class Keys(Protocol):
    """Where a sealer finds its keys: one of them seals, each of them opens what it sealed."""

    def current(self) -> MasterKey:
        """Give the key that seals."""
        ...

    def find(self, key_id: str) -> MasterKey | None:
        """Give a key by its id."""
        ...

    def fingerprint_key(self) -> bytes:
        """Give the key of the fingerprints, which outlives a rotation: a secret keeps its fingerprint as long as it is the same."""
        ...


class MasterKey:
    """The key that wraps every other. `id` names it in stored rows without revealing it. By itself it is a ring of one."""

    __slots__ = ("_key", "id")

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"A master key has {KEY_BYTES} bytes, not {len(key)}.")
        self._key = key
        self.id = hashlib.sha256(b"suitebridge key id" + key).hexdigest()[:16]

    def derive(self, purpose: str) -> bytes:
        """Derive the key for one purpose; keys of different purposes say nothing about each other."""
        kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"suitebridge {purpose}".encode())
        return kdf.derive(self._key)

    def signing_key(self) -> Secret:
        """Give the text with which the web signs its cookies."""
        return Secret(self.derive("web signing").hex())

    def current(self) -> MasterKey:
        """Give the key that seals: this one."""
        return self

    def find(self, key_id: str) -> MasterKey | None:
        """Give this key if it has the id."""
        return self if key_id == self.id else None

    def fingerprint_key(self) -> bytes:
        """Give the key of the fingerprints."""
        return self.derive("fingerprints")

    def __repr__(self) -> str:
        return f"MasterKey({self.id})"

    def __reduce__(self) -> str:
        raise TypeError("A key is never pickled.")
