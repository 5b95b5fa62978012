"""Synchronizations of custom fields while they go on: how far each company's is, and whether somebody canceled it. Kept in this process only."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.field_snapshots import Surveyed

FIRST_SECONDS = 1.0
"""How long the request that starts one waits for its end: where little is asked, nobody has to look again."""

_LOG = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Synchronization:
    """One synchronization: what is asked for, what came of it so far, and why it broke off where it did."""

    record_types: tuple[str, ...]
    problems: dict[str, Problem] = field(default_factory=dict)
    done: int = 0
    broken: Problem | None = None
    is_canceled: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    def carry_out(self, surveyed: Callable[[], Iterable[Surveyed]]) -> None:
        """Listen until all is done or somebody cancels; what is kept by then stays."""
        try:
            for one in surveyed():
                if one.problem is not None:
                    self.problems[one.record_type] = one.problem
                self.done += 1
                if self.is_canceled:
                    break
        except SuiteBridgeError as error:
            _LOG.warning("A synchronization of custom fields stopped.", exc_info=True)
            self.broken = error.problem
        finally:
            self.ended.set()


class Synchronizations:
    """The last synchronization of each company: one at a time."""

    def __init__(self) -> None:
        self._last: dict[str, Synchronization] = {}
        self._lock = threading.Lock()

    def last(self, company: str) -> Synchronization | None:
        """Give the one that goes on, or that ended last."""
        with self._lock:
            return self._last.get(company)

    def start(
        self,
        company: str,
        record_types: tuple[str, ...],
        surveyed: Callable[[], Iterable[Surveyed]],
        begin: Callable[[Callable[[], None]], None],
    ) -> None:
        """Start one beside the request, unless one goes on, and wait a moment for its end."""
        with self._lock:
            before = self._last.get(company)
            if before is not None and not before.ended.is_set():
                return
            one = self._last[company] = Synchronization(record_types=record_types)
        begin(lambda: one.carry_out(surveyed))
        one.ended.wait(FIRST_SECONDS)

    def cancel(self, company: str) -> None:
        """Ask the one that goes on to end behind the record type that it reads."""
        one = self.last(company)
        if one is not None:
            one.is_canceled = True


SYNCHRONIZATIONS = Synchronizations()
