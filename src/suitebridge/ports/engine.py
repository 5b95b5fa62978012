"""What the use cases need of the durable engine: start a run, carry it out step by step, find it again after a stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Result = TypeVar("Result", bound="str | int | bool | None")


class Steps(Protocol):
    """Carries one run out: each step's result is remembered, and a step is carried out at least once (design §9.4)."""

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        """Carry out one step, or give the remembered result of an earlier time."""
        ...


class WaitingSteps(Steps, Protocol):
    """Steps with pauses between them."""

    def sleep(self, seconds: float, is_over: Callable[[], bool]) -> None:
        """Wait so long; after a stop only what is left of it, and no longer once `is_over` says so, which is asked now and then."""
        ...


class Engine(Protocol):
    """Durable execution of runs, one at a time for each NetSuite account."""

    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        """Start a run under its own id, after the others of the same partition; twice with one id is once."""
        ...

    def take_over(self, executor: str) -> int:
        """Hand on what a process had under way that is gone: whoever is free goes on with it. Give how many runs."""
        ...

    def await_end(self, run_id: str, *, timeout_seconds: float) -> bool:
        """Wait until a run has ended; say whether it has."""
        ...
