"""The second run after one customer in a hundred was edited in NetSuite: its cost follows what changed, not what is there."""

from __future__ import annotations

from typing import Final

from benchmarks.connector.houses import rigged, seconds_of
from benchmarks.connector.importing import WORKFLOW
from benchmarks.customers import FIRST_ID
from benchmarks.simulators import ask
from benchmarks.tasks import Measured, Task, timed
from suitebridge.domain.outcomes import OutcomeKind

_EACH: Final = 100


def measure(task: Task) -> Measured:
    """Import every customer, edit some, then measure the run that follows; a second of it counts for all that is there."""
    edited = range(FIRST_ID, FIRST_ID + task.size, _EACH)
    with rigged(task) as rig:
        rig.tenant.prove(rig.run(WORKFLOW), WORKFLOW, OutcomeKind.CREATED, task.size)
        for number in edited:
            values = {"values": {"phone": f"+1 555 {number}"}}
            ask(task.address, f"/records/customer/{number}", values, method="PATCH")
        with timed(task) as watch:
            run = rig.run(WORKFLOW)
            watch.seconds = seconds_of(run)
        rig.tenant.prove(run, WORKFLOW, OutcomeKind.UPDATED, len(edited))
    return watch.measured(task.size)
