"""Measures a case: each measurement in a process of its own, over a simulator that was started for it, after a warm-up."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.results import CONNECTOR, CaseResult, case_result
from benchmarks.simulators import serving
from benchmarks.tasks import Case, Measured, Task

_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a case is measured. `profile` names a file for a profile of the connector's last measurement."""

    size: int
    seed: int
    repeat: int
    warm_ups: int
    profile: Path | None = None


def measure_case(case: Case, plan: Plan, tell: Callable[[str], None]) -> CaseResult:
    """Measure every side of a case in turn, so that what slows the machine slows all of them."""
    with tempfile.TemporaryDirectory(prefix="suitebridge-bench-") as name:
        scratch = Path(name)
        for size in {case.size_of(side, plan.size) for side in case.sides}:
            _lay_ground(case, size, plan.seed, scratch / str(size))
        found: dict[str, list[Measured]] = {side: [] for side in case.sides}
        for number in range(-plan.warm_ups, plan.repeat):
            for side in case.sides:
                is_profiled = case.is_profiled and side == CONNECTOR and number == plan.repeat - 1
                measured = _measure(case, plan, side, scratch, plan.profile if is_profiled else None)
                what = f"{number + 1} of {plan.repeat}" if number >= 0 else "warm-up"
                tell(f"{case.name}, {side}, {what}: {measured.records / measured.seconds:,.0f} a second")
                if number >= 0:
                    found[side].append(measured)
    return case_result(case.name, case.title, size=plan.size, seed=plan.seed, sides=found)


def _lay_ground(case: Case, size: int, seed: int, ground: Path) -> None:
    """Write the firm of so many records, and the data directory that every measurement over it starts from."""
    firm, template = ground / "firm", ground / "template"
    firm.mkdir(parents=True)
    case.write_firm(firm, size, seed)
    if case.prepares:
        _child("prepare", case.prepares, Task(size=size, seed=seed, place=str(template)))
    else:
        template.mkdir()


def _measure(case: Case, plan: Plan, side: str, scratch: Path, profile: Path | None) -> Measured:
    size = case.size_of(side, plan.size)
    ground, directory = scratch / str(size), scratch / "data"
    shutil.copytree(ground / "template", directory)
    try:
        with serving(ground / "firm", scratch) as simulator:
            task = Task(
                size=size,
                seed=plan.seed,
                place=str(directory),
                address=simulator.address,
                simulator_pid=simulator.pid,
                credentials=dict(simulator.credentials),
                profile="" if profile is None else str(profile.resolve()),
            )
            return msgspec.json.decode(
                _child("measure", case.sides[side], task, case.environments.get(side, "")), type=Measured
            )
    finally:
        shutil.rmtree(directory)


def _child(verb: str, module: str, task: Task, environment: str = "") -> bytes:
    python = str(_ROOT / ".clients" / environment / "bin" / "python") if environment else sys.executable
    words = [python, "-m", "benchmarks.measuring", verb, module]
    done = subprocess.run(words, input=msgspec.json.encode(task), stdout=subprocess.PIPE, cwd=_ROOT, check=True)
    return done.stdout
