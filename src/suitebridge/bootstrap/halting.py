"""Notices in the middle of a batch that somebody has paused or cancelled the run: a batch may take minutes, a person waits seconds (quality.md U37)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Final

from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.ports.companies import CompanyStore

HALT_SECONDS: Final = 1.0
"""How often is looked whether the run is to halt."""


@contextlib.contextmanager
def noticing_halts(store: CompanyStore, run_id: str) -> Iterator[Callable[[], bool]]:
    """Look at a run beside the work until the block ends; give what says, from any thread and at once, whether it is to halt."""
    from suitebridge.adapters.store.opening import close_connections

    asked, stopping = threading.Event(), threading.Event()

    def look() -> None:
        try:
            while not asked.is_set() and not stopping.wait(HALT_SECONDS):
                with contextlib.suppress(SuiteBridgeError):
                    run = store.runs.get(run_id)
                    if run is not None and run.halt is not None:
                        asked.set()
        finally:
            close_connections()

    thread = threading.Thread(target=look, name="halts", daemon=True)
    thread.start()
    try:
        yield asked.is_set
    finally:
        stopping.set()
        thread.join()
