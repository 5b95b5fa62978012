"""Makes a process kill itself at a K-point. It knows where the house meets its ports, and nothing of what the process is to do."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from suitebridge.adapters.engine import durable
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.bootstrap import handing_over
from suitebridge.runs import leasing
from tests.fakes.kpoints import READING_CALLS, Moment, UnnamedStepError, k_point

_PATIENCE = "suitebridge.runs.waiting"
_LEASE_SECONDS, _MARGIN_SECONDS, _RENEW_SECONDS = 3.0, 1.0, 0.5


class Death:
    """The chosen K-point and moment of this process, and the seconds that it has at most."""

    def __init__(self, point: str, moment: str, seconds: float) -> None:
        self.point, self.moment, self.seconds = point, Moment(moment), seconds

    def await_it(self) -> None:
        """Put hooks wherever the house meets its ports; who has not come to the K-point in time ends by an alarm."""
        signal.alarm(int(self.seconds))
        # Whoever goes on after a death on PostgreSQL waits for the lease that the dead one has left.
        vars(leasing).update(LEASE_SECONDS=_LEASE_SECONDS, MARGIN_SECONDS=_MARGIN_SECONDS)
        vars(handing_over).update(RENEW_SECONDS=_RENEW_SECONDS)
        self._hook_store()
        self._around(TokenGateway, "upsert", lambda *_: "gateway.upsert")
        self._around(durable._DurableSteps, "step", lambda name, _: f"steps.step {name}")

    def pass_by(self, call: str, moment: Moment) -> None:
        """Die where the one who calls is at the chosen K-point: no handler, no clean-up, no last word."""
        try:
            point = k_point(call, _beyond_patience(sys._getframe(2)))
        except UnnamedStepError:
            return  # a call of the store within one of its own
        if point is not None and (point.name, moment) == (self.point, self.moment):
            os.kill(os.getpid(), signal.SIGKILL)

    def _hook_store(self) -> None:
        # The framework has to be set up before its models are loaded.
        from suitebridge.adapters.store.runs import StoredRuns  # noqa: PLC0415
        from suitebridge.adapters.store.units import StoredTransactions  # noqa: PLC0415

        begin = StoredTransactions._begin

        @contextmanager
        def hooked(transactions: StoredTransactions) -> Iterator[object]:
            self.pass_by("transactions.begin", Moment.BEFORE)
            with begin(transactions) as unit:
                yield unit
                self.pass_by("transactions.begin", Moment.WITHIN)
            self.pass_by("transactions.begin", Moment.AFTER)

        StoredTransactions._begin = hooked  # type: ignore[assignment,method-assign]
        for name in vars(StoredRuns):
            if not name.startswith("_") and name not in READING_CALLS:
                self._around(StoredRuns, name, lambda *_, name=name: f"runs.{name}")

    def _around(self, owner: type, name: str, call: Callable[..., str]) -> None:
        """Pass by before and after a method."""
        known = getattr(owner, name)

        def method(it: object, *given: Any, **named: Any) -> object:
            said = call(*given)
            self.pass_by(said, Moment.BEFORE)
            result = known(it, *given, **named)
            self.pass_by(said, Moment.AFTER)
            return result

        setattr(owner, name, method)


def _beyond_patience(frame: FrameType | None) -> FrameType | None:
    """Give who asked for a step: the patient one hands it on."""
    while frame is not None and frame.f_globals.get("__name__") == _PATIENCE:
        frame = frame.f_back
    return frame
