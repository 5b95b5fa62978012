"""One worker, and one migration, for each data directory: locks of the operating system, which die with their process (design §4)."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from suitebridge.domain.errors import Problem, RunStoppedError

LOCK_FILE: Final = "worker.lock"
MIGRATION_LOCK_FILE: Final = "migration.lock"


@contextmanager
def worker_lock(directory: Path) -> Iterator[None]:
    """Hold the data directory's lock. Raise `RunStoppedError` SB-BUSY-001 if another process holds it."""
    descriptor = _open(directory / LOCK_FILE)
    try:
        _take(descriptor, directory)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


@contextmanager
def migration_lock(directory: Path) -> Iterator[None]:
    """Wait until no other process brings the tables of this directory up to date, and keep others waiting until the block ends."""
    descriptor = _open(directory / MIGRATION_LOCK_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_locked(directory: Path) -> bool:
    """Say whether a worker is alive on this data directory."""
    try:
        with worker_lock(directory):
            return False
    except RunStoppedError as error:
        if error.problem.code == "SB-BUSY-001":
            return True
        raise


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        facts = {"directory": str(path.parent), "said": f"The lock file could not be opened: {error.strerror}."}
        raise RunStoppedError(Problem(code="SB-DISK-001", facts=facts)) from error


def _take(descriptor: int, directory: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "not known"
        facts = {"directory": str(directory), "said": f"Process {holder} holds its lock."}
        raise RunStoppedError(Problem(code="SB-BUSY-001", facts=facts)) from error
