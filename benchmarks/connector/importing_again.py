"""The second run over customers that are all bound, after which nothing has changed: what it costs to find that out."""

from __future__ import annotations

import msgspec

from benchmarks.connector.houses import rigged, seconds_of
from benchmarks.connector.importing import WORKFLOW
from benchmarks.simulators import ask
from benchmarks.tasks import Measured, Task, timed
from suitebridge.domain.outcomes import OutcomeKind


def measure(task: Task) -> Measured:
    """Import every customer, then measure the run that follows."""
    with rigged(task) as rig:
        rig.tenant.prove(rig.run(WORKFLOW), WORKFLOW, OutcomeKind.CREATED, task.size)
        before = ask(task.address, "")["requests"]
        with timed(task) as watch:
            run = rig.run(WORKFLOW)
            watch.seconds = seconds_of(run)
        rig.tenant.prove(run, WORKFLOW, OutcomeKind.UNCHANGED, 0)
        requests = ask(task.address, "")["requests"] - before
    return msgspec.structs.replace(watch.measured(task.size), requests=requests)
