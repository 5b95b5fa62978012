"""Workers and their leases, in memory, on the clock of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from suitebridge.ports.clock import Clock
from suitebridge.ports.runs import ENDED_STATES, RunState
from suitebridge.ports.workers import NewWorker, Worker

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lease:
    worker: NewWorker
    since: datetime
    seen_at: datetime
    until: datetime


class MemoryWorkers:
    """The workers of an installation."""

    def __init__(self, clock: Clock, stores: Callable[[], Iterable[MemoryStore]]) -> None:
        self._clock = clock
        self._stores = stores
        self._leases: dict[str, _Lease] = {}

    def join(self, worker: NewWorker, *, lease_seconds: float) -> None:
        now = self._clock.now()
        since = self._leases[worker.id].since if worker.id in self._leases else now
        until = now + timedelta(seconds=lease_seconds)
        self._leases[worker.id] = _Lease(worker=worker, since=since, seen_at=now, until=until)

    def renew(self, worker_id: str, *, lease_seconds: float) -> bool:
        if worker_id not in self._leases:
            return False
        now = self._clock.now()
        until = now + timedelta(seconds=lease_seconds)
        self._leases[worker_id] = replace(self._leases[worker_id], seen_at=now, until=until)
        return True

    def leave(self, worker_id: str) -> None:
        if worker_id in self._leases:
            self._leases[worker_id] = replace(self._leases[worker_id], until=self._clock.now())

    def all(self) -> Sequence[Worker]:
        now = self._clock.now()
        ordered = sorted(self._leases.values(), key=lambda lease: (lease.since, lease.worker.id))
        return [
            Worker(
                id=lease.worker.id,
                kind=lease.worker.kind,
                host=lease.worker.host,
                process=lease.worker.process,
                version=lease.worker.version,
                since=lease.since,
                seen_at=lease.seen_at,
                holds_lease=lease.until > now,
                silent_seconds=(now - lease.seen_at).total_seconds(),
                runs=self._busy(lease.worker.id),
            )
            for lease in ordered
        ]

    def take_over(self, resume: Callable[[str], object]) -> int:
        now = self._clock.now()
        lost = [name for name, lease in self._leases.items() if lease.until <= now]
        for name in lost:
            for store in self._stores():
                for index, run in enumerate(store.state.runs):
                    if run.worker == name and run.state not in ENDED_STATES:
                        store.state.runs[index] = replace(run, fence=run.fence + 1)
            resume(name)
            del self._leases[name]
        return len(lost)

    def _busy(self, name: str) -> int:
        return sum(
            run.worker == name and run.state is RunState.RUNNING for store in self._stores() for run in store.state.runs
        )
