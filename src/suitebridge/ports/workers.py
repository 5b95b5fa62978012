"""What the use cases need of the workers: processes that carry runs out, each under a lease on the database's clock (design §9, DBOS note 3)."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class WorkerKind(enum.Enum):
    """Which command a worker is."""

    SERVE = "serve"
    WORKER = "worker"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorker:
    """A process that begins to work. `id` is its own for as long as it lives, and its executor's in the engine."""

    id: str
    kind: WorkerKind
    host: str
    process: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker as the database sees it. `holds_lease` says that it renewed its lease in time, `silent_seconds` how long ago that was.

    `runs` is how many runs it carries out, of all companies.
    """

    id: str
    kind: WorkerKind
    host: str
    process: int
    version: str
    since: datetime
    seen_at: datetime
    holds_lease: bool
    silent_seconds: float
    runs: int


class Workers(Protocol):
    """The workers of an installation, over all companies. Every moment is the database's."""

    def join(self, worker: NewWorker, *, lease_seconds: float) -> None:
        """Add a worker with a fresh lease; one that lost its lease joins again under the same id."""
        ...

    def renew(self, worker_id: str, *, lease_seconds: float) -> bool:
        """Renew a lease; say whether there was one to renew: one that ran out and was taken away stays lost."""
        ...

    def leave(self, worker_id: str) -> None:
        """Let a lease run out now, so that what the worker left is taken over at once."""
        ...

    def all(self) -> Sequence[Worker]:
        """List the workers, oldest first."""
        ...

    def take_over(self, resume: Callable[[str], object]) -> int:
        """Take every lease away that ran out: fence the runs of its worker off, let `resume` hand them to others, and forget the worker.

        Of several processes one takes a worker over; one that dies meanwhile leaves it to the next. Give how many workers there were.
        """
        ...
