"""What state a run has earned at its end: by its counts, what stopped it, and what was asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.domain.outcomes import OPEN_KINDS
from suitebridge.ports.runs import Halt, Progress, Run, RunState

FINISHED = "finished"


def is_done(progress: Sequence[Progress]) -> bool:
    """Whether every workflow has come to its end."""
    return all(one.phase == FINISHED for one in progress)


def earned_state(run: Run, progress: Sequence[Progress]) -> RunState:
    """Give the state that a run ends in (I1)."""
    if not all(one.tally.adds_up for one in progress):
        return RunState.INCONSISTENT
    if run.problem_code:
        return RunState.FAILED
    if run.halt is Halt.CANCEL and not is_done(progress):
        return RunState.CANCELLED
    has_trouble = any(one.tally.of(kind) for one in progress for kind in OPEN_KINDS)
    return RunState.COMPLETED_WITH_ERRORS if has_trouble else RunState.COMPLETED
