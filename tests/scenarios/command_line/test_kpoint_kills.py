"""Real processes that are killed at the K-points of imports and exports, one after the other, and go on (quality.md F61)."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.kpoints import CARRYING, Moment
from tests.scenarios.command_line.world import SECONDS, World

MORTAL = Path(__file__).with_name("mortal.py")
DAY = (
    ("K4-imported", Moment.WITHIN),
    ("K5-watermark", Moment.BEFORE),
    ("K1-claims", Moment.WITHIN),
    ("K1-claims", Moment.AFTER),
    ("K2-send", Moment.AFTER),
    ("K4-answers", Moment.WITHIN),
    ("K6-end", Moment.BEFORE),
)
"""What every build can afford; a night kills at every moment of every K-point that an undisturbed run comes to."""

NOT_MET = frozenset({"K0-recovery", "K6-problem", "K6-rest", "K6-left"})
"""What only a run comes to that is in trouble. Steps of the engine are taken by the patient one, which has K-points of its own."""


def deaths(config: pytest.Config) -> tuple[tuple[str, Moment], ...]:
    if config.getoption("--hypothesis-profile") != "night":
        return DAY
    met = [one for one in CARRYING if one.name not in NOT_MET and not one.call.startswith("steps.")]
    return tuple((one.name, moment) for one in met for moment in one.moments)


@pytest.mark.fault("F61")
def test_a_run_that_is_killed_at_one_k_point_after_the_other_writes_everything_once(
    world: World, pytestconfig: pytest.Config
) -> None:
    chosen: tuple[str, ...] = ()
    for point, moment in deaths(pytestconfig):
        line = [sys.executable, str(MORTAL), point, moment.value, "--data", str(world.data), "run", *chosen]
        chosen = ("--workflow", "import_services")  # the first run is finished first, and the next ones are short
        died = subprocess.run(line, capture_output=True, text=True, check=False, timeout=SECONDS)
        assert died.returncode == -signal.SIGKILL, f"{point} {moment.value}: {died.stderr}"

    ended = world.type("run", "--json", *chosen)

    assert ended.code == 0, ended.err
    assert max(Counter(world.created()).values()) == 1
    assert len(world.created()) == sum(world.approved.values())
    first = world.type("runs", "show", "1", "--json").document
    assert all(one["adds_up"] for one in first["workflows"])
    assert world.type("audit", "verify").code == 0
