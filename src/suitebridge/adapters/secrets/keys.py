"""The master key: a file in the data directory that only its owner may read, and the keys derived from it."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError

KEY_FILE: Final = "master.key"
_KEY_BYTES: Final = 32


class MasterKey:
    """The key that wraps every other. `id` names it in stored rows without revealing it."""

    __slots__ = ("_key", "id")

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise ValueError(f"A master key has {_KEY_BYTES} bytes, not {len(key)}.")
        self._key = key
        self.id = hashlib.sha256(b"suitebridge key id" + key).hexdigest()[:16]

    def derive(self, purpose: str) -> bytes:
        """Derive the key for one purpose; keys of different purposes say nothing about each other."""
        kdf = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=f"suitebridge {purpose}".encode())
        return kdf.derive(self._key)

    def signing_key(self) -> Secret:
        """Give the text with which the web signs its cookies."""
        return Secret(self.derive("web signing").hex())

    def __repr__(self) -> str:
        return f"MasterKey({self.id})"

    def __reduce__(self) -> str:
        raise TypeError("A key is never pickled.")


def load_master_key(directory: Path, *, may_create: bool) -> MasterKey:
    """Read the data directory's master key, or create it where that is allowed (embedded mode).

    Raise `RunStoppedError` SB-KEY-001 for a missing, damaged or too widely readable file: there is no fallback (quality.md S19).
    """
    path = directory / KEY_FILE
    try:
        return MasterKey(bytes.fromhex(_read(path)))
    except FileNotFoundError as error:
        if not may_create:
            raise _unusable(f"The master key {path} is missing, and in production mode none is created.") from error
    except ValueError as error:
        raise _unusable(
            f"The master key {path} is damaged: it must hold {_KEY_BYTES * 2} hexadecimal digits."
        ) from error
    except OSError as error:
        raise _unusable(f"The master key {path} cannot be read: {error.strerror}.") from error
    return _create(path)


def _read(path: Path) -> str:
    with path.open(encoding="ascii") as file:
        mode = os.fstat(file.fileno()).st_mode & 0o777
        if mode & 0o077:
            raise _unusable(f"The master key {path} may be read by others (mode {mode:03o}). Run: chmod 600 {path}")
        return file.read().strip()


def _create(path: Path) -> MasterKey:
    """Write a fresh key under another name first, so that a crash never leaves half a key; the first of two creators wins."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, secrets.token_hex(_KEY_BYTES).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        _sync_directory(path.parent)
    except OSError as error:
        facts = {"directory": str(path.parent), "said": f"The master key could not be written: {error.strerror}."}
        raise RunStoppedError(Problem(code="SB-DISK-001", facts=facts)) from error
    return MasterKey(bytes.fromhex(_read(path)))


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unusable(said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-KEY-001", facts={"said": said}))
