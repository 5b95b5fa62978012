"""Repeats one part's work; what counts is the processor's time, so that a busy machine measures the same."""

from __future__ import annotations

import cProfile
import time
from collections.abc import Callable

from benchmarks.tasks import Measured, Task, timed


class OtherResultError(Exception):
    """Two sides come to different results: their times say nothing."""


def measure_repeating(task: Task, work: Callable[[int], object]) -> Measured:
    """Do the work with each number from zero, once before it counts; write a profile where one is asked for."""
    work(0)
    profile = cProfile.Profile() if task.profile else None
    with timed(task) as watch:
        began = time.process_time()
        if profile is not None:
            profile.enable()
        for number in range(task.size):
            work(number)
        if profile is not None:
            profile.disable()
            profile.dump_stats(task.profile)
        watch.seconds = max(time.process_time() - began, 1e-6)
    return watch.measured(task.size)
