"""A whole firm in one process: a workspace, the connector, and a simulated NetSuite account behind a line in memory, in virtual time.

What it does is decided by whoever acts in it; it only obeys, dies where it is told to, and starts again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from netsuite_simulator.account import Account, Stored
from netsuite_simulator.clock import ACCOUNT_ZONE
from suitebridge.adapters.settings.files import Settings
from suitebridge.administration.releasing import release_runs
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.intents import Change
from suitebridge.domain.people import ADMINISTRATOR, Door, Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.domain.values import Value
from suitebridge.ports.companies import Company
from suitebridge.ports.engine import Steps
from suitebridge.ports.netsuite import OutgoingRecord
from suitebridge.ports.runs import ENDED_STATES, Halt, Run
from suitebridge.ports.transactions import NewRecord, RecordChange
from suitebridge.runs import cancelling, exporting, importing
from suitebridge.runs.starting import RunRequest, ask_for_run, hand_over_unfinished
from suitebridge.runs.steering import Steering, steer
from suitebridge.wire.http import Request
from tests.fakes.deaths import ProcessDiedError
from tests.fakes.engine import MemoryEngine
from tests.fakes.kpoints import Fuse
from tests.fakes.runs import FusedStore
from tests.fakes.standard import STANDARD as CATALOG
from tests.fakes.store_state import State
from tests.simulation.lines import ORIGIN, Doors, VirtualLoop
from tests.simulation.mortals import AccountTime, HouseClock, MortalTransport, SeededChance, WorldGateways
from tests.simulation.workers import LEASE_IS_OVER, carry_under_lease, dispatch

BATCH = 3
"""Records that travel together here: pages and batches have edges although histories are small."""

_MOST_HAND_OVERS = 5
_ROBOT = "robot@example.com"
_LOCKED_SECONDS = 1_900.0
"""NetSuite lets somebody in again half an hour after too many refusals (netsuite-api.md §2.5)."""

MARK = "custentity_oa_export_to_openair"
_MARKED: Mapping[str, Any] = {MARK: True}
SMALLER = (importing, exporting, cancelling)


@dataclass(slots=True)
class Backup:
    """A backup of both of the house's databases."""

    state: State
    engine: MemoryEngine
    sent: frozenset[str]


@dataclass(slots=True)
class Ledger:
    """What the world has seen itself, apart from anything the house believes."""

    requests: int = 0
    writes: int = 0
    sent: set[str] = field(default_factory=set)
    """External ids that left for NetSuite at some time."""

    breaches: list[str] = field(default_factory=list)
    """What was wrong at the moment it happened."""

    deleted: set[str] = field(default_factory=set)
    """External ids of records that somebody deleted in NetSuite."""

    forgotten: set[str] = field(default_factory=set)
    """External ids whose claims a restored backup does not know."""


class World:
    """One firm. `fuse` decides when its process dies; `deaths` counts how often it did."""

    def __init__(self, seed: int) -> None:
        self.loop = VirtualLoop()
        self.random = random.Random(seed)
        self.account = Account(clock=AccountTime(self.loop))
        self.doors = Doors(self.loop, self.account)
        self.clock = HouseClock(self.loop)
        self.chance = SeededChance(random.Random(seed))
        self.fuse, self.ledger, self.engine = Fuse(), Ledger(), MemoryEngine()
        self.deaths = self.names = 0
        self.is_patient = False
        self.store = FusedStore(Company(id="acme", name="Acme", token="acme0001", zone="Europe/Berlin"), self.clock)
        self.user = self.store.people.add(
            user_id="ada",
            first="Ada",
            last="Admin",
            email="",
            role=ADMINISTRATOR,
            password=Secret("long enough"),
            stamp=None,
        )
        self.stamp = Stamp(author_id=self.user.id, author_name=self.user.name, door=Door.CONSOLE)
        self.backup: Backup | None = None
        self.role = self.account.roles.connector
        self.permissions = dict(self.role.permissions)
        self.integration = self.account.integrations.add("SuiteBridge")
        self.token = self.account.tokens.add(self.integration, self.role, user=_ROBOT)
        self.sign_in()
        self.store.connections.link(Relink.OTHER, self.stamp)
        self.is_at_work = False
        self.lost_at: tuple[int, ...] = ()
        self.gateways = self.new_gateways(mine=True)
        self._furnish()

    # --- the two sides ---

    def name(self, word: str) -> str:
        """Give a name that nobody has."""
        self.names += 1
        return f"{word} {self.names}"

    def _furnish(self) -> None:
        add = self.account.add
        self.euro = add("currency", name="Euro", symbol="EUR", exchangeRate=1, isBaseCurrency=True).id
        self.subsidiary = add("subsidiary", name="Firm", country="DE", currency=self.euro).id
        income = add("account", acctName="Consulting", acctNumber="4000", acctType="Income").id
        self.expense = add("account", acctName="Travel", acctNumber="6000", acctType="Expense").id
        add("accountingPeriod", periodName="2026", startDate=date(2026, 1, 1), endDate=date(2026, 12, 31))
        add("serviceSaleItem", itemId="Consulting", incomeAccount=income)
        add("expenseCategory", name="Hotel", expenseAcct=self.expense)
        self.add_customer()
        self.add_employee()
        self.add_job()

    def add_customer(self) -> str:
        """Let somebody add a customer in NetSuite."""
        name = self.name("Customer")
        return self.account.add(
            "customer",
            entityId=name,
            companyName=name,
            stage="Customer",
            subsidiary=self.subsidiary,
            currency=self.euro,
            **_MARKED,
        ).id

    def add_employee(self) -> str:
        """Let somebody add an employee in NetSuite."""
        name = self.name("Ann")
        return self.account.add(
            "employee",
            entityId=name,
            firstName="Ann",
            lastName=name,
            subsidiary=self.subsidiary,
            currency=self.euro,
            **_MARKED,
        ).id

    def add_job(self) -> str:
        """Let somebody add a project of some customer in NetSuite."""
        name = self.name("Project")
        parent = self.random.choice(self.stored("customer")).id
        return self.account.add("job", entityId=name, companyName=name, parent=parent, currency=self.euro, **_MARKED).id

    def stored(self, record_type: str) -> list[Stored]:
        """Show every NetSuite record of a type."""
        found, _ = self.account.search(record_type, [], limit=10_000)
        return list(found)

    def add(self, record_type: str, **fields: Value) -> str:
        """Let somebody enter a workspace record."""
        with self.store.begin() as unit:
            (record_id,) = unit.reserve_ids(1)
            unit.create_records([NewRecord(type=record_type, id=record_id, fields=fields)], self.stamp)
        return record_id

    def change(self, record_type: str, record_id: str, **fields: Value) -> None:
        """Let somebody edit a workspace record."""
        changes = tuple(Change(field=name, before=None, after=value) for name, value in fields.items())
        with self.store.begin() as unit:
            unit.change_records([RecordChange(type=record_type, id=record_id, version="", changes=changes)], self.stamp)

    # --- the connector ---

    def sign_in(self) -> None:
        """Save the credentials of the present token."""
        given = self.account.tokens.credentials(self.account.id, self.token)
        credentials = TokenCredentials(
            account=AccountId(value=given.account_id),
            application_id=given.application_id,
            consumer_key=given.consumer_key,
            consumer_secret=Secret(given.consumer_secret),
            token_id=given.token_id,
            token_secret=Secret(given.token_secret),
        )
        self.store.connections.save(draft_of(credentials), self.stamp)

    def new_gateways(self, *, mine: bool = False) -> WorldGateways:
        """Open gateways: those of this world's process send nothing without its lease."""

        def refusal() -> str:
            return LEASE_IS_OVER if mine and self.lost_at else ""

        return WorldGateways(
            settings=Settings(simulators={self.account.id: ORIGIN}),
            clock=self.clock,
            chance=self.chance,
            transport=MortalTransport(self.doors, self.loop, self, refusal),
        )

    def ask(self, *workflows: str, is_full: bool = False) -> Run:
        """Ask for a run."""
        return ask_for_run(
            self.store,
            CATALOG,
            RunRequest(workflows=workflows, is_full=is_full, without_needed=True),
            user=self.user,
            door=Door.CONSOLE,
            clock=self.clock,
            chance=self.chance,
        )

    def work(self) -> None:
        """Let the worker do what there is to do; a process that dies starts again with the next call."""
        self.store.fuse = self.fuse
        try:
            dispatch(self)
            hand_over_unfinished([self.store], self.engine)
            self.engine.work(self._carry_out, self.fuse)
        except ProcessDiedError:
            self.restart()

    def restart(self) -> None:
        """Start the process anew: what was in memory is gone, and connections are."""
        self.deaths += 1
        self.fuse = self.store.fuse = Fuse()
        self.store._is_open = False
        self.lost_at = ()
        self.gateways.close()
        self.gateways = self.new_gateways(mine=True)

    def _carry_out(self, company: str, run_id: str, steps: Steps) -> None:
        carry_under_lease(self, run_id, steps)

    def run_to_rest(self, *workflows: str, is_full: bool = False) -> Run:
        """Ask for a run and work until nothing is left to do."""
        run = self.ask(*workflows, is_full=is_full)
        for _ in range(_MOST_HAND_OVERS):
            self.work()
            run = self.store.runs.get(run.id) or run
            if run.state in ENDED_STATES or run.rests:
                break
        return run

    # --- misfortune, and its end ---

    def doom(self, fuse: Fuse) -> None:
        """Let the process die as a fuse says; what others were to do meanwhile stays as it was."""
        fuse.meanwhile = self.fuse.meanwhile
        self.fuse = fuse

    def reconnect(self) -> None:
        """Let an administrator make a new token and save it, and NetSuite forget how often it refused a sign-in."""
        self.loop.let_pass(_LOCKED_SECONDS)
        self.account.revoke(self.token)
        self.token = self.account.tokens.add(self.integration, self.role, user=_ROBOT)
        self.sign_in()
        release_runs(self.store, self.stamp)

    def regain_permissions(self) -> None:
        """Let an administrator give the role back what it had."""
        for name, level in self.permissions.items():
            self.account.roles.grant(self.role, name, level)

    def calm_down(self) -> None:
        """Let every fault that is planned be forgotten."""
        self.account.faults.clear()
        self.account.governance.share(0, seconds=1)
        self.doors.open()

    def make_peace(self) -> None:
        """End every fault and let an administrator put right what only a person can: credentials, permissions, zone, records at rest."""
        self.calm_down()
        self.fuse.meanwhile.clear()
        self.fuse = Fuse()
        self.loop.let_pass(600)
        self.regain_permissions()
        self.reconnect()
        self.clock.offset_seconds = self.account.clock.offset_seconds
        self.account.clock.zone = ZoneInfo(ACCOUNT_ZONE)
        for kind in ("customer", "employee", "job"):
            for stored in self.stored(kind):
                if stored.values.get("isInactive"):
                    self.account.bump(kind, stored.id, isInactive=False)
        for run in self.store.runs.unfinished():
            if run.halt is Halt.PAUSE:
                steer(self.store, run, Steering.RESUME, user=self.user, door=Door.CONSOLE)
        for _ in range(_MOST_HAND_OVERS):
            self.work()

    # --- looking ---

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret of every token."""
        return (self.integration.consumer_secret, *(one.secret for one in self.account.tokens))

    def is_marked(self, record_type: str, stored: Stored) -> bool:
        """Say whether a NetSuite record is to be imported."""
        values = stored.values
        if values.get("isInactive") or not values.get(MARK):
            return False
        return record_type != "customer" or values.get("stage") == "Customer"

    def is_due(self, record_type: str, fields: Mapping[str, Value]) -> bool:
        """Say whether a workspace record is to be exported."""
        if record_type != "time_entry":
            return fields.get("status") == "A"
        sheet = self.store.state.records.get(("timesheet", int(str(fields["timesheet"]))))
        return sheet is not None and sheet[1].get("status") == "A"

    def revisions(self) -> Mapping[object, int]:
        """Tell how often each workspace record was written, and how many records were sent."""
        here: dict[object, int] = {key: revision for key, (revision, _) in self.store.state.records.items()}
        here["netsuite"] = self.ledger.writes
        return here

    def note_request(self, request: Request) -> None:
        """See a request leave."""
        self.ledger.requests += 1
        if self.store._is_open:
            self.ledger.breaches.append(f"a request left within a transaction: {request.url}")

    def note_writes(self, record_type: str, records: Sequence[OutgoingRecord]) -> None:
        """See records leave: each of them has to be claimed and committed (I4), under an external id (I5)."""
        if self.store._is_open:
            self.ledger.breaches.append("I4: records left before their claim was committed")
        claimed = {one.external_id for one in self.store.state.bindings.values()}
        for record in records:
            if record.external_id not in claimed:
                self.ledger.breaches.append(f"I4: {record_type} {record.external_id} left without a claim")
            self.ledger.sent.add(record.external_id)
            self.ledger.writes += 1

    # --- backups ---

    def back_up(self) -> Backup:
        """Copy both databases."""
        return Backup(state=self.store.state.copied(), engine=self.engine.copied(), sent=frozenset(self.ledger.sent))

    def restore(self, backup: Backup) -> None:
        """Put a backup in the place of both databases, and start anew."""
        self.ledger.forgotten |= self.ledger.sent - backup.sent
        self.store.state, self.engine = backup.state.copied(), backup.engine.copied()
        self.restart()

    def close(self) -> None:
        """Take everything down."""
        self.gateways.close()
        self.doors.close()
        self.account.close()
        self.loop.close()


@contextmanager
def small_batches() -> Iterator[None]:
    """Let few records travel together while the block runs."""
    sizes = [(vars(module), vars(module)["BATCH_SIZE"]) for module in SMALLER]
    for names, _ in sizes:
        names["BATCH_SIZE"] = BATCH
    try:
        yield
    finally:
        for names, size in sizes:
            names["BATCH_SIZE"] = size


def amount(source: random.Random, most: int = 900) -> Decimal:
    """Give an amount with cents."""
    return Decimal(source.randrange(1, most * 100)) / 100
