"""Wrong tries as rows under the hash of their subject: what people type by mistake into a user id may be a password."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from suitebridge.adapters.store.databases import Database
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.throttling import FORGET_AFTER, Count, Subject, counted, taken_back

_READ: Final = "SELECT failures, last_at, opens_at FROM store_attempt WHERE digest = %s"
_ADD: Final = "INSERT INTO store_attempt (digest, failures, last_at, opens_at) VALUES (%s, 0, %s, %s) ON CONFLICT (digest) DO NOTHING"
_SET: Final = "UPDATE store_attempt SET failures = %s, last_at = %s, opens_at = %s WHERE digest = %s"


class StoredAttempts:
    """The wrong tries of an installation; implements `ports.attempts.Attempts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, subjects: Sequence[Subject], *, at: datetime) -> datetime | None:
        """Count a try for every subject, or say when the next one may be."""
        with self._database.transaction(lambda database: _held(database, subjects, at)) as held:
            waits = [count.opens_at for _, count in held if count.opens_at > at]
            if waits:
                return max(waits)
            for subject, before in held:
                self._write(subject, counted(before, subject, at=at))
        self._sweep(at)
        return None

    def forget(self, subjects: Sequence[Subject]) -> None:
        """Forget every try of subjects."""
        for subject in subjects:
            self._database.execute("DELETE FROM store_attempt WHERE digest = %s", (_digest(subject),))

    def take_back(self, subjects: Sequence[Subject]) -> None:
        """Take back the try that was counted last."""
        with self._database.transaction(lambda database: _locked(database, subjects)) as held:
            for subject, count in held:
                self._write(subject, taken_back(count))

    def _write(self, subject: Subject, count: Count) -> None:
        row = (count.failures, instant_text(count.last_at), instant_text(count.opens_at), _digest(subject))
        self._database.execute(_SET, row)

    def _sweep(self, at: datetime) -> None:
        """Remove what is forgotten; rows that somebody holds are left for the next time."""
        lock = "" if self._database.is_sqlite else " FOR UPDATE SKIP LOCKED"
        old = f"SELECT digest FROM store_attempt WHERE last_at < %s{lock}"  # noqa: S608
        statement = f"DELETE FROM store_attempt WHERE digest IN ({old})"  # noqa: S608
        self._database.execute(statement, (instant_text(at - FORGET_AFTER),))


def _held(database: Database, subjects: Sequence[Subject], at: datetime) -> list[tuple[Subject, Count]]:
    """Add the rows that are missing and lock all, in one order for everybody."""
    for subject in _ordered(subjects):
        database.execute(_ADD, (_digest(subject), instant_text(at), instant_text(at)))
    return _locked(database, subjects)


def _locked(database: Database, subjects: Sequence[Subject]) -> list[tuple[Subject, Count]]:
    # SQLite's BEGIN IMMEDIATE has taken the whole file already.
    read = _READ if database.is_sqlite else f"{_READ} FOR UPDATE"
    return [
        (subject, Count(failures=integer(failures), last_at=moment(last_at), opens_at=moment(opens_at)))
        for subject in _ordered(subjects)
        for failures, last_at, opens_at in database.fetch(read, (_digest(subject),))
    ]


def _ordered(subjects: Sequence[Subject]) -> list[Subject]:
    by_digest: Callable[[Subject], str] = _digest
    return sorted(subjects, key=by_digest)


def _digest(subject: Subject) -> str:
    return hashlib.sha256(subject.name.encode()).hexdigest()
