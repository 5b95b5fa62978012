"""What the use cases need to keep the schedules of a company, and what became of each time that was due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from suitebridge.domain.people import Stamp
from suitebridge.domain.schedules import Schedule, Tick
from suitebridge.ports.runs import NewRun, Run, Told, tell_nothing


class Schedules(Protocol):
    """The schedules of one company. Every change of one is told in the trail in the same transaction."""

    def all(self) -> Sequence[Schedule]:
        """List the schedules by name."""
        ...

    def get(self, name: str) -> Schedule | None:
        """Find a schedule by its name, whatever its case."""
        ...

    def save(self, schedule: Schedule, *, stamp: Stamp) -> Schedule:
        """Store a schedule of the version that it was read with (0 adds it); give it as it stands. Its configurer is the stamp's author.

        It keeps the name it was added with, and times of before count for nothing. Raise `RecordRefusedError` SB-AUTO-002 where it is of
        another version, or there, and SB-AUTO-001 where its group is gone.
        """
        ...

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        """Remove a schedule of this version with its ticks. Raise `RecordRefusedError` SB-AUTO-002 as saving does."""
        ...

    def note(self, name: str, tick: Tick) -> bool:
        """Store what became of a time, once for each local day and label; say whether it was this time. A schedule that is gone has none."""
        ...

    def start(
        self, name: str, tick: Tick, run: NewRun, *, tell: Callable[[Run], Sequence[Told]] = tell_nothing
    ) -> Run | None:
        """Store a tick and the run that it starts in one transaction; None where the time was dealt with before, or the schedule is gone."""
        ...

    def ticks(self, name: str, *, limit: int) -> Sequence[Tick]:
        """List what became of the newest times, newest first."""
        ...
