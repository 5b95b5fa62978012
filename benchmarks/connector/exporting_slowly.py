"""The same export where every request takes 150 ms at least and five may run at once: how well are the slots filled?

What counts is the simulator's own account of its slots: the time in which requests held them, out of all that they offered. A refusal for
load would be of our own making, since nobody else is there: one is enough to refuse the measurement.
"""

from __future__ import annotations

from typing import Final

import msgspec

from benchmarks.connector import exporting
from benchmarks.connector.houses import UnfaithfulRunError
from benchmarks.simulators import ask
from benchmarks.tasks import Measured, Task
from suitebridge.domain.credential_sets import Switch

LATENCY_SECONDS: Final = 0.15
LIMIT: Final = 5


def measure(task: Task, switches: frozenset[Switch] = frozenset()) -> Measured:
    """Export every entry through slow slots."""
    told = ask(task.address, "/concurrency", {"latencySeconds": LATENCY_SECONDS, "limit": LIMIT}, method="POST")
    before = float(told["occupiedSeconds"])
    measured = exporting.measure(task, switches)
    slots = ask(task.address, "")["concurrency"]
    if slots["refused"]:
        raise UnfaithfulRunError(f"{slots['refused']} requests were refused for load, and nobody else was there.")
    occupied = float(slots["occupiedSeconds"]) - before
    return msgspec.structs.replace(measured, slots_filled=occupied / (LIMIT * measured.seconds))
