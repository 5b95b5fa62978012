"""Small files that only their owner may read: written whole or not at all, and refused when others may read them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from suitebridge.domain.errors import Problem, RunStoppedError


def read_private(path: Path, *, what: str) -> str:
    """Read a file. Raise `OSError`, or `RunStoppedError` SB-KEY-001 where its mode lets others read it."""
    with path.open(encoding="ascii") as file:
        mode = os.fstat(file.fileno()).st_mode & 0o777
        if mode & 0o077:
            raise unusable(f"The {what} {path} may be read by others (mode {mode:03o}). Run: chmod 600 {path}")
        return file.read()


def create_private(path: Path, content: str, *, what: str) -> None:
    """Write a new file; where there is one already, that one stays: the first of two creators wins."""

    def place(fresh: Path) -> None:
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()

    _write(path, content, what, place)


def replace_private(path: Path, content: str, *, what: str) -> None:
    """Put a new content in the place of a file; readers see the old one or the new one."""

    def place(fresh: Path) -> None:
        fresh.replace(path)

    _write(path, content, what, place)


def _write(path: Path, content: str, what: str, place: Callable[[Path], None]) -> None:
    """Write under another name first, so that a crash never leaves half a file."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, content.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        place(fresh)
        _sync_directory(path.parent)
    except OSError as error:
        facts = {"directory": str(path.parent), "said": f"The {what} could not be written: {error.strerror}."}
        raise RunStoppedError(Problem(code="SB-DISK-001", facts=facts)) from error


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unusable(said: str) -> RunStoppedError:
    """Say why a key cannot be used: there is no fallback (quality.md S19)."""
    return RunStoppedError(Problem(code="SB-KEY-001", facts={"said": said}))
