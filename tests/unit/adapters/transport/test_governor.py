"""The governor: halves on refusals for load, climbs slowly, retries within a budget, on a clock of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import pytest

from suitebridge.adapters.transport import Answer, Governor, NotSent, NotSentCause, Pace, Verdict
from suitebridge.ports.traffic import Traffic
from suitebridge.wire.http import Response

OK, BUSY = Response(status=200), Response(status=429)
WAIT = Response(status=429, headers={"retry-after": "30"})
UNREACHED = NotSent(cause=NotSentCause.UNREACHABLE, reason="refused")


def judge(answer: Answer) -> Verdict:
    if isinstance(answer, NotSent):
        return Verdict.UNREACHED
    return Verdict.THROTTLED if answer in (BUSY, WAIT) else Verdict.SETTLED


@dataclass(slots=True)
class World:
    """A clock that only sleeping moves, and a door that counts who is inside."""

    seconds: float = 0.0
    sent_at: list[float] = field(default_factory=list)
    inside: int = 0
    most_inside: int = 0
    sent: int = 0

    def governor(self, pace: Pace) -> Governor:
        return Governor(pace, clock=lambda: self.seconds, sleep=self.sleep, jitter=lambda: 0.5)

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)

    def waits(self) -> list[float]:
        """Give the seconds between the requests."""
        return [after - before for before, after in itertools.pairwise(self.sent_at)]

    def door(self, answers: Callable[[int], Answer]) -> Callable[[], Awaitable[Answer]]:
        async def send() -> Answer:
            self.sent += 1
            self.sent_at.append(self.seconds)
            number = self.sent
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            await asyncio.sleep(0)
            self.inside -= 1
            return answers(number)

        return send


def carry(governor: Governor, send: Callable[[], Awaitable[Answer]], times: int) -> Sequence[Answer]:
    async def all_at_once() -> Sequence[Answer]:
        return await asyncio.gather(*(governor.carry(send, judge) for _ in range(times)))

    return asyncio.run(all_at_once())


def test_no_more_than_the_limit_at_once() -> None:
    world = World()
    answers = carry(world.governor(Pace(ceiling=4)), world.door(lambda _: OK), 40)
    assert answers == [OK] * 40
    assert world.most_inside == 4


@pytest.mark.fault("F14")
def test_a_burst_of_refusals_halves_once_and_every_request_succeeds() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=8, settled_to_climb=1000))
    answers = carry(governor, world.door(lambda number: BUSY if number <= 8 else OK), 30)
    assert answers == [OK] * 30
    assert governor.limit == 4
    assert world.sent == 38


@pytest.mark.fault("F18")
def test_refusals_that_go_on_halve_down_to_one() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=8, settled_to_climb=1000))
    assert carry(governor, world.door(lambda number: BUSY if number <= 6 else OK), 1) == [OK]
    assert governor.limit == 1


def test_single_refusals_cost_nobody_else_anything() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=4))
    assert carry(governor, world.door(lambda number: BUSY if number % 10 == 0 else OK), 200) == [OK] * 200
    assert governor.limit == 4
    carry(governor, world.door(lambda number: BUSY if number % 2 else OK), 40)
    assert governor.limit < 4


def test_the_limit_climbs_by_one_after_a_run_of_answers_and_never_above_the_ceiling() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=4, settled_to_climb=10))
    carry(governor, world.door(lambda number: BUSY if number <= 3 else OK), 14)
    assert governor.limit == 3
    carry(governor, world.door(lambda _: OK), 100)
    assert governor.limit == 4


def test_the_delay_grows_up_to_its_bound_and_ends_with_the_budget() -> None:
    world = World()
    pace = Pace(first_delay_seconds=1, longest_delay_seconds=8, throttle_budget_seconds=40)
    assert carry(world.governor(pace), world.door(lambda _: BUSY), 1) == [BUSY]
    assert world.waits() == [1, 2, 4, 8, 8, 8, 8]
    assert world.seconds <= 40


@pytest.mark.fault("F14")
def test_retry_after_is_obeyed_within_the_budget() -> None:
    world = World()
    governor = world.governor(Pace(first_delay_seconds=1, throttle_budget_seconds=60))
    assert carry(governor, world.door(lambda number: WAIT if number == 1 else OK), 1) == [OK]
    assert world.waits() == [31]
    assert carry(governor, world.door(lambda _: WAIT), 1) == [WAIT]


def test_what_never_left_is_tried_again_for_a_short_while() -> None:
    world = World()
    governor = world.governor(Pace(first_delay_seconds=1, unreached_budget_seconds=5))
    assert carry(governor, world.door(lambda number: OK if number == 3 else UNREACHED), 1) == [OK]
    assert carry(governor, world.door(lambda _: UNREACHED), 1) == [UNREACHED]
    assert governor.limit == governor.pace.ceiling


def test_a_request_that_breaks_gives_its_slot_back() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=1))

    async def broken() -> Answer:
        raise RuntimeError("broken")

    async def both() -> Sequence[Answer | BaseException]:
        return await asyncio.gather(
            governor.carry(broken, judge), governor.carry(world.door(lambda _: OK), judge), return_exceptions=True
        )

    failed, answered = asyncio.run(both())
    assert isinstance(failed, RuntimeError)
    assert answered is OK


def test_a_cancelled_wait_does_not_lose_the_slot_it_was_given() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=1))
    gate = asyncio.Event()

    async def held() -> Answer:
        await gate.wait()
        return OK

    async def story() -> Answer:
        first = asyncio.create_task(governor.carry(held, judge))
        await asyncio.sleep(0)
        second = asyncio.create_task(governor.carry(held, judge))
        await asyncio.sleep(0)
        third = asyncio.create_task(governor.carry(world.door(lambda _: OK), judge))
        await asyncio.sleep(0)
        gate.set()
        while not first.done():
            await asyncio.sleep(0)
        second.cancel()
        return await asyncio.wait_for(third, timeout=5)

    assert asyncio.run(story()) is OK


def test_a_governor_that_is_closed_waits_for_nothing_and_asks_once_more() -> None:
    world = World()
    governor = world.governor(Pace(first_delay_seconds=60, longest_delay_seconds=60))

    def answers(number: int) -> Answer:
        if number == 2:
            governor.close()
        return BUSY

    assert carry(governor, world.door(answers), 2) == [BUSY] * 2
    assert world.sent == 4
    assert world.seconds <= 2


def test_who_hurries_waits_for_no_better_moment_and_asks_once_more() -> None:
    world, hurried = World(), list[bool]()
    governor = world.governor(Pace(first_delay_seconds=60, longest_delay_seconds=60))

    def answers(_: int) -> Answer:
        hurried.append(True)
        return BUSY

    async def story() -> Answer:
        return await governor.carry(world.door(answers), judge, lambda: bool(hurried))

    assert asyncio.run(story()) is BUSY
    assert (world.sent, world.seconds) == (2, 0)


def test_its_state_is_told_at_any_time() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=8, settled_to_climb=1000))
    told: list[Traffic] = []

    def answers(number: int) -> Answer:
        told.append(governor.traffic(company="meridian", account="TSTDRV1"))
        return BUSY if number <= 8 else OK

    carry(governor, world.door(answers), 30)
    first, last = told[0], governor.traffic(company="meridian", account="TSTDRV1")
    assert (first.limit, first.under_way, first.waiting, first.settled) == (8, 8, 22, 0)
    assert not first.is_lowered
    assert (last.limit, last.ceiling, last.under_way, last.waiting) == (4, 8, 0, 0)
    assert (last.settled, last.throttled, last.unreached) == (30, 8, 0)
    assert last.is_lowered


@pytest.mark.fault("F14")
def test_governors_of_one_account_share_its_limit_and_count_their_own() -> None:
    world = World()
    one = world.governor(Pace(ceiling=4, settled_to_climb=1000))
    other = one.beside()

    async def both() -> None:
        sends = [governor.carry(world.door(lambda _: OK), judge) for governor in (one, other) for _ in range(20)]
        await asyncio.gather(*sends)

    asyncio.run(both())
    assert world.most_inside == 4
    assert [governor.traffic(company="", account="").settled for governor in (one, other)] == [20, 20]
    carry(one, world.door(lambda number: BUSY if number <= 45 else OK), 4)
    assert (one.limit, other.limit) == (2, 2)
    one.close()
    assert carry(other, world.door(lambda number: BUSY if number <= 50 else OK), 1) == [OK]


def test_a_limit_is_learned_and_leaves_one_slot_to_people() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=4, settled_to_climb=1))
    for slots, ceiling in ((20, 19), (5, 4), (2, 1), (1, 1), (0, 1), (1000, 32)):
        governor.learn(slots)
        assert governor.ceiling == ceiling
    governor.learn(3)
    assert governor.limit == 2
    carry(governor, world.door(lambda _: OK), 40)
    assert world.most_inside == 2
    governor.learn(11)
    carry(governor, world.door(lambda _: OK), 40)
    assert governor.limit == 10  # it climbs slowly, and gets there


@pytest.mark.fault("F16")
def test_a_limit_in_disguise_halves_it_too() -> None:
    world = World()
    governor = world.governor(Pace(ceiling=4, settled_to_climb=1000))
    governor.slow_down()
    carry(governor, world.door(lambda _: OK), 8)
    assert (governor.limit, world.most_inside) == (2, 2)
