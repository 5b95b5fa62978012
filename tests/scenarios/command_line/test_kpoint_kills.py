"""Real processes that are killed at the K-points of an import and an export, one after the other, on either store, and go on (quality.md F61)."""

from __future__ import annotations

import signal
from collections import Counter

import pytest

from tests.fakes.kpoints import CARRYING, Moment
from tests.scenarios.command_line.world import World

B, W, A = Moment

BEGINNING = (
    ("K0-take", (B, A)),
    ("K0-enter", (B, A)),
    ("K0-begin", (B,)),
    ("K0-since", (B, A)),
    ("K0-begin", (A,)),
    ("K0-recovery", (B, A)),
    ("K0-done", (B, A)),
)
IMPORT = (
    ("K0-from", (B, A)),
    ("K4-page-step", (B,)),
    ("K4-imported", (B, W, A)),
    ("K4-page-step", (A,)),
    ("K4-open-step", (B, A)),
    ("K5-watermark-step", (B,)),
    ("K5-watermark", (B, W, A)),
    ("K5-watermark-step", (A,)),
)
EXPORT = (
    ("K0-freeze-step", (B,)),
    ("K0-freeze", (B, A)),
    ("K0-freeze-step", (A,)),
    ("K4-batch-step", (B,)),
    ("K1-claims", (B, W, A)),
    ("K2-send", (B, A)),
    ("K4-answers", (B, W, A)),
    ("K4-batch-step", (A,)),
    ("K5-finish-step", (B, A)),
)
END = (("K6-end-step", (B,)), ("K6-end", (B, A)))
AFTER_THE_END = ("K6-end-step", A)
"""Only a run of its own comes to this: the one before has ended already."""

NOT_MET = frozenset({"K6-problem", "K6-rest", "K6-left", "K1-rehearsed", "K2-update"})
"""What only a run comes to that is in trouble, is dry, or changes what NetSuite has: the histories kill there (tests/simulation)."""

NIGHT = tuple(
    (name, moment) for part in (BEGINNING, IMPORT, EXPORT, END) for name, moments in part for moment in moments
)
DAY = (
    ("K4-imported", W),
    ("K5-watermark", B),
    ("K1-claims", W),
    ("K1-claims", A),
    ("K2-send", A),
    ("K4-answers", W),
    ("K6-end", B),
)
"""What every build can afford; a night kills at every moment of every K-point that an undisturbed run comes to, in the order of the run."""


def test_a_night_leaves_no_moment_out() -> None:
    met = {(one.name, moment) for one in CARRYING if one.name not in NOT_MET for moment in one.moments}
    assert {*NIGHT, AFTER_THE_END} == met


@pytest.mark.fault("F61")
@pytest.mark.parametrize("store", ["world", "shared_world"], ids=["sqlite", "postgresql"])
def test_a_run_that_is_killed_at_one_k_point_after_the_other_writes_everything_once(
    store: str, request: pytest.FixtureRequest, pytestconfig: pytest.Config
) -> None:
    world: World = request.getfixturevalue(store)
    is_night = pytestconfig.getoption("--hypothesis-profile") == "night"
    assert world.run("--no-wait").code == 0
    for point, moment in NIGHT if is_night else DAY:
        die(world, point, moment)
    if is_night:
        assert world.run("--no-wait", "--workflow", "import_services").code == 0
        die(world, *AFTER_THE_END)

    # On PostgreSQL the dead worker's lease still seems to hold: this command follows it first, and then does the work itself.
    ended = world.type("run", "--json", "--workflow", "import_services")

    assert ended.code == 0, ended.err
    assert ("That server is gone" in ended.err) == bool(world.database_url)
    assert max(Counter(world.created()).values()) == 1
    assert len(world.created()) == sum(world.approved.values())
    first = world.type("runs", "show", "1", "--json").document
    assert first["run"]["state"] == "completed"
    assert first["run"]["recoveries"] > 0
    assert all(one["adds_up"] for one in first["workflows"])
    assert world.type("audit", "verify").code == 0


def die(world: World, point: str, moment: Moment) -> None:
    """Let a process go on with the run that was begun, until it is killed."""
    words = ("worker",) if world.database_url else ("serve", "--port", "0")
    died = world.die(*words, point=point, moment=moment.value)
    assert died.code == -signal.SIGKILL, f"{point} {moment.value}: {died.err}"
