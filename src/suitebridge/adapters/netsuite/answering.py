"""Asks one thing at a time within the time that a check has, and says what an answer that is none means."""

from __future__ import annotations

import time
from dataclasses import dataclass

from suitebridge.adapters.netsuite.conversing import Line, refusal_of
from suitebridge.adapters.netsuite.faults import Refusal, is_page
from suitebridge.adapters.netsuite.telling import Purpose, problem_of_refusal, problem_of_unsent, stranger
from suitebridge.adapters.transport import Answer, NotSent, RequestMaker, Uncertain
from suitebridge.domain.errors import Problem
from suitebridge.ports.netsuite import RecordLink
from suitebridge.wire.http import Response

_LONGEST_SECONDS = 8.0
"""How long one request may take, so that a slow one leaves time for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a line of a check found: words, and a problem where it failed or warns."""

    said: str
    problem: Problem | None = None
    is_warning: bool = False
    links: tuple[RecordLink, ...] = ()


class TimeIsUpError(Exception):
    """The check has no time left; nothing was sent."""


class Prober:
    """Sends the requests of one check. `until` is the moment of the monotonic clock at which it has to end."""

    def __init__(self, line: Line, *, until: float) -> None:
        self.line = line
        self._until = until

    def left(self) -> float:
        """Give the seconds that one request may take. Raise `TimeIsUpError` where there are none left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeIsUpError
        return min(left, _LONGEST_SECONDS)

    def send(self, make: RequestMaker) -> Answer:
        """Send one signed request. Raise `TimeIsUpError` where no time is left for it."""
        (answer,) = self.line.exchange([make], seconds=self.left())
        return answer

    def send_unsigned(self, make: RequestMaker) -> Answer:
        """Send one request that needs no signature. Raise `TimeIsUpError` where no time is left for it."""
        (answer,) = self.line.transport.exchange([make], seconds=self.left())
        return answer

    def failed(self, answer: Answer | Refusal | None, what: str, permission: str) -> Found:
        """Tell an answer that is not the one wanted; `permission` is the one that usually is missing."""
        line = self.line
        purpose = Purpose(account=line.credentials.account.value, host=line.host, what=what, permission=permission)
        refusal = (refusal_of(answer) if isinstance(answer, Response) else answer) if answer is not None else None
        match refusal:
            case NotSent():
                problem = problem_of_unsent(refusal, purpose)
            case Uncertain(reason=reason):
                problem = Problem(
                    code="NS-NET-001", facts={"host": line.host, "said": f"No complete answer came: {reason}."}
                )
            case None if isinstance(answer, Response) and is_page(answer):
                problem = stranger(line.host, f"HTTP {answer.status} with {answer.media_type}")
            case Refusal():
                problem = problem_of_refusal(refusal, purpose)
            case None:
                return self.unreadable("an ordinary answer where none was expected")
        return Found(said=problem.cause, problem=problem)

    def unreadable(self, reason: str) -> Found:
        """Tell an answer that nobody can read."""
        said = f"{self.line.host} answered what cannot be used: {reason}."
        return Found(said=said, problem=Problem(code="NS-OUT-002", facts={"said": said}))
