"""Histories: a seed gives a plan of actions, a plan is carried out the same each time, and a plan that fails is made as short as it can be."""

from __future__ import annotations

import contextlib
import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from suitebridge.domain.errors import RunStoppedError
from tests.fakes.deaths import ProcessDiedError
from tests.simulation.actions import ACTIONS
from tests.simulation.invariants import Watch, secrets_told, unsettled
from tests.simulation.world import World, small_batches

LENGTH = 200
"""Actions of a history (quality.md R01)."""

RUNS_TO_SETTLE = 3
"""So many runs after the last fault lead where a history without faults would be (I11)."""

MOST_ATTEMPTS = 400
"""Histories that shortening may try."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action by name, and the seed of everything it draws."""

    name: str
    seed: int

    def __str__(self) -> str:
        return f"{self.name} ({self.seed})"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a history ended: what was broken, after which of its steps, and what it went through."""

    broken: tuple[str, ...]
    at: int
    deaths: int
    requests: int
    faults: int


def plan(seed: int, length: int = LENGTH) -> tuple[Step, ...]:
    """Draw a history."""
    chance = random.Random(seed)
    names, weights = list(ACTIONS), [action.weight for action in ACTIONS.values()]
    return tuple(Step(name, chance.randrange(10**6)) for name in chance.choices(names, weights, k=length))


def live(seed: int, steps: Sequence[Step]) -> Ending:
    """Carry a history out and look at every invariant after every step, and at the end.

    In every second one runs wait for NetSuite; in the others they end, and what they leave is taken up by the next run.
    """
    with small_batches():
        world = World(seed)
        world.is_patient = seed % 2 == 0
        try:
            return _live(world, steps)
        finally:
            world.close()


def _live(world: World, steps: Sequence[Step]) -> Ending:
    watch = Watch(world)
    at = 0
    broken: list[str] = []
    while at < len(steps) and not broken:
        broken = _take(world, watch, steps[at])
        at += 1
    if not broken:
        at += 1
        broken = [*settle(world, watch)]
    faults = sum(ACTIONS[step.name].is_fault for step in steps[:at])
    return Ending(tuple(broken), at, world.deaths, world.ledger.requests, faults)


def _take(world: World, watch: Watch, step: Step) -> list[str]:
    # The house may refuse what somebody asks for.
    with contextlib.suppress(RunStoppedError):
        try:
            ACTIONS[step.name].act(world, random.Random(step.seed))
        except ProcessDiedError:
            world.restart()
    if step.name == "restore":
        watch.forget()
    return watch.broken()


def settle(world: World, watch: Watch) -> Iterator[str]:
    """End every fault, repair what people have to, and let three runs go."""
    world.make_peace()
    for number in range(RUNS_TO_SETTLE):
        world.loop.let_pass(3_600)
        world.run_to_rest(is_full=number == 1)
        yield from watch.broken()
    yield from unsettled(world)
    written = world.revisions()
    world.loop.let_pass(3_600)
    world.run_to_rest()
    if world.revisions() != written:
        yield "F44: a run wrote although nothing had changed"
    yield from secrets_told(world)


def lived(seed: int) -> tuple[int, Ending]:
    """Live through the history of a seed; what the two sides log about faults is of no interest here."""
    logging.disable()
    try:
        return seed, live(seed, plan(seed))
    except Exception as error:
        return seed, Ending((f"the history itself failed: {type(error).__name__}: {error}",), 0, 0, 0, 0)
    finally:
        logging.disable(logging.NOTSET)


def shortest(seed: int, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Take steps out of a failing history as long as it goes on failing."""
    ending = live(seed, steps)
    kept = list(steps[: ending.at])
    size, attempts = max(1, len(kept) // 2), 0
    while attempts < MOST_ATTEMPTS:
        place = 0
        has_shrunk = False
        while place < len(kept) and attempts < MOST_ATTEMPTS:
            shorter = kept[:place] + kept[place + size :]
            attempts += 1
            if live(seed, shorter).broken:
                kept, has_shrunk = shorter, True
            else:
                place += size
        if size == 1 and not has_shrunk:
            break
        size = max(1, size // 2)
    return tuple(kept)


def story(seed: int) -> str:
    """Tell the shortest history of a seed that fails, and how to see it again; "" where none does."""
    steps = plan(seed)
    ending = live(seed, steps)
    if not ending.broken:
        return ""
    short = shortest(seed, steps)
    last = live(seed, short)
    lines = [
        f"Seed {seed} failed at step {ending.at}: {ending.broken[0]}",
        f"Its shortest story has {len(short)} steps:",
    ]
    lines += [f"  {number}. {step}" for number, step in enumerate(short, start=1)]
    lines += [f"and ends with: {said}" for said in last.broken]
    lines.append(f"See it again: .venv/bin/python -m tests.simulation --seed {seed}")
    return "\n".join(lines)
