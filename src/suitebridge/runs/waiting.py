"""Waits for NetSuite: a run that meets an outage goes on by itself once it is over, without a person (quality.md F01, F17).

A run whose sign-in NetSuite refuses in the middle of its work rests instead, and keeps its work list: trying again and again locks a user out, so it
goes on when somebody saves other credentials (F21). The engine keeps the time, so that a process may stop meanwhile. It refuses to know what the run does: it sees steps, and why one could not be
taken. Whoever watches runs, to send word to people, finds the state in the run log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from suitebridge.domain.errors import ErrorClass, Problem, Retry, RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.engine import Result, WaitingSteps
from suitebridge.ports.runs import ITSELF, LONGEST_WAIT, REFUSED_SIGN_INS, Halt, Progress, Run, RunState

WAITS: Final = "waits"
"""What a step gives that could not be taken because NetSuite is away."""

WAIT_SECONDS: Final = (2.0, 5.0, 10.0, 20.0, 30.0)
"""How long a run waits before it tries again; the last one from then on, so that it goes on within a minute of NetSuite."""

MOST_WAITS: Final = 5_000
"""Bound of the loop; the deadline comes first."""

_AWAY: Final = frozenset({ErrorClass.NETWORK, ErrorClass.OUTAGE, ErrorClass.THROTTLE})


@dataclass(frozen=True, slots=True)
class PatientSteps:
    """Steps that are taken again, after a durable pause, as long as the run waits; one that is to halt waits no longer (U37)."""

    steps: WaitingSteps
    is_halted: Callable[[], bool] = lambda: False

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        """Take a step until it does not wait any more."""
        result = self.steps.step(name, act)
        for number in range(MOST_WAITS):
            if result != WAITS:
                return result
            self.steps.sleep(WAIT_SECONDS[min(number, len(WAIT_SECONDS) - 1)], self.is_halted)
            result = self.steps.step(f"{name}:again:{number}", act)
        said = f"It waited for NetSuite {MOST_WAITS} times."
        raise RunStoppedError(Problem(code="SB-INT-001", facts={"said": said}))


class AtOnce:
    """Steps of a run within another one: should the process stop, the engine takes that run up by itself."""

    def step(self, _name: str, act: Callable[[], Result]) -> Result:
        """Take it."""
        return act()


def begin_waiting(store: CompanyStore, run: Run, error: SuiteBridgeError, *, now: datetime) -> bool:
    """Let a run wait, or go on waiting, where patience can help; say whether it does. After the longest wait it does not."""
    problem = error.problem
    can_help = problem.row.error_class in _AWAY and problem.row.retry is Retry.AUTOMATIC
    if not isinstance(error, RetryLaterError) or not can_help:
        return False
    current = store.runs.get(run.id) or run
    if current.waiting_since is not None and now - current.waiting_since >= LONGEST_WAIT:
        return False
    store.runs.enter(
        run.id,
        RunState.WAITING,
        at=now,
        problem_code=problem.code,
        problem_facts=problem.facts,
        fence=run.fence,
    )
    return True


def begin_resting(store: CompanyStore, run: Run, error: SuiteBridgeError, *, now: datetime) -> bool:
    """Let a run rest whose sign-in is refused after it has begun to work, and say whether it does. A single record's run ends: its record waits in the inbox's report."""
    problem = error.problem
    if problem.code not in REFUSED_SIGN_INS or run.is_errand or not any(map(_has_begun, store.runs.progress(run.id))):
        return False
    # The reason first: a run that is paused without one would be nobody's to go on with.
    store.runs.enter(
        run.id, RunState.RUNNING, at=now, problem_code=problem.code, problem_facts=problem.facts, fence=run.fence
    )
    store.runs.ask_halt(run.id, Halt.PAUSE, by=ITSELF)
    return True


def come_to_rest(store: CompanyStore, run: Run, current: Run, *, now: datetime) -> str:
    """Let a run rest, with what it rests for, until somebody resumes or cancels it; give its state."""
    store.runs.enter(
        run.id,
        RunState.PAUSED,
        at=now,
        problem_code=current.problem_code,
        problem_facts=current.problem_facts,
        fence=run.fence,
    )
    return RunState.PAUSED.value


def _has_begun(progress: Progress) -> bool:
    return progress.is_frozen or bool(progress.after_id) or progress.tally.considered > 0


def end_waiting(store: CompanyStore, run: Run, current: Run | None, *, now: datetime) -> None:
    """Let a run go on that waited; `current` is how it stood before the step."""
    if current is not None and current.state is RunState.WAITING:
        store.runs.enter(run.id, RunState.RUNNING, at=now, fence=run.fence)
