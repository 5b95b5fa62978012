"""How many requests one account bears at a time, and when to try again: one governor per account and process.

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
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.adapters.transport.answers import Answer
from suitebridge.ports.traffic import Traffic
from suitebridge.wire.http import Response

_SYSTEM = random.SystemRandom()
_LATELY = 20
"""How many of the last answers say how often NetSuite refuses."""

_LONGEST_SLEEP_SECONDS = 1.0
"""So long at most until a governor that was closed notices it: disconnecting has five seconds (quality.md S23)."""


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


class Governor:
    """Admits requests within a moving limit and retries those that were refused for load."""

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
        self._limit = self.pace.ceiling
        self._under_way = 0
        self._settled = 0
        self._lately: deque[bool] = deque(maxlen=_LATELY)
        self._halved_at_start = 0
        self._counts = dict.fromkeys(Verdict, 0)
        self._started = 0
        self._is_closed = False
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return self._limit

    def traffic(self, *, company: str, account: str) -> Traffic:
        """Say how it stands; any thread may ask, and sees each figure as it is at some moment of the question."""
        return Traffic(
            company=company,
            account=account,
            limit=self._limit,
            ceiling=self.pace.ceiling,
            under_way=self._under_way,
            waiting=len(self._waiting),
            settled=self._counts[Verdict.SETTLED] + self._counts[Verdict.HALT],
            throttled=self._counts[Verdict.THROTTLED],
            unreached=self._counts[Verdict.UNREACHED],
        )

    def close(self) -> None:
        """Wait for no better moment any more: what waits asks its maker at once, who says no; any thread may say so."""
        self._is_closed = True

    async def carry(self, send: Callable[[], Awaitable[Answer]], judge: Judge) -> Answer:
        """Send within the limit, again while the answer asks for it and the budget lasts; give the last answer."""
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
            await self._pause(delay)
            # What was turned away asks its maker once more: the maker's reason is the one to tell.
            is_last = self._is_closed

    async def _pause(self, seconds: float) -> None:
        while seconds > 0 and not self._is_closed:
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
        self._counts[verdict] += 1
        if verdict is Verdict.THROTTLED or verdict is Verdict.SETTLED:
            self._lately.append(verdict is Verdict.THROTTLED)
        if verdict is Verdict.THROTTLED:
            refused = sum(self._lately)
            if refused <= max(self.pace.borne_refusals, self.pace.borne_share * len(self._lately)):
                return
            self._settled = 0
            # One burst halves once: requests admitted before the last halving say nothing new.
            if number > self._halved_at_start:
                self._halved_at_start = self._started
                self._limit = max(1, self._limit // 2)
        elif verdict is Verdict.SETTLED:
            self._settled += 1
            if self._settled >= self.pace.settled_to_climb and self._limit < self.pace.ceiling:
                self._settled = 0
                self._limit += 1
                self._wake()

    async def _admit(self) -> int:
        while self._under_way >= self._limit:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            try:
                await waiter
            except asyncio.CancelledError:
                # The turn that this one was given, or was about to be given, goes to the next.
                if waiter in self._waiting:
                    self._waiting.remove(waiter)
                self._wake()
                raise
        self._under_way += 1
        self._started += 1
        return self._started

    def _release(self) -> None:
        self._under_way -= 1
        self._wake()

    def _wake(self) -> None:
        for waiter in self._waiting[: max(0, self._limit - self._under_way)]:
            self._waiting.remove(waiter)
            if not waiter.done():
                waiter.set_result(None)
