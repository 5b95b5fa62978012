"""Databases of one PostgreSQL server: made, taken away and given back, as it happens in the world."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

_COUNT = itertools.count(1)
_START_SECONDS = 60.0


def new_database(server_url: str, *, template: str = "template0") -> str:
    """Make a database, as a copy of another one where its URL is given; give its URL."""
    name = f"story_{os.getpid()}_{next(_COUNT)}"
    original = _name(template) if "://" in template else template
    _tell(server_url, sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, original)
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


@contextmanager
def gone(server_url: str, database_url: str) -> Iterator[None]:
    """Take a database away: it cuts every connection and accepts none until the block ends."""
    _tell(server_url, sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false"), _name(database_url))
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (_name(database_url),)
        )
    try:
        yield
    finally:
        _tell(server_url, sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true"), _name(database_url))


@contextmanager
def crashed(server: Any) -> Iterator[None]:
    """Let a server of one's own die without a word to anybody, and start it when the block ends: it recovers what was committed."""
    os.kill(server.get_pid(), signal.SIGQUIT)
    server.get_postmaster_info().process.wait()
    try:
        yield
    finally:
        _start(server)


def _start(server: Any) -> None:
    """Start a server; the recovery after a crash may take longer than one attempt waits."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.ensure_postgres_running()
        except (AssertionError, subprocess.SubprocessError):
            if time.monotonic() > deadline:
                raise
        else:
            return


def _tell(server_url: str, statement: sql.SQL, *names: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, names)))


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
