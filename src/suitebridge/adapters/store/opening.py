"""Opens a store: sets the framework up once, brings the tables up to date, and gives the companies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.databases import (
    OPEN,
    SQLITE_FILE,
    Database,
    postgresql_configuration,
    sqlite_configuration,
)
from suitebridge.adapters.store.lock import migration_lock
from suitebridge.adapters.store.seals import Passwords, Sealer
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.ports.clock import Clock

DJANGO_SETTINGS: Final = "suitebridge.web.settings"
_MIGRATING: Final = 7_411_062_918
"""PostgreSQL's advisory lock of whoever brings the tables up to date: a number of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the store is. Without a `database_url` it is a SQLite file in the directory. `signing_key` signs the web's cookies."""

    directory: Path
    signing_key: Secret
    database_url: str = ""


def open_store(where: StoreSettings, *, clock: Clock, sealer: Sealer, passwords: Passwords) -> StoredCompanies:
    """Open the store, creating or migrating its tables. Raise `RunStoppedError` SB-DISK-001 if its place cannot be written."""
    set_up(where.signing_key)
    database = _database(where)
    with database.translating():
        _migrate(database, where.directory)
    return StoredCompanies(database=database, clock=clock, sealer=sealer, passwords=passwords)


def set_up(signing_key: Secret) -> None:
    """Set the framework up, once in a process; later calls change the signing key only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO_SETTINGS)
    if not apps.ready:
        django.setup()
    settings.SECRET_KEY = signing_key.reveal()


def close_connections() -> None:
    """Close the present thread's connections; every thread that used the store calls this before it ends."""
    connections.close_all()


def _database(where: StoreSettings) -> Database:
    if where.database_url:
        try:
            configuration = postgresql_configuration(where.database_url)
        except ValueError as error:
            facts = {"file": "suitebridge.toml", "said": f"database_url: {error}"}
            raise RunStoppedError(Problem(code="SB-SET-001", facts=facts)) from error
        parts = urlsplit(where.database_url)
        place = f"{parts.hostname or configuration['HOST']}{parts.path}"
        return OPEN.enter(name=where.database_url, place=place, configuration=configuration)
    directory = where.directory.resolve()
    _prepare(directory)
    return OPEN.enter(name=str(directory), place=str(directory), configuration=sqlite_configuration(directory))


def _prepare(directory: Path) -> None:
    """Create directory and file readable by their owner only; the database's side files inherit the mode."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(directory / SQLITE_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        facts = {"directory": str(directory), "said": f"The system said: {error.strerror}."}
        raise RunStoppedError(Problem(code="SB-DISK-001", facts=facts)) from error


def _migrate(database: Database, directory: Path) -> None:
    """Run what is missing, one process at a time. Comparing file names with the recorded ones is all an up-to-date database costs.

    Each migration is one transaction: a process that dies leaves whole ones behind, and the next start goes on (quality.md F62).
    """
    if not _missing(database):
        return
    with _migrating(database, directory):
        if _missing(database):
            call_command("migrate", database=database.alias, interactive=False, verbosity=0)


def _missing(database: Database) -> set[tuple[str, str]]:
    return known_migrations() - set(MigrationRecorder(database.connection).applied_migrations())


@contextmanager
def _migrating(database: Database, directory: Path) -> Iterator[None]:
    """Keep other processes that start at the same moment waiting; the lock ends with its process."""
    if database.is_sqlite:
        with migration_lock(directory):
            yield
        return
    database.execute("SELECT pg_advisory_lock(%s)", (_MIGRATING,))
    try:
        yield
    finally:
        database.execute("SELECT pg_advisory_unlock(%s)", (_MIGRATING,))


def known_migrations() -> set[tuple[str, str]]:
    """Name every migration that ships with the installed applications, without importing one."""
    return {
        (application.label, file.stem)
        for application in apps.get_app_configs()
        for file in (Path(application.path) / "migrations").glob("[0-9]*.py")
    }
