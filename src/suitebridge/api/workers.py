"""The processes that carry runs out."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from pydantic import BaseModel, Field

from suitebridge.api.access import caller_of
from suitebridge.runs.working import workers_at_work


class WorkerShown(BaseModel):
    """One process. `runs` are the numbers of the company's runs that it carries out."""

    id: str
    kind: str = Field(description="serve, worker or command.")
    host: str
    process: int
    version: str
    since: datetime
    seen_at: datetime = Field(description="When it renewed its lease, by the database's clock.")
    silent_seconds: float
    holds_lease: bool = Field(description="False: the others take over what it had in hand.")
    runs: list[int]
    runs_elsewhere: int = Field(description="How many runs of other companies it carries out.")


class WorkerList(BaseModel):
    """All of them, the oldest first; empty where no process carries runs out."""

    items: list[WorkerShown]


def list_workers(request: HttpRequest) -> WorkerList:
    """List the processes that carry runs out."""
    caller = caller_of(request)
    return WorkerList(
        items=[
            WorkerShown(
                id=one.worker.id,
                kind=one.worker.kind.value,
                host=one.worker.host,
                process=one.worker.process,
                version=one.worker.version,
                since=one.worker.since,
                seen_at=one.worker.seen_at,
                silent_seconds=one.worker.silent_seconds,
                holds_lease=one.worker.holds_lease,
                runs=list(one.numbers),
                runs_elsewhere=one.elsewhere,
            )
            for one in workers_at_work(caller.house.workers(), caller.store)
        ]
    )
