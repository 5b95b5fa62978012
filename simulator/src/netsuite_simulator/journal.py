"""What happened to an account: every request with the fault it met, and every record written.

Kept in memory, bounded; holds no secret and no body.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from netsuite_simulator.clock import Clock
from netsuite_simulator.results import Written

LONGEST = 100_000  # requests and writes remembered, each


@dataclass(slots=True, kw_only=True)
class Request:
    """One request: `outcome` is "running" until it ends, then the answer in a word or an HTTP status."""

    number: int
    at: datetime
    door: str
    operation: str
    records: int
    fault: str | None = None
    user: str | None = None
    outcome: str = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One record written: `action` is add or edit (world edits), create, update or delete."""

    request: int | None
    at: datetime
    door: str
    action: str
    type: str
    id: str
    external_id: str | None


class Journal:
    """The journal of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._number = 0
        self._current: Request | None = None
        self.requests: deque[Request] = deque(maxlen=LONGEST)
        self._noted: list[Write] = []
        self.writes: deque[Write] = deque(maxlen=LONGEST)

    def opened(self, door: str, operation: str, records: int) -> Request:
        """Note that a request came in."""
        self._number += 1
        request = Request(number=self._number, at=self._clock.now(), door=door, operation=operation, records=records)
        self.requests.append(request)
        return request

    @contextmanager
    def working(self, request: Request) -> Iterator[None]:
        """Attribute writes to a request while its work runs; work never waits, so there is one at a time."""
        before, self._current = self._current, request
        try:
            yield
        finally:
            self._current = before

    @property
    def door(self) -> str:
        """The door whose work runs now."""
        return "python" if self._current is None else self._current.door

    def note(self, door: str, action: str, result: Written) -> None:
        """Note a record written in a transaction that is still open."""
        self._noted.append(
            Write(
                request=None if self._current is None else self._current.number,
                at=self._clock.second(),
                door=door,
                action=action,
                type=result.type.name,
                id=result.id,
                external_id=result.external_id,
            )
        )

    def keep(self) -> None:
        """Keep what was noted, once its transaction is committed."""
        self.writes.extend(self._noted)
        self._noted.clear()

    def forget(self) -> None:
        """Forget what was noted: its transaction came to nothing."""
        self._noted.clear()
