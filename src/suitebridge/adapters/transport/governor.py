"""How many requests one account bears at a time, and when to try again: one limit per account and process, shared by all who speak to it.

It lowers the limit by half when NetSuite refuses more than now and then for load, and climbs by one after a run of answers (netsuite-api.md §6).
Single refusals cost their request a short wait, and nobody else anything.
It knows no protocol: a judge says what an answer means. It lives on the transport's loop thread; nothing here is locked.
"""

from __future__ import annotations

import asyncio
import enum
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from suitebridge.adapters.transport.answers import Answer
from suitebridge.ports.traffic import Traffic
from suitebridge.wire.http import Response

_SYSTEM = random.SystemRandom()
_LATELY = 20
"""How many of the last answers say how often NetSuite refuses."""

MOST_AT_ONCE = 32
"""So many requests at most, however large an account is; the transport opens twice as many connections."""

_LONGEST_SLEEP_SECONDS = 1.0
"""So long at most until a governor that was closed, or a request that is to hurry, notices it: disconnecting and halting have five seconds (quality.md S23, U37)."""


class Verdict(enum.Enum):
    """What an answer means for the pace."""

    SETTLED = "settled"
    THROTTLED = "throttled"  # refused for load, nothing carried out: slow down, try again
    UNREACHED = "unreached"  # never left: try again soon
    HALT = "halt"  # send nothing more of this exchange


Judge: TypeAlias = Callable[[Answer], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Limits of a governor. The ceiling leaves one of the smallest account's five slots to people and checks (§6.1).

    Refusals up to a number, or up to a share of the last answers, are borne without lowering the limit: others use the account too.
    """

    ceiling: int = 4
    settled_to_climb: int = 25
    borne_share: float = 0.2
    borne_refusals: int = 2
    first_delay_seconds: float = 0.1
    longest_delay_seconds: float = 20.0
    throttle_budget_seconds: float = 180.0
    unreached_budget_seconds: float = 10.0


@dataclass(slots=True)
class _Shared:
    """What all governors of an account have in common."""

    ceiling: int
    limit: int
    under_way: int = 0
    started: int = 0
    settled: int = 0
    halved_at_start: int = 0
    is_overloaded: bool = False
    lately: deque[bool] = field(default_factory=lambda: deque(maxlen=_LATELY))
    waiting: list[asyncio.Future[None]] = field(default_factory=list)


class Governor:
    """Admits requests within a moving limit and retries those that were refused for load.

    Others `beside` it share the limit; each is closed by itself and counts its own requests.
    """

    def __init__(
        self,
        pace: Pace | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = _SYSTEM.random,
    ) -> None:
        self.pace = pace or Pace()
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._shared = _Shared(ceiling=self.pace.ceiling, limit=self.pace.ceiling)
        self._counts = dict.fromkeys(Verdict, 0)
        self._is_closed = False

    def beside(self) -> Governor:
        """Give another governor of the same account: what one learns, all obey."""
        other = Governor(self.pace, clock=self._clock, sleep=self._sleep, jitter=self._jitter)
        other._shared = self._shared
        return other

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return min(self._shared.limit, self._shared.ceiling)

    @property
    def ceiling(self) -> int:
        """The most that the limit climbs to."""
        return self._shared.ceiling

    def learn(self, slots: int) -> None:
        """Take over how many requests NetSuite says it bears at once: one of them is left to people and checks; any thread may say so."""
        self._shared.ceiling = max(1, min(slots - 1, MOST_AT_ONCE))

    def slow_down(self) -> None:
        """Halve the limit for a refusal for load that looked like something else; any thread may say so."""
        self._shared.is_overloaded = True

    def traffic(self, *, company: str, account: str) -> Traffic:
        """Say how it stands; any thread may ask, and sees each figure as it is at some moment of the question."""
        return Traffic(
            company=company,
            account=account,
            limit=self.limit,
            ceiling=self.ceiling,
            under_way=self._shared.under_way,
            waiting=len(self._shared.waiting),
            settled=self._counts[Verdict.SETTLED] + self._counts[Verdict.HALT],
            throttled=self._counts[Verdict.THROTTLED],
            unreached=self._counts[Verdict.UNREACHED],
        )

    def close(self) -> None:
        """Wait for no better moment any more: what waits asks its maker at once, who says no; any thread may say so."""
        self._is_closed = True

    async def carry(
        self, send: Callable[[], Awaitable[Answer]], judge: Judge, is_hurried: Callable[[], bool] = lambda: False
    ) -> Answer:
        """Send within the limit, again while the answer asks for it and the budget lasts, once where it hurries; give the last answer."""
        began, attempt, is_last = self._clock(), 0, False
        while True:
            number = await self._admit()
            try:
                answer = await send()
            finally:
                self._release()
            verdict = judge(answer)
            self._learn(verdict, number)
            budget = self._budget(verdict)
            delay = self._delay(attempt, answer)
            if is_last or self._clock() - began + delay > budget:
                return answer
            attempt += 1
            await self._pause(delay, is_hurried)
            # What was turned away asks its maker once more: the maker's reason is the one to tell.
            is_last = self._is_closed or is_hurried()

    async def _pause(self, seconds: float, is_hurried: Callable[[], bool]) -> None:
        while seconds > 0 and not self._is_closed and not is_hurried():
            part = min(seconds, _LONGEST_SLEEP_SECONDS)
            await self._sleep(part)
            seconds -= part

    def _budget(self, verdict: Verdict) -> float:
        match verdict:
            case Verdict.THROTTLED:
                return self.pace.throttle_budget_seconds
            case Verdict.UNREACHED:
                return self.pace.unreached_budget_seconds
            case Verdict.SETTLED | Verdict.HALT:
                return -1.0

    def _delay(self, attempt: int, answer: Answer) -> float:
        growing = min(self.pace.first_delay_seconds * 2.0**attempt, self.pace.longest_delay_seconds)
        asked = answer.retry_after_seconds if isinstance(answer, Response) else None
        return growing * (0.5 + self._jitter()) + (asked or 0)

    def _learn(self, verdict: Verdict, number: int) -> None:
        shared = self._shared
        self._counts[verdict] += 1
        if verdict is Verdict.THROTTLED or verdict is Verdict.SETTLED:
            shared.lately.append(verdict is Verdict.THROTTLED)
        if verdict is Verdict.THROTTLED:
            refused = sum(shared.lately)
            if refused > max(self.pace.borne_refusals, self.pace.borne_share * len(shared.lately)):
                self._halve(number)
        elif verdict is Verdict.SETTLED:
            shared.settled += 1
            if shared.settled >= self.pace.settled_to_climb and shared.limit < shared.ceiling:
                shared.settled = 0
                shared.limit += 1
                self._wake()

    def _halve(self, number: int) -> None:
        """One burst halves once: requests admitted before the last halving say nothing new."""
        shared = self._shared
        shared.settled = 0
        if number > shared.halved_at_start:
            shared.halved_at_start = shared.started
            shared.limit = max(1, self.limit // 2)

    async def _admit(self) -> int:
        shared = self._shared
        if shared.is_overloaded:
            shared.is_overloaded = False
            self._halve(shared.started + 1)
        while shared.under_way >= self.limit:
            waiter = asyncio.get_running_loop().create_future()
            shared.waiting.append(waiter)
            try:
                await waiter
            except asyncio.CancelledError:
                # The turn that this one was given, or was about to be given, goes to the next.
                if waiter in shared.waiting:
                    shared.waiting.remove(waiter)
                self._wake()
                raise
        shared.under_way += 1
        shared.started += 1
        return shared.started

    def _release(self) -> None:
        self._shared.under_way -= 1
        self._wake()

    def _wake(self) -> None:
        shared = self._shared
        for waiter in shared.waiting[: max(0, self.limit - shared.under_way)]:
            shared.waiting.remove(waiter)
            if not waiter.done():
                waiter.set_result(None)
