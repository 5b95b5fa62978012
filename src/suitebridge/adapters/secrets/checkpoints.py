"""Signed checkpoints of the audit trail (quality.md S55): one line a checkpoint, signed with Ed25519 together with the signature before it.

Files of the data directory: `audit.key` (the private key, for its owner only) and the folder `checkpoints` with the public key and one
file a company. The folder is made to be copied to a place that this machine cannot write: who may rewrite the database and the
data directory can sign anew, and only a copy elsewhere then tells.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from suitebridge.adapters.secrets.private_files import create_private, read_private, unusable
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.ports.checkpoints import Checkpoint, CheckpointLog

FORMAT: Final = 1
SIGNING_FILE: Final = "audit.key"
FOLDER: Final = "checkpoints"
PUBLIC_FILE: Final = "audit.pub"
_WHAT: Final = "signing key of the audit trail"


class _Line(msgspec.Struct, frozen=True):
    """One line of a file; `previous` is the signature of the line before, "" on the first one."""

    format: int
    company: str
    sequence: int
    hash: str
    at: str
    previous: str
    signature: str = ""

    def signed(self) -> bytes:
        """Give the bytes that the signature is about."""
        return msgspec.json.encode((self.format, self.company, self.sequence, self.hash, self.at, self.previous))

    def checkpoint(self) -> Checkpoint:
        """Give the checkpoint."""
        return Checkpoint(
            company=self.company, sequence=self.sequence, hash=self.hash, at=datetime.fromisoformat(self.at)
        )


class KeptCheckpoints:
    """Reads and checks a folder of checkpoints, this installation's own or a copy from elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def last(self, company: str) -> Checkpoint | None:
        """Give a company's last checkpoint."""
        with _telling(self._folder):
            line = _last(self._file(company))
        return None if line is None else line.checkpoint()

    def read(self, company: str) -> CheckpointLog:
        """Read a company's checkpoints; what stands behind the first line that is wrong is not believed."""
        found: list[Checkpoint] = []
        previous = ""
        if not self._file(company).exists():
            return CheckpointLog(checkpoints=())
        try:
            public = self._public_key()
            for number, line in _lines(self._file(company)):
                if line.company != company or line.previous != previous:
                    return _doubted(found, f"Line {number} of the checkpoints does not follow the line before it.")
                public.verify(bytes.fromhex(line.signature), line.signed())
                previous = line.signature
                found.append(line.checkpoint())
        except OSError as error:
            return _doubted(found, f"The checkpoints in {self._folder} cannot be read: {error.strerror}.")
        except (InvalidSignature, ValueError):
            return _doubted(found, f"Checkpoint {len(found) + 1} does not carry a valid signature.")
        return CheckpointLog(checkpoints=tuple(found))

    def _file(self, company: str) -> Path:
        return self._folder / f"{company}.jsonl"

    def _public_key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex((self._folder / PUBLIC_FILE).read_text().strip()))


class SignedCheckpoints(KeptCheckpoints):
    """The checkpoints of one data directory; implements `ports.checkpoints.Checkpoints`."""

    def __init__(self, directory: Path, key: Ed25519PrivateKey, copies: Path | None = None) -> None:
        super().__init__(directory / FOLDER)
        self._key = key
        self._copies = copies

    def sign(self, checkpoint: Checkpoint) -> None:
        """Sign a checkpoint and append it, one process at a time."""
        with _telling(self._folder):
            self._prepare()
            file = self._file(checkpoint.company)
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                os.write(descriptor, self._next_line(file, checkpoint))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        if self._copies is not None:
            with _telling(self._copies):
                self._copy(file, self._copies)

    def _copy(self, file: Path, folder: Path) -> None:
        """Copy every checkpoint that has no copy yet, each as a file of its own: a place that keeps files as they are never sees one change."""
        for name, text in ((PUBLIC_FILE, (self._folder / PUBLIC_FILE).read_bytes()), *_named(file)):
            with contextlib.suppress(FileExistsError), (folder / name).open("xb") as copy:
                copy.write(text)

    def _prepare(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        public = self._folder / PUBLIC_FILE
        if not public.exists():
            public.write_text(self._key.public_key().public_bytes_raw().hex() + "\n")

    def _next_line(self, file: Path, checkpoint: Checkpoint) -> bytes:
        """Write the line, after the end of one that a crash cut."""
        before = _last(file)
        line = _Line(
            format=FORMAT,
            company=checkpoint.company,
            sequence=checkpoint.sequence,
            hash=checkpoint.hash,
            at=checkpoint.at.isoformat(),
            previous="" if before is None else before.signature,
        )
        signature = self._key.sign(line.signed()).hex()
        content = file.read_bytes()
        cut = b"" if not content or content.endswith(b"\n") else b"\n"
        return cut + msgspec.json.encode(msgspec.structs.replace(line, signature=signature)) + b"\n"


def _named(file: Path) -> Iterator[tuple[str, bytes]]:
    """Name each checkpoint by company and entry, in the order of the file."""
    for _, line in _lines(file):
        yield f"{line.company}-{line.sequence:012}.json", msgspec.json.encode(line) + b"\n"


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = f"The checkpoints of the audit trail could not be written: {error.strerror}."
        raise RunStoppedError(Problem(code="SB-DISK-001", facts={"directory": str(folder), "said": said})) from error


def _lines(file: Path) -> Iterator[tuple[int, _Line]]:
    """Give the numbered lines; one that is no checkpoint was cut by a crash, and what it was about is in the next one."""
    for number, text in enumerate(file.read_bytes().splitlines(), start=1):
        try:
            line = msgspec.json.decode(text, type=_Line)
        except msgspec.DecodeError:
            continue
        yield number, line


def _last(file: Path) -> _Line | None:
    try:
        return next((line for _, line in reversed(list(_lines(file)))), None)
    except FileNotFoundError:
        return None


def _doubted(found: list[Checkpoint], said: str) -> CheckpointLog:
    return CheckpointLog(checkpoints=tuple(found), said=said)


def load_checkpoints(directory: Path, *, may_create: bool, copies: Path | None = None) -> SignedCheckpoints:
    """Open the data directory's signing key, or create it where that is allowed (embedded mode, `keys create`); `copies` is a folder elsewhere.

    Raise `RunStoppedError` SB-KEY-001 for a missing, damaged or too widely readable file.
    """
    path = directory / SIGNING_FILE
    if not path.exists():
        if not may_create:
            raise unusable(
                f"The {_WHAT} {path} is missing, and in production mode none is created silently. "
                "A new installation gets one with `suitebridge keys create`."
            )
        create_private(path, Ed25519PrivateKey.generate().private_bytes_raw().hex(), what=_WHAT)
    try:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(read_private(path, what=_WHAT)))
    except ValueError as error:
        raise unusable(f"The {_WHAT} {path} is damaged: it must hold 64 hexadecimal digits.") from error
    except OSError as error:
        raise unusable(f"The {_WHAT} {path} cannot be read: {error.strerror}.") from error
    return SignedCheckpoints(directory, key, copies)
