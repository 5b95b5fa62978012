"""Asks what changes nothing: several questions at once, and again where an answer was lost or cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from suitebridge.adapters.netsuite.conversing import Carried, Line, carry, is_held_back
from suitebridge.adapters.netsuite.faults import Refusal, Turn, rest_refusal
from suitebridge.adapters.netsuite.telling import Purpose, error_of, problem_of_refusal, problem_of_unsent
from suitebridge.adapters.transport import Answer, NotSent, RequestMaker, Uncertain
from suitebridge.domain.errors import Problem
from suitebridge.wire.rest.json import UnreadableJsonError

_TRIES = 3
_AGAIN = frozenset({Turn.BROKEN, Turn.UNREADABLE})
_T = TypeVar("_T")


def ask_for(line: Line, makers: Sequence[RequestMaker], read: Callable[[bytes], _T], purpose: Purpose) -> list[_T]:
    """Give what each request is answered, as `read` reads it; up to three tries in all, then raise for what stays unanswered."""
    found: dict[int, _T] = {}
    lost: Problem | None = None
    for _ in range(_TRIES):
        waiting = [index for index in range(len(makers)) if index not in found]
        if not waiting:
            break
        carried = carry(line, [makers[index] for index in waiting])
        # What held others back comes first: it is the reason that the reader should see.
        for index, answer in sorted(zip(waiting, carried.answers, strict=True), key=lambda one: is_held_back(one[1])):
            body = _body(answer, carried, purpose)
            if isinstance(body, Problem):
                lost = body
                continue
            try:
                found[index] = read(body)
            except UnreadableJsonError as error:
                refusal = Refusal(turn=Turn.UNREADABLE, said=f"{error} ({_media_type(answer)})")
                lost = problem_of_refusal(refusal, purpose)
    if lost is not None and len(found) < len(makers):
        raise error_of(lost)
    return [found[index] for index in range(len(makers))]


def _body(answer: Answer, carried: Carried, purpose: Purpose) -> bytes | Problem:
    """Give an answer's body, or the problem of a lost one; raise where asking again does not help."""
    if carried.stopped is not None:
        raise carried.stopped
    match answer:
        case NotSent():
            raise error_of(problem_of_unsent(answer, purpose))
        case Uncertain(reason=reason):
            said = f"No complete answer came from {purpose.host}: {reason}."
            return Problem(code="NS-OUT-002", facts={"said": said})
        case _:
            refusal = rest_refusal(answer)
            if refusal is None:
                return answer.body
            problem = problem_of_refusal(refusal, purpose)
            if refusal.turn not in _AGAIN:
                raise error_of(problem)
            return problem


def _media_type(answer: Answer) -> str:
    return "" if isinstance(answer, NotSent | Uncertain) else answer.media_type or "no content type"
