"""The memory twin of the durable engine: carries a run out at once, remembers its steps, forgets them with the process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from suitebridge.adapters.engine.durable import CarryOut
from suitebridge.ports.engine import Result


@dataclass(slots=True)
class _RememberedSteps:
    results: dict[str, object] = field(default_factory=dict)

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        if name not in self.results:
            self.results[name] = act()
        return self.results[name]  # type: ignore[return-value]  # kept by name, as this step gave it


@dataclass(slots=True, kw_only=True)
class ImmediateEngine:
    """The engine port without a database."""

    carry_out: CarryOut
    runs: dict[str, _RememberedSteps] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)

    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        """Carry the run out now; the partition is trivially alone."""
        if run_id not in self.ended:
            self.carry_out(company, run_id, self.runs.setdefault(run_id, _RememberedSteps()))
            self.ended.add(run_id)

    def await_end(self, run_id: str, *, timeout_seconds: float) -> bool:
        """Say whether the run was carried out."""
        return run_id in self.ended
