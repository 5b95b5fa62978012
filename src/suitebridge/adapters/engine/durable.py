"""Runs as DBOS workflows: one step per batch, one run at a time for each NetSuite account.

DBOS is one object per process; `launch` may be called once. It refuses to know what a run does: it is given the function.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dbos import DBOS, DBOSConfig, Queue, SetEnqueueOptions, SetWorkflowID
from dbos import DBOSPortableJSONSerializer as PortableJson

from suitebridge.adapters.engine.databases import sqlite_engine
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.ports.engine import Result, Steps

CarryOut = Callable[[str, str, Steps], None]
"""Carries out a run: company id, run id, steps."""

_EXECUTOR = "embedded"
# Bumped by hand when a workflow's steps change their meaning: a run in flight then ends under the old one (design §9, DBOS note 7).
_APPLICATION_VERSION = "1"
_POLLING_SECONDS = 0.25
_QUEUE_NAME = "runs"
_UNDER_WAY = frozenset({"PENDING", "ENQUEUED", "DELAYED"})


class _DurableSteps:
    """Steps of the DBOS workflow that is running on this thread."""

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        return DBOS.run_step({"name": name}, act)


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableEngine:
    """The engine port over a launched DBOS."""

    queue: Queue
    run_workflow: Callable[[str, str], None]

    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        """Start a run under its own id after the others of its account; one that is under way stays as it is.

        A run is handed over only while it has not ended: if its workflow has, something outside stopped it (a full disk), so it begins
        anew. Its finished work is in the run log.
        """
        status = DBOS.get_workflow_status(run_id)
        if status is None:
            with SetWorkflowID(run_id), SetEnqueueOptions(queue_partition_key=partition):
                self.queue.enqueue(self.run_workflow, company, run_id)
        elif status.status not in _UNDER_WAY:
            DBOS.rewind_workflow(run_id, queue_name=_QUEUE_NAME, queue_partition_key=partition)

    def await_end(self, run_id: str, *, timeout_seconds: float) -> bool:
        """Wait until the workflow of a run has ended."""
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            status = DBOS.get_workflow_status(run_id)
            if status is not None and status.status not in _UNDER_WAY:
                return True
            time.sleep(_POLLING_SECONDS)
        return False

    def close(self) -> None:
        """Stop taking up work; what is under way is resumed by the next start."""
        DBOS.destroy()


def launch(file: Path, carry_out: CarryOut) -> DurableEngine:
    """Start DBOS on its own database file and resume what was interrupted. Raise `RunStoppedError` SB-INT-001 if it cannot start."""
    config: DBOSConfig = {
        "name": "suitebridge",
        "system_database_url": f"sqlite:///{file}",
        "system_database_engine": sqlite_engine(file),
        "executor_id": _EXECUTOR,
        "application_version": _APPLICATION_VERSION,
        "serializer": PortableJson(),
        "log_level": "ERROR",
        "enable_otlp": False,
    }
    DBOS(config=config)

    @DBOS.workflow(name="carry_out_run")
    def carry_out_run(company: str, run_id: str) -> None:
        carry_out(company, run_id, _DurableSteps())

    try:
        DBOS.launch()
        queue = DBOS.register_queue(_QUEUE_NAME, partition_concurrency=1, polling_interval_sec=_POLLING_SECONDS)
    except Exception as error:
        raise RunStoppedError(
            Problem(code="SB-INT-001", facts={"said": f"The durable engine did not start: {error}"})
        ) from error
    return DurableEngine(queue=queue, run_workflow=carry_out_run)
