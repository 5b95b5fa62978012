"""What the engine port promises, told against any engine; as a script, against the durable one in processes that die: engine_stories.py PLACE NOTES EXECUTOR.

DBOS is one object per process, so it lives through all stories in one; the death at the end of its first life is a real one.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Protocol

sys.path.insert(0, str(Path(__file__).parents[2]))

from suitebridge.adapters.engine.databases import postgresql_engine, sqlite_engine
from suitebridge.adapters.engine.durable import launch
from suitebridge.domain.errors import Problem, RetryLaterError
from suitebridge.ports.engine import Engine, WaitingSteps
from tests.fakes.deaths import ProcessDiedError
from tests.fakes.engine import MemoryEngine
from tests.fakes.kpoints import Fuse

Play = Callable[[WaitingSteps], None]

MORTAL: Final = "mortal"
FIRST: Final = "first"
_LONG: Final = 60.0
_DIED: Final = 9
_UNHURT: Final = 0


class EngineWorld(Protocol):
    """An engine, what its runs are to do, and notes that outlive its process."""

    plays: dict[str, Play]

    @property
    def engine(self) -> Engine: ...

    def settle(self, run_id: str) -> bool:
        """Let the engine work; say whether the run has ended."""
        ...

    def note(self, text: str) -> None: ...

    def notes(self) -> list[str]: ...

    def die(self) -> None: ...


@dataclass(slots=True)
class MemoryEngineWorld:
    """The engine of the simulation."""

    engine: MemoryEngine = field(default_factory=MemoryEngine)
    plays: dict[str, Play] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def settle(self, run_id: str) -> bool:
        self.engine.work(lambda _, run, steps: self.plays[run](steps), Fuse())
        return self.engine.await_end(run_id, timeout_seconds=_LONG)

    def note(self, text: str) -> None:
        self.kept.append(text)

    def notes(self) -> list[str]:
        return list(self.kept)

    def die(self) -> None:
        raise ProcessDiedError


@dataclass(slots=True)
class DurableEngineWorld:
    """The durable engine in this process."""

    file: Path
    plays: dict[str, Play] = field(default_factory=dict)
    launched: Engine | None = None

    @property
    def engine(self) -> Engine:
        assert self.launched is not None
        return self.launched

    def settle(self, run_id: str) -> bool:
        return self.engine.await_end(run_id, timeout_seconds=_LONG)

    def note(self, text: str) -> None:
        with self.file.open("a") as file:
            file.write(f"{text}\n")

    def notes(self) -> list[str]:
        return self.file.read_text().split() if self.file.exists() else []

    def die(self) -> None:
        os._exit(_DIED)


def noted(world: EngineWorld, run_id: str) -> list[str]:
    """Give what one run has noted."""
    return [text.partition(":")[2] for text in world.notes() if text.startswith(f"{run_id}:")]


def enqueue(world: EngineWorld, run_id: str, play: Play, *, partition: str = "account") -> None:
    world.plays[run_id] = play
    world.engine.enqueue(run_id=run_id, company="acme", partition=partition)


def a_run_is_carried_out_once_however_often_it_is_enqueued(world: EngineWorld) -> None:
    may_end = threading.Event()

    def play(steps: WaitingSteps) -> None:
        may_end.wait(_LONG)
        steps.step("only", lambda: world.note("once:step"))

    enqueue(world, "once", play)
    enqueue(world, "once", play)
    may_end.set()
    assert world.settle("once")
    assert noted(world, "once") == ["step"]


def results_of_every_kind_come_back_as_they_were(world: EngineWorld) -> None:
    values: list[str | int | bool | None] = ["ä “text”", "", 7, True, None]
    given: list[object] = []

    def play(steps: WaitingSteps) -> None:
        for number, value in enumerate(values):
            given.append(steps.step(f"step {number}", lambda value=value: value))  # type: ignore[misc]

    enqueue(world, "kinds", play)
    assert world.settle("kinds")
    assert given == values
    assert [type(one) for one in given] == [type(one) for one in values]


def runs_of_one_account_go_one_after_the_other_in_their_order(world: EngineWorld) -> None:
    for name in ("line-1", "line-2", "line-3"):

        def play(steps: WaitingSteps, name: str = name) -> None:
            steps.step("begin", lambda: world.note(f"line:{name}-begins"))
            steps.step("end", lambda: world.note(f"line:{name}-ends"))

        enqueue(world, name, play, partition="one account")
    assert all(world.settle(name) for name in ("line-1", "line-2", "line-3"))
    assert noted(world, "line") == [f"line-{n}-{what}" for n in (1, 2, 3) for what in ("begins", "ends")]


def a_run_that_has_ended_begins_anew_when_it_is_enqueued_again(world: EngineWorld) -> None:
    def play(steps: WaitingSteps) -> None:
        steps.step("work", lambda: world.note("anew:work"))

    enqueue(world, "anew", play)
    assert world.settle("anew")
    enqueue(world, "anew", play)
    assert world.settle("anew")
    assert noted(world, "anew") == ["work", "work"]


def a_run_that_fails_has_ended_and_begins_anew(world: EngineWorld) -> None:
    def play(steps: WaitingSteps) -> None:
        steps.step("work", lambda: world.note("fails:work"))
        if noted(world, "fails") == ["work"]:
            raise RetryLaterError(Problem(code="SB-LEASE-002", facts={"said": "."}))

    enqueue(world, "fails", play)
    assert world.settle("fails")
    enqueue(world, "fails", play)
    assert world.settle("fails")
    assert noted(world, "fails") == ["work", "work"]


def a_run_that_nobody_knows_has_not_ended(world: EngineWorld) -> None:
    assert not world.engine.await_end("nobody", timeout_seconds=0.1)


def a_pause_that_is_over_ends_at_once(world: EngineWorld) -> None:
    def play(steps: WaitingSteps) -> None:
        steps.sleep(10 * _LONG, lambda: bool(noted(world, "pause")))

    enqueue(world, "pause", play)
    world.note("pause:over")
    assert world.settle("pause")


STORIES: Final = (
    a_run_is_carried_out_once_however_often_it_is_enqueued,
    results_of_every_kind_come_back_as_they_were,
    runs_of_one_account_go_one_after_the_other_in_their_order,
    a_run_that_has_ended_begins_anew_when_it_is_enqueued_again,
    a_run_that_fails_has_ended_and_begins_anew,
    a_run_that_nobody_knows_has_not_ended,
    a_pause_that_is_over_ends_at_once,
)


def live_until_death(world: EngineWorld) -> None:
    """Die in the middle of the second step of three."""
    enqueue(world, MORTAL, _mortal(world))
    world.settle(MORTAL)


def go_on_after_death(world: EngineWorld, gone: str) -> None:
    """Take over from the process that died: what it had finished is not carried out again, what it was at is."""
    world.plays[MORTAL] = _mortal(world)
    assert world.engine.take_over(gone) == 1
    assert world.settle(MORTAL)
    assert noted(world, MORTAL) == ["one", "two", "two", "three"]
    assert world.engine.take_over(gone) == 0


def _mortal(world: EngineWorld) -> Play:
    def second() -> str:
        world.note(f"{MORTAL}:two")
        if noted(world, MORTAL) == ["one", "two"]:
            world.die()
        return "two"

    def play(steps: WaitingSteps) -> None:
        steps.step("one", lambda: world.note(f"{MORTAL}:one"))
        steps.step("two", second)
        steps.step("three", lambda: world.note(f"{MORTAL}:three"))

    return play


def _live(place: str, notes: Path, executor: str) -> int:
    """Live once: the first life tells every story and dies, the second goes on. Each story leaves a line, empty where it holds."""
    world = DurableEngineWorld(file=notes)
    database = postgresql_engine(place) if "://" in place else sqlite_engine(Path(place))

    def carry_out(_company: str, run_id: str, steps: WaitingSteps) -> None:
        world.plays[run_id](steps)

    engine = launch(database, carry_out, dispatch=lambda: None, executor=executor)
    world.launched = engine
    stories: dict[str, Callable[[], None]] = {story.__name__: partial(story, world) for story in STORIES}
    if executor != FIRST:
        stories = {"death": partial(go_on_after_death, world, FIRST)}
    for name, tell in stories.items():
        try:
            tell()
            said = "holds"
        except AssertionError:
            said = " | ".join(traceback.format_exc().splitlines()[-4:])
        sys.stdout.write(f"{name}\t{said}\n")
        sys.stdout.flush()
    if executor == FIRST:
        live_until_death(world)
    engine.close()
    return _UNHURT


if __name__ == "__main__":
    sys.exit(_live(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
