"""The connector under measurement: a data directory with one company, and a run on the real engine, timed by the run log."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.connector.profiling import profiled
from benchmarks.simulators import ACCOUNT_ID
from benchmarks.tasks import Measured, Task, timed
from suitebridge.administration.connecting import CredentialsEntry, save_credentials
from suitebridge.administration.staffing import FirstSteps, found_company, stamp_for
from suitebridge.bootstrap import House, open_house, working
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.credentials import Secret
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Door, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.engine import Engine
from suitebridge.ports.runs import Run
from suitebridge.runs.starting import RunRequest, ask_for_run, hand_over

COMPANY = "bench"
USER = "admin"
PASSWORD = "measured on one machine in one moment"
_MOST_SECONDS = 3600.0


class UnfaithfulRunError(Exception):
    """The run did not do what is measured: its time says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """An open house with the company in it and its administrator."""

    house: House
    store: CompanyStore
    user: User

    def connect(self, given: Mapping[str, str]) -> None:
        """Save the credentials that a simulator issued."""
        entry = CredentialsEntry(
            account_id=given["account_id"],
            application_id=given["application_id"],
            consumer_key=given["consumer_key"],
            consumer_secret=Secret(given["consumer_secret"]),
            token_id=given["token_id"],
            token_secret=Secret(given["token_secret"]),
        )
        stamp = stamp_for(self.user, Door.SETUP)
        if problems := save_credentials(self.store, entry, check=self.house.key_check, user=self.user, stamp=stamp):
            raise UnfaithfulRunError(str(problems))

    def ask_for_run(self, workflow: str) -> Run:
        """Ask for one run; whoever works takes it up."""
        return ask_for_run(
            self.store,
            self.house.shipped,
            RunRequest(workflows=(workflow,), without_needed=True),
            user=self.user,
            door=Door.COMMAND_LINE,
            clock=self.house.clock,
            chance=self.house.chance,
        )

    def prove(self, run: Run, workflow: str, kind: OutcomeKind, count: int) -> None:
        """Refuse the time of a run that did something else: so many records with this outcome, the counts add up, the trail holds."""
        tally = self.store.runs.settled_sums(run.id, workflow)
        if run.ended_at is None or tally.of(kind) != count or not tally.adds_up or tally.considered != count:
            raise UnfaithfulRunError(f"{run.state.value} {run.problem_code} {dict(run.problem_facts)}: {tally}")
        verdict = self.store.trail.verify()
        if verdict.first_broken or verdict.checked < count:
            raise UnfaithfulRunError(f"The trail does not hold: {verdict}")


@contextlib.contextmanager
def founded(directory: Path) -> Iterator[Tenant]:
    """Make a data directory with one company in it; closed when the block ends."""
    write_settings(directory, {ACCOUNT_ID: "http://127.0.0.1:1"})
    house = open_house(directory)
    try:
        yield found(house, COMPANY)
    finally:
        house.close()


def found(house: House, company_id: str) -> Tenant:
    """Found a company in an open house."""
    steps = FirstSteps(
        company_id=company_id,
        company_name="Benchmark",
        zone="America/Los_Angeles",
        user_id=USER,
        first="Ada",
        last="Administrator",
        email="admin@bench.example",
        password=Secret(PASSWORD),
    )
    store, user = found_company(house.companies, steps, house.chance)
    return Tenant(house=house, store=store, user=user)


def write_settings(directory: Path, simulators: Mapping[str, str], database_url: str = "") -> None:
    """Write where each account is served, and the database where it is not a file of the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    database = f'database_url = "{database_url}"\n' if database_url else ""
    served = "".join(f'{account} = "{address}"\n' for account, address in simulators.items())
    text = f'mode = "embedded"\n{database}\n[simulators]\n{served}'
    (directory / "suitebridge.toml").write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """A connected company and the engine that carries its runs out."""

    tenant: Tenant
    engine: Engine

    def run(self, workflow: str) -> Run:
        """Carry one run out to its end."""
        run = self.tenant.ask_for_run(workflow)
        hand_over(self.tenant.store, run, self.engine)
        self.engine.await_end(run.id, timeout_seconds=_MOST_SECONDS)
        return self.tenant.store.runs.get(run.id) or run


def seconds_of(run: Run) -> float:
    """Give a run's time from its start to its end, as the run log has them."""
    if run.started_at is None or run.ended_at is None:
        raise UnfaithfulRunError(f"The run did not end: {run.state.value} {run.problem_code}")
    return (run.ended_at - run.started_at).total_seconds()


@contextlib.contextmanager
def rigged(task: Task) -> Iterator[Rig]:
    """Open the prepared company over the task's simulator with an engine, until the block ends."""
    with _connected(task) as tenant, profiled(task.profile), working(tenant.house) as engine:
        yield Rig(tenant=tenant, engine=engine)


def measure_run(task: Task, workflow: str, *, switches: frozenset[Switch] = frozenset()) -> Measured:
    """Run one workflow over all its records and time it; `switches` are those of the connection."""
    with rigged(task) as rig:
        tenant = rig.tenant
        tenant.store.connections.save_switches(switches, stamp_for(tenant.user, Door.SETUP))
        with timed(task) as watch:
            run = rig.run(workflow)
            watch.seconds = seconds_of(run)
        tenant.prove(run, workflow, OutcomeKind.CREATED, task.size)
    return watch.measured(task.size)


@contextlib.contextmanager
def _connected(task: Task) -> Iterator[Tenant]:
    """Open the prepared data directory and save the credentials that the simulator issued."""
    write_settings(task.directory, {ACCOUNT_ID: task.address})
    house = open_house(task.directory)
    store = house.companies.store(COMPANY)
    tenant = Tenant(house=house, store=store, user=store.people.administrators()[0])
    tenant.connect(task.credentials)
    try:
        yield tenant
    finally:
        house.close()
