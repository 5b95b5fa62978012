"""What processes do by themselves in a history: fire what is due, take single records, carry runs out patiently, and take over from one another.

The worker of the world is mortal. A second one comes only where the first has stood still beyond its lease: it goes on with whatever was under
way, and the first wakes up without its lease.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from suitebridge.adapters.engine.crons import EngineCrons
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.people import Door
from suitebridge.ports.engine import Result, Steps
from suitebridge.ports.runs import ENDED_STATES
from suitebridge.runs.leasing import LEASE_SECONDS
from suitebridge.runs.receiving import take_at_rest
from suitebridge.runs.scheduling import ScheduleDesk, fire_due
from suitebridge.runs.starting import hand_over_unfinished
from suitebridge.runs.transferring import RunDesk, carry_out
from suitebridge.runs.waiting import PatientSteps
from tests.fakes.engine import RememberedSteps
from tests.fakes.kpoints import Fuse
from tests.fakes.standard import STANDARD as CATALOG

if TYPE_CHECKING:
    from tests.simulation.mortals import WorldGateways
    from tests.simulation.world import World

LEASE_IS_OVER = "The lease of this process is over."
_OUT_OF_HAND = frozenset({"SB-LEASE-001", "SB-LEASE-002"})
_MOST_TAKEN = 5
_ASIDE = 2.0


@dataclass(frozen=True, slots=True)
class VirtualSteps:
    """Steps whose pauses pass in the time of the world."""

    steps: Steps
    let_pass: Callable[[float], None]

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        return self.steps.step(name, act)

    def sleep(self, seconds: float, _is_over: Callable[[], bool]) -> None:
        self.let_pass(seconds)


def dispatch(world: World) -> None:
    """Fire what is due, and let runs begin over single records that wait."""
    desk = ScheduleDesk(
        store=world.store, workflows=CATALOG, crons=EngineCrons(), clock=world.clock, chance=world.chance
    )
    fire_due(desk)
    for _ in range(_MOST_TAKEN):
        if take_at_rest(world.store, CATALOG, clock=world.clock, chance=world.chance) is None:
            break


def carry(world: World, gateways: WorldGateways, run_id: str, steps: Steps) -> None:
    """Carry a run out as a server does: it waits where NetSuite is away, unless nobody here has patience."""
    desk = RunDesk(
        store=world.store,
        open_gateway=gateways.run_opener(),
        shipped=CATALOG,
        clock=world.clock,
        chance=world.chance,
        is_patient=world.is_patient,
    )
    virtual = VirtualSteps(steps, world.loop.let_pass)
    carry_out(desk, run_id, PatientSteps(virtual) if world.is_patient else virtual)


def carry_under_lease(world: World, run_id: str, steps: Steps) -> None:
    """Carry a run out in the world's own process; where it lost its lease, it lets go, and nothing has changed meanwhile (I6)."""
    world.is_at_work = True
    try:
        carry(world, world.gateways, run_id, steps)
    except SuiteBridgeError as error:
        if not world.lost_at or error.problem.code not in _OUT_OF_HAND:
            raise
    finally:
        world.is_at_work = False
        if world.lost_at and traces(world) != world.lost_at:
            world.ledger.breaches.append("I6: a worker that lost its lease has settled something")
        world.lost_at = ()


def traces(world: World) -> tuple[int, ...]:
    """Count what settling leaves: outcomes, bindings, and entries of runs in the trail. People go on meanwhile."""
    state = world.store.state
    settled = sum(one.recorded is not None for items in state.items.values() for one in items.values())
    told = sum(entry.door == Door.INTEGRATION.value for entry, _ in state.trail)
    return settled, len(state.bindings), told


def take_over(world: World) -> None:
    """Let a second worker go on with everything that is under way, while the first stands still."""
    if world.loop.is_running() or world.store._is_open:
        # In the middle of an exchange or a transaction nobody else is served: it happens a moment later.
        world.fuse.meanwhile[len(world.fuse.passed) + 1] = lambda: take_over(world)
        return
    own = world.fuse
    world.fuse = world.store.fuse = Fuse()
    world.loop.let_pass(LEASE_SECONDS + _ASIDE)
    runs = world.store.state.runs
    runs[:] = [run if run.state in ENDED_STATES else replace(run, fence=run.fence + 1) for run in runs]
    other = world.new_gateways()
    try:
        hand_over_unfinished([world.store], world.engine)
        for run_id, workflow in list(world.engine.workflows.items()):
            if not workflow.has_ended:
                workflow.steps = list(workflow.steps)
                carry(world, other, run_id, RememberedSteps(world.fuse, workflow.steps))
                workflow.has_ended = True
    finally:
        other.close()
        world.fuse = world.store.fuse = own
    if world.is_at_work:
        world.lost_at = traces(world)
