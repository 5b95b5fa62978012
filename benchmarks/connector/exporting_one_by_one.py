"""The export of time over REST, a request for each record, through slow slots: what a connection without batches would do."""

from __future__ import annotations

from unittest.mock import patch

from benchmarks.connector import exporting_by_rest
from benchmarks.tasks import Measured, Task
from suitebridge.domain import doors


def measure(task: Task) -> Measured:
    """Export every entry by itself."""
    with patch.object(doors, "BATCH_FROM", task.size + 1):
        return exporting_by_rest.measure(task)
