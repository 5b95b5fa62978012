"""Workers and their leases as rows, on the database's own clock: what a worker's clock shows decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from suitebridge.adapters.store.databases import Cell, Database
from suitebridge.adapters.store.texts import integer
from suitebridge.ports.runs import ENDED_STATES, RunState
from suitebridge.ports.workers import NewWorker, Worker, WorkerKind

MOST_TAKEN: Final = 100
"""Bound of one round of taking over; the next round goes on."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SQLITE_NOW: Final = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_POSTGRESQL_NOW: Final = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
_ENDED: Final = ", ".join(f"'{state.value}'" for state in sorted(ENDED_STATES, key=lambda state: state.value))


class StoredWorkers:
    """The workers of an installation; implements `ports.workers.Workers`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def join(self, worker: NewWorker, *, lease_seconds: float) -> None:
        """Add a worker with a fresh lease, or give the one that is there a fresh lease."""
        now = self._now
        self._database.execute(
            "INSERT INTO store_worker (id, kind, host, process, version, since_ms, seen_ms, until_ms) "  # noqa: S608
            f"VALUES (%s, %s, %s, %s, %s, {now}, {now}, {now} + %s) "
            "ON CONFLICT (id) DO UPDATE SET seen_ms = excluded.seen_ms, until_ms = excluded.until_ms",
            (worker.id, worker.kind.value, worker.host, worker.process, worker.version, _milliseconds(lease_seconds)),
        )

    def renew(self, worker_id: str, *, lease_seconds: float) -> bool:
        """Renew a lease that nobody has taken away."""
        statement = f"UPDATE store_worker SET seen_ms = {self._now}, until_ms = {self._now} + %s WHERE id = %s"  # noqa: S608
        return self._database.execute(statement, (_milliseconds(lease_seconds), worker_id)) == 1

    def leave(self, worker_id: str) -> None:
        """Let a lease run out now."""
        self._database.execute("UPDATE store_worker SET until_ms = 0 WHERE id = %s", (worker_id,))

    def all(self) -> Sequence[Worker]:
        """List the workers, oldest first."""
        busy = "SELECT COUNT(*) FROM store_run r WHERE r.worker = w.id AND r.state = %s"
        statement = (
            f"SELECT w.id, w.kind, w.host, w.process, w.version, w.since_ms, w.seen_ms, w.until_ms > {self._now}, {self._now} - w.seen_ms, ({busy}) "  # noqa: S608
            "FROM store_worker w ORDER BY w.since_ms, w.id"
        )
        return [_worker(row) for row in self._database.fetch(statement, (RunState.RUNNING.value,))]

    def take_over(self, resume: Callable[[str], object]) -> int:
        """Take lost leases away, one transaction each: its row is held until the worker's runs are handed on."""
        for count in range(MOST_TAKEN):
            with self._database.transaction(self._hold_lost) as lost:
                if not lost:
                    return count
                (worker_id,) = lost
                # The texts of `_ENDED` are the house's own.
                fence_off = f"UPDATE store_run SET fence = fence + 1 WHERE worker = %s AND state NOT IN ({_ENDED})"  # noqa: S608
                self._database.execute(fence_off, (worker_id,))
                resume(worker_id)
                self._database.execute("DELETE FROM store_worker WHERE id = %s", (worker_id,))
        return MOST_TAKEN

    def _hold_lost(self, database: Database) -> Sequence[str]:
        # SQLite's BEGIN IMMEDIATE has taken the whole file already.
        lock = "" if database.is_sqlite else " FOR UPDATE SKIP LOCKED"
        statement = f"SELECT id FROM store_worker WHERE until_ms <= {self._now} ORDER BY until_ms, id LIMIT 1{lock}"  # noqa: S608
        return [str(row[0]) for row in database.fetch(statement)]

    @property
    def _now(self) -> str:
        return _SQLITE_NOW if self._database.is_sqlite else _POSTGRESQL_NOW


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def _worker(row: tuple[Cell, ...]) -> Worker:
    identity, kind, host, process, version, since, seen, holds, silent, runs = row
    return Worker(
        id=str(identity),
        kind=WorkerKind(kind),
        host=str(host),
        process=integer(process),
        version=str(version),
        since=_moment(since),
        seen_at=_moment(seen),
        holds_lease=bool(holds),
        silent_seconds=max(0, integer(silent)) / 1000,
        runs=integer(runs),
    )


def _moment(cell: Cell) -> datetime:
    return _EPOCH + timedelta(milliseconds=integer(cell))
