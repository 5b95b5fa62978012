"""Runs as DBOS workflows: one step per batch, one run at a time for each NetSuite account, whatever the number of processes.

DBOS is one object per process; `launch` may be called once. It refuses to know what a run does: it is given the function.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy
from dbos import DBOS, DBOSConfig, Queue, SetEnqueueOptions, SetWorkflowID
from dbos import DBOSPortableJSONSerializer as PortableJson
from sqlalchemy.exc import DBAPIError

from suitebridge.adapters.engine.databases import await_server
from suitebridge.adapters.engine.dispatching import register_dispatcher
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.ports.engine import Result, WaitingSteps

CarryOut = Callable[[str, str, WaitingSteps], None]
"""Carries out a run: company id, run id, steps."""

RUNS_PER_PROCESS: Final = 5
"""How many accounts one process works for at a time. The rest wait for a free process, each account with the same chance."""

DRAIN_SECONDS: Final = 10.0
"""So long a process that is told to end waits for the batches under way; what is cut off then is resumed elsewhere (quality.md F63)."""

# Bumped by hand when a workflow's steps change their meaning: a run in flight then ends under the old one (design §9, DBOS note 7).
_APPLICATION_VERSION = "1"
_POLLING_SECONDS = 0.25
_LOOK_SECONDS = 0.5
_QUEUE_NAME = "runs"
_PENDING: Final = "PENDING"
_UNDER_WAY = frozenset({_PENDING, "ENQUEUED", "DELAYED"})


class _DrainedError(BaseException):
    """This process ends. No error that anything may catch: the workflow stays as it is, to be resumed."""


@dataclass(slots=True)
class _Drain:
    """Counts the steps under way, and lets none begin once it is closed."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    under_way: int = 0
    is_closed: bool = False

    @contextmanager
    def step(self) -> Iterator[None]:
        with self.changed:
            if self.is_closed:
                raise _DrainedError
            self.under_way += 1
        try:
            yield
        finally:
            with self.changed:
                self.under_way -= 1
                self.changed.notify_all()

    def pause(self, seconds: float, is_over: Callable[[], bool] = lambda: False) -> None:
        """Wait so long, or until it is over. Raise `_DrainedError` where this process ends."""
        until = time.monotonic() + seconds
        with self.changed:
            while (left := until - time.monotonic()) > 0 and not is_over():
                if self.changed.wait_for(lambda: self.is_closed, timeout=min(left, _LOOK_SECONDS)):
                    raise _DrainedError

    def close(self, *, seconds: float) -> None:
        """Let no step begin, and wait for those under way, so long."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()
            self.changed.wait_for(lambda: not self.under_way, timeout=seconds)


@dataclass(frozen=True, slots=True)
class _DurableSteps:
    """Steps of the DBOS workflow that is running on this thread."""

    drain: _Drain

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        with self.drain.step():
            return DBOS.run_step({"name": name}, act)

    def sleep(self, seconds: float, is_over: Callable[[], bool]) -> None:
        """Wait so long; after a stop only what is left of it, and no longer once it is over.

        What is remembered is what the engine's own sleep remembers, which nothing can cut short.
        """
        wakes_at: float = DBOS.run_step({"name": "DBOS.sleep"}, lambda: time.time() + seconds)
        self.drain.pause(min(seconds, wakes_at - time.time()), is_over)


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableEngine:
    """The engine port over a launched DBOS."""

    queue: Queue
    run_workflow: Callable[[str, str], None]
    drain: _Drain

    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        """Start a run under its own id after the others of its account; one that is under way stays as it is.

        A run is handed over only while it has not ended: if its workflow has, something outside stopped it (a full disk), so it begins
        anew. Its finished work is in the run log.
        """
        with _translating():
            status = DBOS.get_workflow_status(run_id)
            if status is None:
                with SetWorkflowID(run_id), SetEnqueueOptions(queue_partition_key=partition):
                    self.queue.enqueue(self.run_workflow, company, run_id)
            elif status.status not in _UNDER_WAY:
                DBOS.rewind_workflow(run_id, queue_name=_QUEUE_NAME, queue_partition_key=partition)

    def take_over(self, executor: str) -> int:
        """Put every workflow that a gone process had under way back into its queue; one whose end it has recorded stays as it is."""
        with _translating():
            left = DBOS.list_workflows(executor_id=executor, status=_PENDING, load_input=False, load_output=False)
            for workflow in left:
                DBOS.resume_workflow(workflow.workflow_id, queue_name=workflow.queue_name)
        return len(left)

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
        """Take up no more work and let the batches under way settle; the rest is resumed by the next start, or by another process."""
        self.drain.close(seconds=DRAIN_SECONDS)
        DBOS.destroy()


def launch(
    database: sqlalchemy.Engine, carry_out: CarryOut, *, dispatch: Callable[[], None], executor: str
) -> DurableEngine:
    """Start DBOS on a database of its own, resume what this executor left, and dispatch each minute.

    Raise `RunStoppedError` SB-INT-001 if it cannot start.
    """
    config: DBOSConfig = {
        "name": "suitebridge",
        "system_database_url": database.url.render_as_string(hide_password=False),
        "system_database_engine": database,
        "executor_id": executor,
        "application_version": _APPLICATION_VERSION,
        "serializer": PortableJson(),
        "log_level": "ERROR",
        "enable_otlp": False,
        "use_listen_notify": False,
    }
    DBOS(config=config)
    drain = _Drain()

    @DBOS.workflow(name="carry_out_run")
    def carry_out_run(company: str, run_id: str) -> None:
        carry_out(company, run_id, _DurableSteps(drain))

    start_dispatcher = register_dispatcher(dispatch)
    try:
        DBOS.launch()
        start_dispatcher()
        queue = DBOS.register_queue(
            _QUEUE_NAME,
            partition_concurrency=1,
            worker_concurrency=RUNS_PER_PROCESS,
            polling_interval_sec=_POLLING_SECONDS,
        )
    except Exception as error:
        raise RunStoppedError(
            Problem(code="SB-INT-001", facts={"said": f"The durable engine did not start: {error}"})
        ) from error
    await_server(database, drain.pause)
    return DurableEngine(queue=queue, run_workflow=carry_out_run, drain=drain)


@contextmanager
def _translating() -> Iterator[None]:
    """Turn what the driver says into the house's words."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        facts = {"place": "of the durable engine", "said": f"It said: {said}."}
        raise RetryLaterError(Problem(code="SB-DB-001", facts=facts)) from error
