"""The contract of `ports.engine`: the memory twin that the simulation lives on, and the durable engine on SQLite and PostgreSQL, keep the same promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.contract import engine_stories
from tests.contract.engine_stories import (
    FIRST,
    STORIES,
    EngineWorld,
    MemoryEngineWorld,
    go_on_after_death,
    live_until_death,
)
from tests.fakes.deaths import ProcessDiedError

SECONDS = 120
DEATH = "death"


def lives(place: str, notes: Path) -> Mapping[str, str]:
    """Let the durable engine live twice; give what it said of each story."""
    told: dict[str, str] = {}
    for executor in (FIRST, "second"):
        line = [sys.executable, str(engine_stories.__file__), place, str(notes), executor]
        ended = subprocess.run(line, capture_output=True, text=True, check=False, timeout=SECONDS)
        told |= dict(line.split("\t") for line in ended.stdout.splitlines())
        assert (ended.returncode != 0) == (executor == FIRST), ended.stderr
    return told


@pytest.fixture(scope="session")
def told_by_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    folder = tmp_path_factory.mktemp("engine")
    return lives(str(folder / "engine.sqlite3"), folder / "notes")


@pytest.fixture(scope="session")
def told_by_postgresql(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return lives(postgresql_url, tmp_path_factory.mktemp("engine") / "notes")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story.__name__))
def test_the_engine_of_the_simulation_keeps_its_promise(story: Callable[[EngineWorld], None]) -> None:
    story(MemoryEngineWorld())


def test_the_engine_of_the_simulation_goes_on_after_a_death() -> None:
    world = MemoryEngineWorld()
    with pytest.raises(ProcessDiedError):
        live_until_death(world)
    go_on_after_death(world, FIRST)


@pytest.mark.fault("F61")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_durable_engine_keeps_every_promise(database: str, request: pytest.FixtureRequest) -> None:
    told: Mapping[str, str] = request.getfixturevalue(f"told_by_{database}")
    assert told == dict.fromkeys([*(story.__name__ for story in STORIES), DEATH], "holds")
