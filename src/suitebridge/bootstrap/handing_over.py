"""A worker: what it looks after for as long as its process lives. On SQLite there is one, on PostgreSQL any number."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from suitebridge.adapters.clock.system import elapsed_seconds
from suitebridge.administration.checkpointing import CHECKPOINT_EVERY
from suitebridge.administration.rekeying import refuse_lost_keys
from suitebridge.bootstrap.houses import House
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.ports.engine import Engine, WaitingSteps
from suitebridge.ports.workers import NewWorker, WorkerKind
from suitebridge.runs.leasing import RENEW_SECONDS, Lease
from suitebridge.runs.receiving import take_at_rest
from suitebridge.runs.starting import hand_over_unfinished

if TYPE_CHECKING:
    from suitebridge.adapters.engine.durable import DurableEngine

ENGINE_FILE = "engine.sqlite3"
HAND_OVER_SECONDS = 1.0
"""How often a run that another process asked for, and credentials that it took back, are looked for."""

ANNOUNCE_SECONDS = 2.0
"""How often what changed is announced, and a message sent."""

LIMITS_SECONDS = 20.0
_ALONE = "embedded"
"""The worker of a SQLite file: always the same, so that the engine resumes by itself what it left."""

_LOG = logging.getLogger(__name__)


@contextlib.contextmanager
def working(house: House, kind: WorkerKind = WorkerKind.COMMAND) -> Iterator[Engine]:
    """Be a worker: resume what was interrupted, and take up runs that others ask for.

    On SQLite, take the data directory's lock first. Raise `RunStoppedError` SB-BUSY-001 if another process has it, SB-KEY-001 if a stored
    secret needs a master key that is not there.
    """
    from suitebridge.adapters.store.lock import worker_lock

    lock = contextlib.nullcontext() if house.shares_work else worker_lock(house.directory)
    with lock:
        refuse_lost_keys(house.companies, house.keys)
        _tell_weaknesses()
        lease = _lease(house, kind)
        lease.join()
        house.gateways.refusal = lease.refusal
        engine = _launch(house, lease)
        _settle_memory()
        try:
            # The lease is renewed until the last batch under way has settled.
            with (
                _beside("lease", lambda stopping: _keep_lease(lease, stopping)),
                # It only asks, and waits as long as NetSuite refuses: nobody who wants to end waits for that.
                _beside("limits", lambda stopping: _learn_limits(house, stopping), patience_seconds=0),
                _beside("notices", lambda stopping: _announce(house, stopping)),
                contextlib.closing(engine),
                _beside("hand-over", lambda stopping: _hand_over(house, engine, lease, stopping)),
            ):
                yield engine
        finally:
            lease.leave()


@contextlib.contextmanager
def _beside(
    name: str, act: Callable[[threading.Event], None], *, patience_seconds: float | None = None
) -> Iterator[None]:
    """Do something on a thread of its own until the block ends; with patience, it is waited for so long at most."""
    stopping = threading.Event()
    thread = threading.Thread(target=act, args=(stopping,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(patience_seconds)


def _lease(house: House, kind: WorkerKind) -> Lease:
    """Give this process a lease; on SQLite, after its predecessors' were taken away: the lock says that they are gone."""
    host, workers = socket.gethostname(), house.companies.workers
    if not house.shares_work:
        for gone in workers.all():
            workers.leave(gone.id)
        workers.take_over(lambda _gone: None)
    own = f"{host}-{os.getpid()}-{house.chance.token(6)}" if house.shares_work else _ALONE
    worker = NewWorker(id=own, kind=kind, host=host, process=os.getpid(), version=version("suitebridge"))
    return Lease(workers, worker, seconds=elapsed_seconds, is_alone=not house.shares_work)


def _launch(house: House, lease: Lease) -> DurableEngine:
    from suitebridge.adapters.engine.databases import postgresql_engine, sqlite_engine
    from suitebridge.adapters.engine.durable import launch

    # Who typed a command is there, and wants to know at once; a server has time.
    is_patient = lease.worker.kind is not WorkerKind.COMMAND

    def carry_out(company: str, run_id: str, steps: WaitingSteps) -> None:
        with lease.at_work():
            house.carry_out(company, run_id, steps, worker=lease.worker.id, is_patient=is_patient)

    url = house.settings.database_url
    database = postgresql_engine(url) if url else sqlite_engine(house.directory / ENGINE_FILE)
    return launch(database, carry_out, dispatch=house.fire_due, executor=lease.worker.id)


def _tell_weaknesses() -> None:
    """Say in the log where the database would not keep what it answers for (quality.md F66)."""
    from suitebridge.adapters.store.durability import weaknesses

    for said in weaknesses():
        _LOG.warning("%s", said)


def _settle_memory() -> None:
    """Set apart what was loaded so far: it stays as long as the process, and looking through it again and again cost a run an eighth of its time."""
    gc.collect()
    gc.freeze()


def _learn_limits(house: House, stopping: threading.Event) -> None:
    """Ask now and then how many requests the accounts bear, beside the runs."""
    while not stopping.wait(LIMITS_SECONDS):
        house.learn_limits()


def _keep_lease(lease: Lease, stopping: threading.Event) -> None:
    """Renew the lease until told to stop, on a thread of its own: nothing else may keep it waiting."""
    from suitebridge.adapters.store.opening import close_connections

    while not stopping.wait(RENEW_SECONDS):
        try:
            lease.renew()
        except SuiteBridgeError as error:
            _LOG.warning("The lease of %s was not renewed: %s", lease.worker.id, error)
    close_connections()


def _announce(house: House, stopping: threading.Event) -> None:
    """Announce how workflows stand until told to stop, and once more then: the last run may have ended just before."""
    from suitebridge.adapters.store.opening import close_connections

    is_last = False
    while True:
        with contextlib.suppress(SuiteBridgeError):
            house.announce()
        close_connections()
        if is_last:
            return
        is_last = stopping.wait(ANNOUNCE_SECONDS)


def _hand_over(house: House, engine: Engine, lease: Lease, stopping: threading.Event) -> None:
    """Close what was disconnected, take over what other workers left, give runs and single records to the engine, and sign the trails each hour.

    Goes on until told to stop; a store that does not answer is tried again.
    """
    from suitebridge.adapters.store.opening import close_connections

    signed_at: datetime | None = None
    while True:
        with contextlib.suppress(SuiteBridgeError):
            stores = [house.companies.store(company.id) for company in house.companies.all()]
            house.gateways.close_changed(stores)
            if not lease.refusal():
                if house.shares_work:
                    house.companies.workers.take_over(engine.take_over)
                for store in stores:
                    take_at_rest(store, house.workflows_of(store), clock=house.clock, chance=house.chance)
                hand_over_unfinished(stores, engine)
            if signed_at is None or house.clock.now() - signed_at >= CHECKPOINT_EVERY:
                signed_at = house.clock.now()
                for store in stores:
                    house.sign_trail(store)
        close_connections()
        if stopping.wait(HAND_OVER_SECONDS):
            return
