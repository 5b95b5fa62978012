"""Pauses, resumes and cancels runs: it writes down what is wanted, and the run obeys between two batches.

It refuses to know who carries the run out: a worker in this process, in another one, or none at the moment.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from suitebridge.administration.permitting import require
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Permission, Stamp, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import ENDED_STATES, Halt, Run, Told


class Steering(enum.Enum):
    """What somebody may do to a run that has not ended."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


_EVENTS: Mapping[Steering, EventName] = {
    Steering.PAUSE: EventName.RUN_PAUSED,
    Steering.RESUME: EventName.RUN_RESUMED,
    Steering.CANCEL: EventName.RUN_CANCELLED,
}


def steerings(run: Run) -> tuple[Steering, ...]:
    """List what may be done to a run as it stands."""
    if run.state in ENDED_STATES or run.halt is Halt.CANCEL:
        return ()
    return (Steering.RESUME if run.halt is Halt.PAUSE else Steering.PAUSE, Steering.CANCEL)


def steer(store: CompanyStore, run: Run, steering: Steering, *, user: User, door: Door) -> Run:
    """Pause, resume or cancel a run; give it as it stands then. What was asked for already is not asked for again.

    Raise `RunStoppedError` SB-AUTH-001 for a user who may not steer runs, SB-RUN-005 for a run that has ended or is being
    cancelled.
    """
    require(user, Permission.STEER_RUNS, f"{steering.value} a run")
    event = Event(name=_EVENTS[steering], subject_type="run", subject_id=run.id, subject=f"run {run.number}")
    stamp = Stamp(author_id=user.id, author_name=user.name, door=door, run_id=run.id)
    told = (Told(event=event, stamp=stamp),)
    match steering:
        case Steering.PAUSE:
            has_changed = store.runs.ask_halt(run.id, Halt.PAUSE, by=user.name, told=told)
        case Steering.CANCEL:
            has_changed = store.runs.ask_halt(run.id, Halt.CANCEL, by=user.name, told=told)
        case Steering.RESUME:
            has_changed = store.runs.resume(run.id, by=user.name, told=told)
    current = store.runs.get(run.id) or run
    if not has_changed and (said := _objection(current, steering)) is not None:
        facts = {"run": f"run {run.number}", "steering": steering.value, "said": said}
        raise RunStoppedError(Problem(code="SB-RUN-005", facts=facts))
    return current


def _objection(run: Run, steering: Steering) -> str | None:
    if run.state in ENDED_STATES:
        return f"It has ended: {run.state.value}."
    if run.halt is Halt.CANCEL and steering is not Steering.CANCEL:
        return f"{run.halted_by} has cancelled it already."
    return None
