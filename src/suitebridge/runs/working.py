"""Who carries runs out at the moment, and which of a company's own runs each of them has under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.workers import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """A worker with the numbers of the company's runs that it carries out; `elsewhere` counts those of other companies."""

    worker: Worker
    numbers: tuple[int, ...]
    elsewhere: int


def workers_at_work(workers: Iterable[Worker], store: CompanyStore) -> Sequence[AtWork]:
    """Sort a company's unfinished runs by who carries them out."""
    runs = [run for run in store.runs.unfinished() if not run.rests]
    at_work = []
    for worker in workers:
        numbers = tuple(run.number for run in runs if run.worker == worker.id)
        at_work.append(AtWork(worker=worker, numbers=numbers, elsewhere=max(0, worker.runs - len(numbers))))
    return at_work
