"""The engine port in memory: it outlives the process that dies, remembers each step, and carries one run of an account after the other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.ports.engine import Result, WaitingSteps
from tests.fakes.kpoints import Fuse

CarryOut = Callable[[str, str, WaitingSteps], None]


@dataclass(slots=True)
class RememberedSteps:
    """Steps as the durable engine keeps them: a result is remembered after the step, so a step may be carried out twice.

    A run that is resumed has to take the steps that are remembered once more, by the same names in the same order.
    """

    fuse: Fuse
    results: list[tuple[str, object]] = field(default_factory=list)
    taken: int = 0

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        if self.taken == len(self.results):
            with self.fuse.around(f"steps.step {name}"):
                result = act()
            self.results.append((name, result))
        known, remembered = self.results[self.taken]
        assert known == name, f"step {self.taken} was {known} before the process died, and is {name} now"
        self.taken += 1
        return remembered  # type: ignore[return-value]

    def sleep(self, _seconds: float, _is_over: Callable[[], bool]) -> None:
        """Let the pause pass at once: nothing happens in memory meanwhile."""


@dataclass(slots=True)
class _Workflow:
    company: str
    partition: str
    steps: list[tuple[str, object]] = field(default_factory=list)
    has_ended: bool = False


@dataclass(slots=True)
class MemoryEngine:
    """Runs in the order they were enqueued; `work` is what a process does until nothing is left, or until it dies."""

    workflows: dict[str, _Workflow] = field(default_factory=dict)

    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        """Start a run under its own id; one that is under way stays as it is, one whose workflow has ended begins anew."""
        known = self.workflows.get(run_id)
        if known is None or known.has_ended:
            self.workflows.pop(run_id, None)
            self.workflows[run_id] = _Workflow(company=company, partition=partition)

    def take_over(self, executor: str) -> int:
        """Say how many runs the process that died left behind: whoever works next goes on with them."""
        return sum(not one.has_ended for one in self.workflows.values())

    def await_end(self, run_id: str, *, timeout_seconds: float) -> bool:
        """Say whether a run's workflow has ended: nothing happens in memory while somebody waits."""
        known = self.workflows.get(run_id)
        return known is not None and known.has_ended

    def work(self, carry_out: CarryOut, fuse: Fuse) -> None:
        """Carry out what is enqueued, resuming what was interrupted. One that fails has ended: it begins anew when it is enqueued again."""
        for run_id, workflow in list(self.workflows.items()):
            if not workflow.has_ended:
                with contextlib.suppress(SuiteBridgeError):
                    carry_out(workflow.company, run_id, RememberedSteps(fuse, workflow.steps))
                workflow.has_ended = True

    def copied(self) -> MemoryEngine:
        """Give a copy that later work does not touch, as a backup holds it."""
        return MemoryEngine(
            {
                run_id: _Workflow(one.company, one.partition, list(one.steps), one.has_ended)
                for run_id, one in self.workflows.items()
            }
        )
