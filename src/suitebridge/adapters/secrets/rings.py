"""The ring of master keys: one file of the data directory that only its owner may read, shared by every process at work there.

Each line holds a key in hexadecimal digits, the first one seals. While a rotation is under way older keys follow, which still open.
From the first rotation on a last line keeps the key of the fingerprints. The file is replaced as a whole, and looked at again
whenever it has changed: a server that runs on seals with the new key from that moment.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from suitebridge.adapters.secrets.keys import KEY_BYTES, MasterKey
from suitebridge.adapters.secrets.private_files import create_private, read_private, replace_private, unusable
from suitebridge.domain.errors import Problem, RunStoppedError

KEY_FILE: Final = "master.key"
LOCK_FILE: Final = "master.key.lock"
_WHAT: Final = "master key"
_FINGERPRINTS: Final = "fingerprints "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What the file holds; `fingerprints` is empty before the first rotation."""

    keys: tuple[MasterKey, ...]
    lines: tuple[str, ...]
    fingerprints: bytes = b""


class KeyRing:
    """The keys of one data directory; implements `ports.keys.MasterKeys` and `adapters.secrets.keys.Keys`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._seen: tuple[int, int, int] = (0, 0, 0)
        self._content = _Content(keys=(), lines=())
        self._known: dict[str, MasterKey] = {}
        self._look()

    def current(self) -> MasterKey:
        """Give the key that seals, as the file says at this moment."""
        return self._look().keys[0]

    def find(self, key_id: str) -> MasterKey | None:
        """Give a key by its id. One that was retired after this process began still opens here: a row may have been read just before."""
        if key_id not in self._known:
            self._look()
        return self._known.get(key_id)

    def fingerprint_key(self) -> bytes:
        """Give the key of the fingerprints."""
        content = self._look()
        return content.fingerprints or content.keys[0].fingerprint_key()

    def current_id(self) -> str:
        """Name the key that seals."""
        return self.current().id

    def older_ids(self) -> Sequence[str]:
        """Name the older keys."""
        return [key.id for key in self._look().keys[1:]]

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the ring by a lock of the operating system, which dies with its process."""
        try:
            descriptor = os.open(self._path.with_name(LOCK_FILE), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            facts = {"directory": str(self._path.parent), "said": f"The lock cannot be written: {error.strerror}."}
            raise RunStoppedError(Problem(code="SB-DISK-001", facts=facts)) from error
        try:
            _take(descriptor, self._path.parent)
            yield
        finally:
            os.close(descriptor)

    def add(self) -> str:
        """Put a fresh key before the others."""
        content = self._look()
        fingerprints = content.fingerprints or content.keys[0].fingerprint_key()
        self._replace((secrets.token_hex(KEY_BYTES), *content.lines), fingerprints)
        return self.current_id()

    def retire(self, key_id: str) -> None:
        """Take an older key out of the file."""
        content = self._look()
        lines = (
            line
            for key, line in zip(content.keys, content.lines, strict=True)
            if key.id != key_id or key is content.keys[0]
        )
        self._replace(tuple(lines), content.fingerprints)

    def _replace(self, lines: tuple[str, ...], fingerprints: bytes) -> None:
        kept = f"{_FINGERPRINTS}{fingerprints.hex()}" if fingerprints else ""
        replace_private(self._path, "\n".join((*lines, kept)), what=_WHAT)

    def _look(self) -> _Content:
        """Read the file if it has changed."""
        with self._guard:
            try:
                status = self._path.stat()
                seen = (status.st_ino, status.st_mtime_ns, status.st_size)
                if seen != self._seen:
                    self._content = _parsed(read_private(self._path, what=_WHAT))
                    self._known.update({key.id: key for key in self._content.keys})
                    self._seen = seen
            except FileNotFoundError as error:
                raise unusable(f"The master key {self._path} is missing.") from error
            except ValueError as error:
                said = (
                    f"The master key {self._path} is damaged: each line must hold {KEY_BYTES * 2} hexadecimal digits."
                )
                raise unusable(said) from error
            except OSError as error:
                raise unusable(f"The master key {self._path} cannot be read: {error.strerror}.") from error
            return self._content

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._known)})"

    def __reduce__(self) -> str:
        raise TypeError("A key is never pickled.")


def _parsed(text: str) -> _Content:
    lines = text.split()
    fingerprints = b""
    if _FINGERPRINTS.strip() in lines:
        place = lines.index(_FINGERPRINTS.strip())
        (kept,) = lines[place + 1 :]
        fingerprints = bytes.fromhex(kept)
        lines = lines[:place]
    if not lines:
        raise ValueError("No key.")
    keys = tuple(MasterKey(bytes.fromhex(line)) for line in lines)
    return _Content(keys=keys, lines=tuple(lines), fingerprints=fingerprints)


def _take(descriptor: int, directory: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        facts = {"directory": str(directory), "said": "Another process rotates its master key."}
        raise RunStoppedError(Problem(code="SB-BUSY-001", facts=facts)) from error


def load_key_ring(directory: Path, *, may_create: bool) -> KeyRing:
    """Open the data directory's ring, or create it where that is allowed (embedded mode).

    Raise `RunStoppedError` SB-KEY-001 for a missing, damaged or too widely readable file: there is no fallback (quality.md S19).
    """
    path = directory / KEY_FILE
    if not path.exists():
        if not may_create:
            raise unusable(
                f"The master key {path} is missing, and in production mode none is created silently. "
                "A new installation gets one with `suitebridge keys create`."
            )
        create_private(path, secrets.token_hex(KEY_BYTES), what=_WHAT)
    return KeyRing(path)


def create_key_ring(directory: Path) -> KeyRing:
    """Create the ring of a new installation. Raise `RunStoppedError` SB-KEY-001 where there is one: nothing is ever overwritten."""
    path = directory / KEY_FILE
    if path.exists():
        raise unusable(f"There is a master key {path} already; `suitebridge keys rotate` replaces it.")
    return load_key_ring(directory, may_create=True)
