"""What becomes of records whose request ended without a word about each of them, whichever door it went through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite.conversing import Carried
from suitebridge.adapters.netsuite.faults import STOPPING, UNSETTLED, Refusal, Turn
from suitebridge.adapters.netsuite.telling import Purpose, error_of, is_stopping, problem_of_refusal, problem_of_unsent
from suitebridge.domain.errors import Problem
from suitebridge.ports.netsuite import NotSent, Rejected, Uncertain, WriteAnswer

Ended: TypeAlias = Refusal | transport.NotSent | transport.Uncertain
"""How a request ended that brought no answer for its records."""


def raise_if_nothing_left(answers: Sequence[WriteAnswer]) -> None:
    """Raise where no record left and none ever would: what was done or is doubtful is never lost in an exception."""
    problems = [answer.problem for answer in answers if isinstance(answer, NotSent) and is_stopping(answer.problem)]
    if problems and len(problems) == len(answers):
        raise error_of(problems[0])


def problem_of_halt(ended: Sequence[object], carried: Carried, purpose: Purpose) -> Problem | None:
    """Find why requests were held back: the answer that the next request would have shared."""
    if carried.stopped is not None:
        return carried.stopped.problem
    for answer in ended:
        if isinstance(answer, Refusal) and answer.turn in (STOPPING | {Turn.THROTTLED}) and not answer.is_of_record:
            return problem_of_refusal(answer, purpose)
        if isinstance(answer, transport.NotSent) and answer.cause is not transport.NotSentCause.HELD_BACK:
            return problem_of_unsent(answer, purpose)
    return None


def settle_unanswered(
    keys: Sequence[str], ended: Ended, held_back: Problem | None, purpose: Purpose
) -> dict[str, WriteAnswer]:
    """Give every record of a request the same answer, because NetSuite said nothing about single ones."""
    match ended:
        case transport.Uncertain(reason=reason):
            said = f"The request left, and no complete answer came back: {reason}."
            return {key: Uncertain(external_id=key, said=said) for key in keys}
        case transport.NotSent(cause=cause):
            is_held = cause is transport.NotSentCause.HELD_BACK and held_back is not None
            problem = held_back if is_held and held_back is not None else problem_of_unsent(ended, purpose)
            return {key: NotSent(external_id=key, problem=problem) for key in keys}
        case Refusal(turn=turn, said=said):
            if turn in UNSETTLED:
                return {key: Uncertain(external_id=key, said=f"NetSuite answered: {said}") for key in keys}
            if turn is Turn.MALFORMED:
                problem = Problem(code="NS-DATA-001", facts={"said": said})
                return {key: Rejected(external_id=key, problem=problem) for key in keys}
            is_login = turn is Turn.LOGIN and held_back is not None
            problem = held_back if is_login and held_back is not None else problem_of_refusal(ended, purpose)
            return {key: NotSent(external_id=key, problem=problem) for key in keys}
