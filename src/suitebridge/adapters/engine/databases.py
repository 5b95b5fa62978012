"""The engine's own database: a file beside the store's, or a schema of its own in the store's PostgreSQL database."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import OperationalError

_SUBSECOND_SINCE = (3, 42, 0)
_BUSY_MILLISECONDS = 30_000
_CONNECT_SECONDS: Final = 10
_ASK_AGAIN_SECONDS: Final = 1.0
_POOL: Final = 5
_MORE: Final = 15
# Nothing here lowers durability; a session that stands idle in a transaction for a minute gives its locks back.
_SESSION: Final = "-c lock_timeout=30s -c synchronous_commit=on -c idle_in_transaction_session_timeout=60s"


def sqlite_engine(file: Path) -> sqlalchemy.Engine:
    """Open the engine's file in WAL mode with full synchronization: a remembered step is on disk before the next begins."""
    engine = sqlalchemy.create_engine(f"sqlite:///{file}", connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    return engine


def postgresql_engine(url: str) -> sqlalchemy.Engine:
    """Open the database that a URL names, as the store's settings write it; connections that the server cut are replaced."""
    parts = sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
    own = {} if "options" in parts.query else {"options": _SESSION}
    engine = sqlalchemy.create_engine(
        parts,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "target_session_attrs": "read-write", **own},
        pool_size=_POOL,
        max_overflow=_MORE,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    event.listen(engine, "handle_error", _tell_unreachable)
    return engine


def await_server(engine: sqlalchemy.Engine, pause: Callable[[float], None]) -> None:
    """From now on, let whoever wants a connection to a server that is down wait until it is back; `pause` raises once nobody shall wait any more.

    The engine asks again by itself, but after ever longer pauses: after an outage of minutes the work would stand still for a minute and a half more.
    """
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, _record: object, positions: list[str], names: dict[str, object]) -> DBAPIConnection:
        while True:
            try:
                return dialect.connect(*positions, **names)
            except dialect.loaded_dbapi.OperationalError:
                pause(_ASK_AGAIN_SECONDS)


def _tell_unreachable(context: ExceptionContext) -> None:
    """Tell whoever asks again after a lost connection that a server which cannot be reached is one.

    The engine goes by the words “connection failed”, which psycopg does not say of a server that is down: the run would end in this process
    without a trace of it in the database, and nobody would go on with it (F65).
    """
    if context.connection is None and isinstance(context.sqlalchemy_exception, OperationalError):
        context.is_disconnect = True


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
