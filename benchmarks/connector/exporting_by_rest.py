"""The export of time over REST, a hundred records to a batch, through slow slots."""

from __future__ import annotations

from benchmarks.connector import exporting_slowly
from benchmarks.tasks import Measured, Task
from suitebridge.domain.credential_sets import Switch


def measure(task: Task) -> Measured:
    """Export every entry in batches."""
    return exporting_slowly.measure(task, frozenset({Switch.REST_DOORS}))
