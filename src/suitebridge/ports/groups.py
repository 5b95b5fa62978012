"""What the use cases need to keep the workflow groups of a company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import Stamp


class WorkflowGroups(Protocol):
    """The workflow groups of one company. Every change is told in the trail in the same transaction."""

    def all(self) -> Sequence[WorkflowGroup]:
        """List the groups by name."""
        ...

    def get(self, name: str) -> WorkflowGroup | None:
        """Find a group by its name, whatever its case."""
        ...

    def save(self, group: WorkflowGroup, *, stamp: Stamp) -> WorkflowGroup:
        """Store a group of the version that it was read with (0 adds it); give it as it stands. A group keeps the name it was added with.

        Raise `RecordRefusedError` SB-AUTO-002 where it is of another version, or there.
        """
        ...

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        """Remove a group of this version. Raise `RecordRefusedError` SB-AUTO-002 as saving does, SB-AUTO-003 while schedules run it."""
        ...
