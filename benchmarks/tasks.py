"""What a case is, what one measurement is asked for, and what it answers."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from benchmarks.simulators import cpu_seconds, peak_mib

_MAXRSS_UNITS_PER_MIB = 2**20 if sys.platform == "darwin" else 2**10


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement: how much, over which simulator, in which directory of its own."""

    size: int
    seed: int
    place: str
    address: str = ""
    simulator_pid: int = 0
    credentials: dict[str, str] = {}
    profile: str = ""

    @property
    def directory(self) -> Path:
        """The directory of its own."""
        return Path(self.place)


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What one measurement found. What the simulator took is None where the system does not tell.

    `requests` is how many the work asked of NetSuite; `slots_filled` is the part of NetSuite's slots that requests held, from 0 to 1. Both are
    None where a case does not look. `said` is a remark for people.
    """

    records: int
    seconds: float
    cpu_seconds: float
    simulator_cpu_seconds: float | None
    peak_mib: float
    simulator_peak_mib: float | None = None
    requests: int | None = None
    slots_filled: float | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One kind of work. `sides` names, for each client, the module whose `measure` does the work, or that and a function after a colon; the first is ours,
    where the connector takes part. `environments` names those that live in an environment of their own (tools/clients.sh).

    `write_firm` writes the simulator's CSV files; the module `prepares` fills the connector's data directory, where that is needed. `shares` names
    sides that take only one in so many of the records, over an account that holds no more than those. `is_profiled` is
    False where the connector works in processes of its own, which no profile reaches.
    """

    name: str
    title: str
    size: int
    write_firm: Callable[[Path, int, int], None]
    sides: Mapping[str, str]
    prepares: str = ""
    environments: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    is_profiled: bool = True

    def size_of(self, side: str, size: int) -> int:
        """Give how many records a side takes where the case has so many: at least one."""
        return max(size // self.shares.get(side, 1), 1)


Measure: TypeAlias = Callable[[Task], Measured]
"""Does one client's work once."""


class Preparation(Protocol):
    """A module that fills a data directory before anything is measured."""

    def prepare(self, task: Task) -> None:
        """Fill it."""
        ...


@dataclass(slots=True)
class Stopwatch:
    """What passed while a block ran; `seconds` may be set by whoever knows better."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    simulator_cpu_seconds: float | None = None
    peak_mib: float = 0.0
    simulator_peak_mib: float | None = None

    def measured(self, records: int) -> Measured:
        """Put it into the answer's form."""
        return Measured(
            records=records,
            seconds=self.seconds,
            cpu_seconds=self.cpu_seconds,
            simulator_cpu_seconds=self.simulator_cpu_seconds,
            peak_mib=self.peak_mib,
            simulator_peak_mib=self.simulator_peak_mib,
        )


@contextmanager
def timed(task: Task) -> Iterator[Stopwatch]:
    """Time a block: wall, own processor, the simulator's processor, and this process's peak memory at its end."""
    watch = Stopwatch()
    before = cpu_seconds(task.simulator_pid)
    own, began = time.process_time(), time.perf_counter()
    yield watch
    watch.seconds = watch.seconds or time.perf_counter() - began
    watch.cpu_seconds = time.process_time() - own
    after = cpu_seconds(task.simulator_pid)
    watch.simulator_cpu_seconds = None if before is None or after is None else after - before
    watch.simulator_peak_mib = peak_mib(task.simulator_pid)
    watch.peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MAXRSS_UNITS_PER_MIB
