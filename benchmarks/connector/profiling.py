"""Profiles the thread on which the engine carries a run out; only for looking, never beside a measurement that counts."""

from __future__ import annotations

import contextlib
import cProfile
from collections.abc import Iterator
from unittest.mock import patch

from suitebridge.bootstrap import houses
from suitebridge.ports.engine import Steps
from suitebridge.runs.transferring import RunDesk, carry_out


@contextlib.contextmanager
def profiled(file: str) -> Iterator[None]:
    """Write where a run's time goes into a file that `pstats` reads; "" profiles nothing."""
    if not file:
        yield
        return
    profile = cProfile.Profile()

    def watched(desk: RunDesk, run_id: str, steps: Steps) -> None:
        profile.runcall(carry_out, desk, run_id, steps)

    with patch.object(houses, "carry_out", watched):
        yield
    profile.dump_stats(file)
