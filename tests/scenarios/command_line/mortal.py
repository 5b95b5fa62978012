"""`suitebridge` as a process that kills itself at a K-point: mortal.py K4-answers within --data DIRECTORY run"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from suitebridge.adapters.engine import durable
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.cli.main import main
from tests.fakes.kpoints import READING_CALLS, Moment, UnnamedStepError, k_point

POINT, MOMENT = sys.argv[1], Moment(sys.argv[2])


def pass_by(call: str, moment: Moment) -> None:
    """Die where the one who calls is at the chosen K-point: no handler, no clean-up, no last word."""
    try:
        point = k_point(call, sys._getframe(2))
    except UnnamedStepError:
        return  # a call of the store within one of its own
    if point is not None and (point.name, moment) == (POINT, MOMENT):
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: type, name: str, call: Callable[..., str]) -> None:
    """Pass by before and after a method."""
    known = getattr(owner, name)

    def method(self: object, *given: Any, **named: Any) -> object:
        said = call(*given)
        pass_by(said, Moment.BEFORE)
        result = known(self, *given, **named)
        pass_by(said, Moment.AFTER)
        return result

    setattr(owner, name, method)


def hook_store() -> None:
    """Put hooks around the store's transactions and the run log; the framework has to be set up before its models are loaded."""
    from suitebridge.adapters.store.runs import StoredRuns  # noqa: PLC0415
    from suitebridge.adapters.store.units import StoredTransactions  # noqa: PLC0415

    begin = StoredTransactions._begin

    @contextmanager
    def hooked(self: StoredTransactions) -> Iterator[object]:
        pass_by("transactions.begin", Moment.BEFORE)
        with begin(self) as unit:
            yield unit
            pass_by("transactions.begin", Moment.WITHIN)
        pass_by("transactions.begin", Moment.AFTER)

    StoredTransactions._begin = hooked  # type: ignore[assignment,method-assign]
    for name in vars(StoredRuns):
        if not name.startswith("_") and name not in READING_CALLS:
            around(StoredRuns, name, lambda *_, name=name: f"runs.{name}")


if __name__ == "__main__":
    hook_store()
    around(TokenGateway, "upsert", lambda *_: "gateway.upsert")
    around(durable._DurableSteps, "step", lambda name, _: f"steps.step {name}")
    sys.argv = ["suitebridge", *sys.argv[3:]]
    main()
