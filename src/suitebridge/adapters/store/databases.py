"""One database and its connection: statements, transactions, and foreign errors in the house's words. It knows no table.

The framework keeps one connection for each thread and database. Its own models (sessions, sign-in) live in the database opened last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction

from suitebridge.adapters.store.refusals import refusal
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

Parameter: TypeAlias = "str | int | bool | date | list[int] | list[str] | None"
Cell: TypeAlias = "str | int | bool | datetime | None"
Row: TypeAlias = "tuple[Parameter, ...]"
Taken = TypeVar("Taken")

SQLITE_FILE: Final = "suitebridge.sqlite3"
LOCK_TIMEOUT_SECONDS: Final = 10
LOCK_ATTEMPTS: Final = 3

# Nothing here lowers durability: a commit that was answered survives a power cut (design §9, quality.md F66).
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768; "
    "PRAGMA wal_autocheckpoint=4000; "
    "PRAGMA temp_store=MEMORY"
)
_UNWRITABLE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# PostgreSQL's SQLSTATE: disk full, out of memory and I/O error; lock not available, deadlock, serialization failure.
_UNWRITABLE_STATES = frozenset({"53100", "58030", "25006"})
_BUSY_STATES = frozenset({"55P03", "40P01", "40001"})
# Connection exceptions, and a server that is being stopped or started.
_GONE_STATES = ("08", "57P")


class Database:
    """One open database. `place` is what an error names: the data directory, or the server without its password."""

    def __init__(self, *, alias: str, place: str) -> None:
        self.alias = alias
        self.place = place

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """The present thread's connection."""
        return connections[self.alias]

    @property
    def is_sqlite(self) -> bool:
        """Whether statements are spoken in SQLite's dialect."""
        return self.connection.vendor == "sqlite"

    def fetch(self, statement: str, parameters: Sequence[Parameter] = ()) -> list[tuple[Cell, ...]]:
        """Run a query and give every row."""
        with self.translating(), self.connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows: list[tuple[Cell, ...]] = cursor.fetchall()
            return rows

    def execute(self, statement: str, parameters: Sequence[Parameter] = ()) -> int:
        """Run one statement; give the number of rows it touched."""
        with self.translating(), self.connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return int(cursor.rowcount)

    def execute_many(self, statement: str, rows: Sequence[Row]) -> None:
        """Run one statement for many rows through the driver's own batch."""
        if not rows:
            return
        with self.translating(), self.connection.cursor() as cursor:
            cursor.executemany(statement, rows)

    @contextmanager
    def transaction(self, first: Callable[[Database], Taken]) -> Iterator[Taken]:
        """Open the outermost transaction of this thread and give what `first` reads or locks; it commits when the block ends normally.

        Each attempt waits up to the lock timeout, and a lock clash is retried a bounded number of times; once the block runs, nothing is.
        """
        with self.translating(), ExitStack() as stack:
            yield self._begin(stack, first)

    def _begin(self, stack: ExitStack, first: Callable[[Database], Taken]) -> Taken:
        for _ in range(LOCK_ATTEMPTS - 1):
            try:
                return self._attempt(stack, first)
            except RetryLaterError as error:
                if not _is_busy(error.__cause__):
                    raise
        return self._attempt(stack, first)

    def _attempt(self, stack: ExitStack, first: Callable[[Database], Taken]) -> Taken:
        with ExitStack() as trial:
            with self.translating():
                trial.enter_context(transaction.atomic(using=self.alias, durable=True))
            taken = first(self)
            stack.push(trial.pop_all())
            return taken

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Turn the driver's errors into the house's."""
        try:
            yield
        except (DatabaseError, InterfaceError) as error:
            if not self.connection.in_atomic_block:
                # A connection that the server cut is replaced by the next statement (F65).
                self.connection.close_if_unusable_or_obsolete()
            raise translated(error, self.place) from error

    def close(self) -> None:
        """Close the present thread's connection."""
        self.connection.close()


def translated(error: Exception, place: str) -> SuiteBridgeError:
    """Say in the house's words what a database error means for whoever waits for the answer."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    refused = refusal(said)
    if refused is not None:
        return refused
    if _is_unwritable(error):
        return RunStoppedError(
            Problem(code="SB-DISK-001", facts={"directory": place, "said": f"The database said: {said}"})
        )
    if _is_busy(error):
        told = f"Another program held it for too long ({said})."
        return RetryLaterError(Problem(code="SB-DB-001", facts={"place": place, "said": told}))
    if _is_gone(error):
        return RetryLaterError(Problem(code="SB-DB-001", facts={"place": place, "said": f"It said: {said}."}))
    return RunStoppedError(
        Problem(code="SB-INT-001", facts={"said": f"The database {place} refused a statement: {said}"})
    )


def _sqlite_code(error: BaseException) -> int:
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return int(code) & 0xFF


def _state(error: BaseException) -> str | None:
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state


def _is_unwritable(error: BaseException) -> bool:
    return _sqlite_code(error) in _UNWRITABLE or _state(error) in _UNWRITABLE_STATES


def _is_gone(error: Exception) -> bool:
    """Say whether the server cannot be reached or has cut the connection."""
    if not isinstance(error, (OperationalError, InterfaceError)) or _sqlite_code(error):
        return False
    return (_state(error) or "08").startswith(_GONE_STATES)


def _is_busy(error: BaseException | None) -> bool:
    return error is not None and (_sqlite_code(error) in _BUSY or _state(error) in _BUSY_STATES)


def sqlite_configuration(directory: Path) -> dict[str, object]:
    """Describe the database file of a data directory to the framework."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(directory / SQLITE_FILE),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": LOCK_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": _SQLITE_START,
        },
    }


def postgresql_configuration(url: str) -> dict[str, object]:
    """Describe the server that a URL names (postgresql://user:password@host:port/name?option=…) to the framework."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < len("/x"):
        raise ValueError("A database URL has the form postgresql://user:password@host:port/name.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    # A copy that lags behind its server answers with claims and links of yesterday: where it is met, there is no connection (F68).
    options["target_session_attrs"] = "read-write"
    options.setdefault("options", f"-c lock_timeout={LOCK_TIMEOUT_SECONDS}s -c synchronous_commit=on")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(options.pop("port", None) or parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": None,
    }


class OpenDatabases:
    """The databases this process has open, by name, and which of them was opened last."""

    def __init__(self) -> None:
        self._by_name: dict[str, Database] = {}
        self._last: Database | None = None

    def enter(self, *, name: str, place: str, configuration: Mapping[str, object]) -> Database:
        """Make a database known to the framework, once, and the last one opened."""
        if name not in self._by_name:
            alias = f"store{len(self._by_name) + 1}"
            configured = connections.configure_settings({"default": {}, alias: dict(configuration)})
            connections.settings[alias] = configured[alias]
            self._by_name[name] = Database(alias=alias, place=place)
        self._last = self._by_name[name]
        return self._last

    def last(self) -> Database:
        """Give the database that was opened last."""
        if self._last is None:
            raise LookupError("No store is open in this process.")
        return self._last


OPEN: Final = OpenDatabases()


class LastOpened:
    """Sends the framework's own models (sessions, sign-in) to the database that was opened last."""

    def db_for_read(self, _model: object, **_hints: object) -> str:
        """Name the database to read from."""
        return OPEN.last().alias

    def db_for_write(self, _model: object, **_hints: object) -> str:
        """Name the database to write to."""
        return OPEN.last().alias
