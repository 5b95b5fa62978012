"""Backups of a data directory: consistent copies of both SQLite files while they are in use, with a manifest that proves them.

The keys are never part of a backup (quality.md D18). It refuses to know tables: what a restored company must mind, `restoring` says.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from suitebridge.adapters.store.databases import SQLITE_FILE
from suitebridge.adapters.store.opening import known_migrations
from suitebridge.domain.errors import Problem, RunStoppedError

FORMAT: Final = 1
MANIFEST_FILE: Final = "manifest.json"
_BLOCK: Final = 1024 * 1024
_PAGES: Final = 2000


class Copied(msgspec.Struct, frozen=True):
    """One file of a backup."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds, and which migrations its tables have seen."""

    format: int
    made_at: datetime
    version: str
    migrations: list[tuple[str, str]]
    files: list[Copied]


def copy_out(directory: Path, folder: Path, *, engine_file: str, checkpoints: str, at: datetime) -> Manifest:
    """Copy a data directory's databases and checkpoints into a new folder. Raise `RunStoppedError` SB-BACK-001 where that cannot be.

    Checkpoints come first, so that none tells of an entry that the copy does not have. Then the engine's file: one that is older than the
    store makes steps happen twice, which find their work done; a newer one would leave work out.
    """
    with _telling(folder, "made"):
        if folder.exists() and any(folder.iterdir()):
            raise _unusable(folder, "made", "The folder is not empty.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (directory / checkpoints).is_dir():
            shutil.copytree(directory / checkpoints, folder / checkpoints)
        for name in (engine_file, SQLITE_FILE):
            if (directory / name).exists():
                _copy_database(directory / name, folder / name)
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        manifest = Manifest(
            format=FORMAT,
            made_at=at,
            version=version("suitebridge"),
            migrations=_migrations(folder / SQLITE_FILE),
            files=[Copied(str(path.relative_to(folder)), path.stat().st_size, _digest(path)) for path in files],
        )
        _write(folder / MANIFEST_FILE, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read a backup's manifest and prove every file by it. Raise `RunStoppedError` SB-BACK-001 naming what does not fit."""
    with _telling(folder, "used"):
        try:
            manifest = msgspec.json.decode((folder / MANIFEST_FILE).read_bytes(), type=Manifest)
        except msgspec.MsgspecError as error:
            raise _unusable(folder, "used", f"{MANIFEST_FILE} is damaged: {error}.") from error
        newer = {tuple(one) for one in manifest.migrations} - known_migrations()
        if manifest.format != FORMAT or newer:
            raise _unusable(folder, "used", f"It was made by the newer version {manifest.version} of SuiteBridge.")
        for file in manifest.files:
            path = folder / file.name
            if not path.is_file() or path.stat().st_size != file.size or _digest(path) != file.sha256:
                raise _unusable(folder, "used", f"{file.name} is missing or not as it was when the backup was made.")
    return manifest


def copy_back(folder: Path, directory: Path, manifest: Manifest) -> None:
    """Put a proven backup into a data directory without databases; the store's file comes last, so that a copy that was cut is seen."""
    with _telling(folder, "put back"):
        if (directory / SQLITE_FILE).exists():
            raise _unusable(
                folder, "put back", f"{directory} holds a database already: choose an empty data directory."
            )
        for file in sorted(manifest.files, key=lambda one: one.name == SQLITE_FILE):
            target = directory / file.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = target.with_name(f"{target.name}.restoring")
            shutil.copyfile(folder / file.name, fresh)
            fresh.chmod(0o600)
            _sync(fresh)
            fresh.replace(target)


def _copy_database(source: Path, target: Path) -> None:
    """Copy by SQLite's own backup, a part at a time, so that whoever works there is not kept waiting; then look whether the copy is sound."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("PRAGMA busy_timeout=30000")
        live.backup(copy, pages=_PAGES)
        copy.execute("PRAGMA journal_mode=DELETE")
        ((said,),) = copy.execute("PRAGMA integrity_check(1)").fetchall()
    if said != "ok":
        raise _unusable(target.parent, "made", f"{source.name} is damaged: {said}.")
    _sync(target)


def _migrations(database: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as copy:
        return [
            (str(app), str(name)) for app, name in copy.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        ]


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    with contextlib.ExitStack() as stack:
        stack.callback(os.close, descriptor)
        os.fsync(descriptor)


@contextmanager
def _telling(folder: Path, done: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise _unusable(folder, done, f"{error}.") from error


def _unusable(folder: Path, done: str, said: str) -> RunStoppedError:
    facts = {"folder": str(folder), "done": done, "said": said}
    return RunStoppedError(Problem(code="SB-BACK-001", facts=facts))
