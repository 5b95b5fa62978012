"""The same export while NetSuite refuses each tenth request for load: nothing may fail by it, and little time may be lost."""

from __future__ import annotations

import json
import urllib.request

from benchmarks.connector import exporting
from benchmarks.tasks import Measured, Task

_RATE = 0.1


def measure(task: Task) -> Measured:
    """Export every entry under that weather."""
    document = {"seed": task.seed, "rate": _RATE, "faults": ["Throttle"]}
    request = urllib.request.Request(
        f"{task.address}/_simulator/weather",
        data=json.dumps(document).encode(),
        method="POST",
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60):
        return exporting.measure(task)
