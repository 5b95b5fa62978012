"""What happened to an account: every request with the fault it met, every fault that was injected, every record written.

Kept in memory, bounded, and appended to a file of JSON lines where one is asked for. Holds no body; what a fault's
values call a secret is masked.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from netsuite_simulator.clock import Clock
from netsuite_simulator.results import Written

LONGEST = 100_000  # requests, injected faults and writes remembered, each
MASK = "***"
_SECRET = re.compile(r"secret|passw|token|nonce|signature|\bkey\b|consumer_?key|authorization|\bpem\b", re.IGNORECASE)

Sink = Callable[[bytes], object]


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
class Injected:
    """One fault that a request met, or that changed the account right before it, with its values."""

    request: int
    at: datetime
    door: str
    operation: str
    fault: str
    values: dict[str, object]


class Write(msgspec.Struct, frozen=True, kw_only=True):
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
        self._sink: Sink | None = None
        self.faults: deque[Injected] = deque(maxlen=LONGEST)
        self.writes: deque[Write] = deque(maxlen=LONGEST)

    def opened(self, door: str, operation: str, records: int) -> Request:
        """Note that a request came in."""
        self._number += 1
        request = Request(number=self._number, at=self._clock.now(), door=door, operation=operation, records=records)
        self.requests.append(request)
        return request

    def closed(self, request: Request) -> None:
        """Note that a request ended."""
        self._append("request", request)

    def injected(self, request: Request, fault: str, values: Mapping[str, object]) -> None:
        """Note a fault that a request met."""
        noted = Injected(
            request=request.number,
            at=self._clock.now(),
            door=request.door,
            operation=request.operation,
            fault=fault,
            values={name: _masked(name, value) for name, value in values.items()},
        )
        self.faults.append(noted)
        self._append("fault", noted)

    @contextmanager
    def appended_to(self, path: Path) -> Iterator[None]:
        """Append what is noted inside to a file, a JSON object a line, readable by its owner alone."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab", buffering=0) as file:
            self._sink = file.write
            try:
                yield
            finally:
                self._sink = None

    def _append(self, kind: str, entry: Request | Injected | Write) -> None:
        if self._sink is not None:
            self._sink(msgspec.json.encode({"kind": kind, **told(entry)}) + b"\n")

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

    def keep(self) -> list[Write]:
        """Keep what was noted, once its transaction is committed, and return it."""
        kept, self._noted = self._noted, []
        self.writes.extend(kept)
        if self._sink is not None:
            for write in kept:
                self._append("write", write)
        return kept

    @property
    def noted(self) -> int:
        """How many records have been noted in the transaction that is still open."""
        return len(self._noted)

    def forget(self, since: int = 0) -> None:
        """Forget what was noted, or what was noted since: its transaction, or that part of it, came to nothing."""
        del self._noted[since:]


def told(entry: Request | Injected | msgspec.Struct) -> dict[str, object]:
    """Give what an entry of this journal, or of the audit trail, says."""
    return msgspec.structs.asdict(entry) if isinstance(entry, msgspec.Struct) else asdict(entry)


def _masked(name: str, value: object) -> object:
    """Keep what is secret by its name out of the journal, however deep it lies."""
    if isinstance(value, Mapping):
        return {str(key): _masked(str(key), one) for key, one in value.items()}
    return MASK if value is not None and _SECRET.search(name) else value
