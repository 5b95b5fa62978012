"""The worker of a data directory: what it looks after for as long as its process lives."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator
from datetime import datetime

from suitebridge.administration.checkpointing import CHECKPOINT_EVERY
from suitebridge.administration.rekeying import refuse_lost_keys
from suitebridge.bootstrap.houses import House
from suitebridge.domain.errors import RunStoppedError
from suitebridge.ports.engine import Engine
from suitebridge.runs.starting import hand_over_unfinished

ENGINE_FILE = "engine.sqlite3"
HAND_OVER_SECONDS = 1.0
"""How often a run that another process asked for, and credentials that it took back, are looked for."""


@contextlib.contextmanager
def working(house: House) -> Iterator[Engine]:
    """Be the worker of a data directory: take its lock, resume what was interrupted, take up runs that others ask for.

    Raise `RunStoppedError` SB-BUSY-001 if another process is, SB-KEY-001 if a stored secret needs a master key that is not there.
    """
    from suitebridge.adapters.engine.durable import launch
    from suitebridge.adapters.store.lock import worker_lock

    with worker_lock(house.directory):
        refuse_lost_keys(house.companies, house.keys)
        engine = launch(house.directory / ENGINE_FILE, house.carry_out)
        _settle_memory()
        stopping = threading.Event()
        watch = threading.Thread(target=_hand_over, args=(house, engine, stopping), name="hand-over", daemon=True)
        watch.start()
        try:
            yield engine
        finally:
            stopping.set()
            watch.join()
            engine.close()


def _settle_memory() -> None:
    """Set apart what was loaded so far: it stays as long as the process, and looking through it again and again cost a run an eighth of its time."""
    gc.collect()
    gc.freeze()


def _hand_over(house: House, engine: Engine, stopping: threading.Event) -> None:
    """Close what was disconnected, give runs that were asked for to the engine, and sign the trails each hour, until told to stop; an unreadable store is tried again."""
    from suitebridge.adapters.store.opening import close_connections

    signed_at: datetime | None = None
    while True:
        with contextlib.suppress(RunStoppedError):
            stores = [house.companies.store(company.id) for company in house.companies.all()]
            house.gateways.close_changed(stores)
            hand_over_unfinished(stores, engine)
            if signed_at is None or house.clock.now() - signed_at >= CHECKPOINT_EVERY:
                signed_at = house.clock.now()
                for store in stores:
                    house.sign_trail(store)
        close_connections()
        if stopping.wait(HAND_OVER_SECONDS):
            return
