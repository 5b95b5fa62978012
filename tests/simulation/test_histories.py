"""Histories of edits, runs, faults and deaths: nothing is lost, nothing is doubled, and every invariant holds after every action."""

from __future__ import annotations

import pytest

from tests.simulation import histories
from tests.simulation.actions import ACTIONS, Action
from tests.simulation.histories import Step, live, lived, plan, shortest, story
from tests.simulation.world import World

HISTORIES = 300
AT_ONCE = 10


@pytest.mark.fault("F13", "F44", "F54", "F61", "F66")
@pytest.mark.parametrize("first", range(1, HISTORIES + 1, AT_ONCE))
def test_no_history_breaks_an_invariant(first: int) -> None:
    failed = [seed for seed, ending in map(lived, range(first, first + AT_ONCE)) if ending.broken]
    assert not failed, story(failed[0])


def test_a_history_is_the_same_each_time() -> None:
    assert lived(4) == lived(4)


def test_a_history_is_long_and_full_of_faults() -> None:
    for seed in range(1, HISTORIES + 1):
        steps = plan(seed)
        assert len(steps) >= 200
        assert sum(ACTIONS[step.name].is_fault for step in steps) >= 5


def test_a_history_that_fails_is_told_by_its_shortest_story(monkeypatch: pytest.MonkeyPatch) -> None:
    def write_twice(world: World, _: object) -> None:
        for _ in range(2):
            world.account.add("timeBill", memo="the same entry")

    broken = {**ACTIONS, "run in full": Action(act=write_twice, weight=1)}
    monkeypatch.setattr(histories, "ACTIONS", broken)
    steps = (*plan(5, 12), Step("run in full", 1), *plan(6, 5))

    assert shortest(5, steps) == (Step("run in full", 1),)
    assert live(5, [Step("run in full", 1)]).broken == ("I2: 2 records timeBill for “the same entry”",)
