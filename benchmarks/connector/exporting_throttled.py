"""The same export while NetSuite refuses each tenth request for load: nothing may fail by it, and little time may be lost."""

from __future__ import annotations

from benchmarks.connector import exporting
from benchmarks.simulators import ask
from benchmarks.tasks import Measured, Task

_RATE = 0.1


def measure(task: Task) -> Measured:
    """Export every entry under that weather."""
    ask(task.address, "/weather", {"seed": task.seed, "rate": _RATE, "faults": ["Throttle"]}, method="POST")
    return exporting.measure(task)
