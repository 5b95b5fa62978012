"""Asks what changes nothing: several questions at once, and again where an answer was lost or cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from suitebridge.adapters.netsuite.conversing import Line, carry, is_held_back
from suitebridge.adapters.netsuite.faults import Refusal, Turn, open_soap, refusal_of_status, rest_refusal
from suitebridge.adapters.netsuite.telling import Purpose, error_of, problem_of_refusal, problem_of_unsent
from suitebridge.adapters.transport import Answer, NotSent, RequestMaker, Uncertain
from suitebridge.domain.errors import Problem, RetryLaterError, SuiteBridgeError
from suitebridge.wire.http import Response
from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.soap.results import FailedStatusError
from suitebridge.wire.xml import Element, UnreadableXmlError

_TRIES = 3
_AGAIN = frozenset({Turn.BROKEN, Turn.UNREADABLE, Turn.UNKNOWN})
_T = TypeVar("_T")


def ask_for(line: Line, makers: Sequence[RequestMaker], read: Callable[[bytes], _T], purpose: Purpose) -> list[_T]:
    """Give what each REST request is answered, as `read` reads its body; up to three tries in all, then raise for what stays unanswered."""
    return _ask(line, makers, lambda answer: _open_rest(answer, read), purpose)


def ask_dated(
    line: Line, maker: RequestMaker, read: Callable[[bytes], _T], purpose: Purpose
) -> tuple[_T, datetime | None]:
    """Give what one REST request is answered, with the answer's own Date."""

    def open_answer(answer: Response) -> tuple[_T, datetime | None] | Refusal:
        opened = _open_rest(answer, read)
        return opened if isinstance(opened, Refusal) else (opened, answer.date)

    (found,) = _ask(line, [maker], open_answer, purpose)
    return found


def ask_soap(line: Line, makers: Sequence[RequestMaker], read: Callable[[Element], _T], purpose: Purpose) -> list[_T]:
    """Give what each SOAP request is answered, as `read` reads the operation's element; as `ask_for` otherwise."""

    def open_answer(answer: Response) -> _T | Refusal:
        element = open_soap(answer)
        if isinstance(element, Refusal):
            return element
        try:
            return read(element)
        except UnreadableXmlError as error:
            return Refusal(turn=Turn.UNREADABLE, said=str(error))
        except FailedStatusError as error:
            return refusal_of_status(error.status)

    return _ask(line, makers, open_answer, purpose)


def purpose_of(line: Line, what: str) -> Purpose:
    """Say what a query was for."""
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{what} through SuiteQL",
        permission=f"View for {what}, REST Web Services and SuiteAnalytics Workbook",
    )


def unreadable_answer(line: Line, said: str) -> SuiteBridgeError:
    """Make the error of an answer that nobody can use."""
    return error_of(Problem(code="NS-OUT-002", facts={"said": f"{line.host} answered what cannot be used: {said}."}))


def _open_rest(answer: Response, read: Callable[[bytes], _T]) -> _T | Refusal:
    refusal = rest_refusal(answer)
    if refusal is not None:
        return refusal
    try:
        return read(answer.body)
    except UnreadableJsonError as error:
        return Refusal(turn=Turn.UNREADABLE, said=f"{error} ({answer.media_type or 'no content type'})")


def _ask(
    line: Line, makers: Sequence[RequestMaker], open_answer: Callable[[Response], _T | Refusal], purpose: Purpose
) -> list[_T]:
    found: dict[int, _T] = {}
    lost: Problem | None = None
    for _ in range(_TRIES):
        waiting = [index for index in range(len(makers)) if index not in found]
        if not waiting:
            break
        carried = carry(line, [makers[index] for index in waiting])
        # What held others back comes first: it is the reason that the reader should see.
        for index, answer in sorted(zip(waiting, carried.answers, strict=True), key=lambda one: is_held_back(one[1])):
            opened = _opened(answer, carried.stopped, open_answer, purpose)
            if isinstance(answer, Uncertain) and line.is_hurried():
                raise RetryLaterError(Problem(code="SB-HALT-001"))
            if isinstance(opened, Problem):
                lost = opened
            else:
                found[index] = opened
    if lost is not None and len(found) < len(makers):
        raise error_of(lost)
    return [found[index] for index in range(len(makers))]


def _opened(
    answer: Answer,
    stopped: SuiteBridgeError | None,
    open_answer: Callable[[Response], _T | Refusal],
    purpose: Purpose,
) -> _T | Problem:
    """Give what an answer says, or the problem of a lost one; raise where asking again does not help."""
    if stopped is not None:
        raise stopped
    match answer:
        case NotSent():
            raise error_of(problem_of_unsent(answer, purpose))
        case Uncertain(reason=reason):
            said = f"No complete answer came from {purpose.host}: {reason}."
            return Problem(code="NS-OUT-002", facts={"said": said})
        case _:
            opened = open_answer(answer)
            if not isinstance(opened, Refusal):
                return opened
            problem = problem_of_refusal(opened, purpose)
            if opened.turn not in _AGAIN:
                raise error_of(problem)
            return problem
