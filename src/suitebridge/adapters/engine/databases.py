"""The engine's own database: a file beside the store's, or PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import sqlalchemy
from sqlalchemy import event

_SUBSECOND_SINCE = (3, 42, 0)
_BUSY_MILLISECONDS = 30_000


def sqlite_engine(file: Path) -> sqlalchemy.Engine:
    """Open the engine's file in WAL mode with full synchronization: a remembered step is on disk before the next begins."""
    engine = sqlalchemy.create_engine(f"sqlite:///{file}", connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    if sqlite3.sqlite_version_info < _SUBSECOND_SINCE:
        # DBOS asks for unixepoch('subsec'), which older SQLite answers with NULL (design §9, DBOS note 2).
        connection.create_function("unixepoch", -1, _unix_epoch)


def _unix_epoch(*modifiers: str) -> float | int:
    now = time.time()
    return now if "subsec" in modifiers else int(now)
