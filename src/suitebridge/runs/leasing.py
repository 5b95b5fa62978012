"""This process's lease: the right to send and to settle, for as long as the database hears from it (design I6, quality.md F65, F70).

It knows no thread and no run: whoever keeps it renews it every `RENEW_SECONDS`, and asks it before each request.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from suitebridge.domain.errors import Problem, RetryLaterError, SuiteBridgeError
from suitebridge.ports.workers import NewWorker, Workers

LEASE_SECONDS = 10.0
"""So long a worker may be silent before others take its runs over."""

RENEW_SECONDS = 2.0

MARGIN_SECONDS = 2.0
"""So long before its lease ends a worker sends nothing any more: an answer of the database may come late."""

_LOG = logging.getLogger(__name__)
_NOT_YET = "This process has not joined the other workers yet."
_LATE = "The lease of this process is over: it stood still, or the database did not answer in time."


class Lease:
    """The lease of one worker. `is_alone` says that a lock keeps every other process away: only a store that cannot be written stops it then."""

    def __init__(
        self, workers: Workers, worker: NewWorker, *, seconds: Callable[[], float], is_alone: bool = False
    ) -> None:
        self.worker = worker
        self._workers = workers
        self._seconds = seconds
        self._is_alone = is_alone
        self._lock = threading.Lock()
        self._send_by = float("-inf")
        self._said = _NOT_YET
        self._is_lost = False
        self._at_work = 0

    def join(self) -> None:
        """Take a fresh lease. Raise `SuiteBridgeError` where the store cannot be written."""
        began = self._seconds()
        self._workers.join(self.worker, lease_seconds=LEASE_SECONDS)
        self._extend(began)

    def renew(self) -> None:
        """Renew the lease, or note why nothing may be sent; one that was taken away is taken anew once all its work has ended."""
        began = self._seconds()
        try:
            if not self._is_lost and self._workers.renew(self.worker.id, lease_seconds=LEASE_SECONDS):
                self._extend(began)
            else:
                self._lose()
        except RetryLaterError as error:
            # A lock held for long says nothing about a worker that has no other beside it.
            if not self._is_alone:
                self._shut(error.problem.cause)
        except SuiteBridgeError as error:
            self._shut(error.problem.cause)

    def leave(self) -> None:
        """Let the lease run out now; where the store cannot be written, it runs out by itself."""
        self._shut("This process is about to end.")
        try:
            self._workers.leave(self.worker.id)
        except SuiteBridgeError as error:
            _LOG.warning("The lease of %s could not be given back: %s", self.worker.id, error)

    def refusal(self) -> str:
        """Say why no request may leave now; "" where it may."""
        if self._said:
            return self._said
        return "" if self._seconds() < self._send_by else _LATE

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work under the lease. Raise `RetryLaterError` SB-LEASE-002 where it does not hold."""
        with self._lock:
            if refusal := self.refusal():
                raise RetryLaterError(Problem(code="SB-LEASE-002", facts={"said": refusal}))
            self._at_work += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work -= 1

    def _extend(self, began: float) -> None:
        self._send_by = float("inf") if self._is_alone else began + LEASE_SECONDS - MARGIN_SECONDS
        self._said = ""
        self._is_lost = False

    def _shut(self, said: str) -> None:
        self._said = said

    def _lose(self) -> None:
        """Others have taken over: what is under way here may not send another byte, so nothing begins before all of it has ended."""
        with self._lock:
            self._shut(_LATE)
            if not self._is_lost:
                _LOG.warning("Worker %s lost its lease: others go on with its runs", self.worker.id)
            self._is_lost = True
            if self._at_work:
                return
        self.join()
