"""A company, its NetSuite account and the whole catalog in memory: runs are carried out at once and may be stopped anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import cast

from suitebridge.catalog import CATALOG
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.people import ADMINISTRATOR, Door, Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.domain.values import Value
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import Company, CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway, OutgoingRecord, Page, ReadRequest, WriteAnswer
from suitebridge.ports.netsuite_account import OutgoingChange
from suitebridge.ports.runs import ENDED_STATES, Run, RunLog
from suitebridge.ports.transactions import NewRecord
from suitebridge.runs.laying import workflows_of
from suitebridge.runs.reviewing import RunReport, report_run
from suitebridge.runs.starting import RunRequest, ask_for_run
from suitebridge.runs.transferring import RunDesk, carry_out
from tests.fakes.clock import CountingChance, SteppingClock
from tests.fakes.engine import RememberedSteps
from tests.fakes.kpoints import READING_CALLS, Fuse, Moment, k_point
from tests.fakes.netsuite import MemoryNetSuite
from tests.fakes.store import MemoryStore
from tests.fakes.store_runs import MemoryRuns
from tests.fakes.store_units import MemoryUnit

_MOST_HAND_OVERS = 5


class FusedNetSuite(MemoryNetSuite):
    """Dies just before or just after a call has reached NetSuite."""

    fuse: Fuse = Fuse()

    def fetch(self, request: ReadRequest) -> Page:
        self.fuse.pass_by("", Moment.BEFORE)
        return super().fetch(request)

    def upsert(
        self, record_type: str, records: Sequence[OutgoingRecord], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        with self.fuse.around("gateway.upsert"):
            return super().upsert(record_type, records, is_halted=is_halted)

    def update(
        self, record_type: str, changes: Sequence[OutgoingChange], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        with self.fuse.around("gateway.update"):
            return super().update(record_type, changes, is_halted=is_halted)


class FusedRuns:
    """A run log that dies just before or just after it has written something."""

    def __init__(self, runs: RunLog, store: FusedStore) -> None:
        self._runs, self._store = runs, store

    def __getattr__(self, name: str) -> Callable[..., object]:
        known: Callable[..., object] = getattr(self._runs, name)
        if name in READING_CALLS:
            return known

        def call(*given: object, **named: object) -> object:
            with self._store.fuse.around(f"runs.{name}"):
                return known(*given, **named)

        return call


class FusedStore(MemoryStore):
    """Dies just before a transaction, in it, or just after its commit, and around each write of the run log."""

    def __init__(self, company: Company, clock: Clock) -> None:
        super().__init__(company, clock)
        self.fuse = Fuse()
        self.runs = cast("MemoryRuns", FusedRuns(self.runs, self))

    @contextmanager
    def begin(self) -> Iterator[MemoryUnit]:
        point = k_point("transactions.begin")
        if point is None:
            with super().begin() as unit:
                yield unit
            return
        self.fuse.pass_by(point.name, Moment.BEFORE)
        with super().begin() as unit:
            yield unit
            self.fuse.pass_by(point.name, Moment.WITHIN)
        self.fuse.pass_by(point.name, Moment.AFTER)


class Firm:
    """One company with an administrator, a connection, and a NetSuite account of its own."""

    def __init__(self, workflows: Mapping[str, Workflow] | None = None) -> None:
        self.clock, self.chance = SteppingClock(), CountingChance()
        self.netsuite, self.store = (
            FusedNetSuite(),
            FusedStore(Company(id="acme", name="Acme", token="acme0001", zone="UTC"), self.clock),
        )
        self.netsuite.fuse = self.store.fuse = Fuse()
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
        self.connect(self.netsuite.account.value)
        self.workflows = CATALOG if workflows is None else workflows
        self.steps: dict[str, RememberedSteps] = {}
        self.is_halted: Callable[[], bool] = lambda: False

    def connect(self, account: str) -> None:
        """Save the credentials of an account."""
        credentials = TokenCredentials(
            account=AccountId(value=account),
            application_id="",
            consumer_key="k",
            consumer_secret=Secret("an-example-secret"),
            token_id="t",
            token_secret=Secret("an-example-secret"),
        )
        self.store.connections.save(draft_of(credentials), self.stamp)
        self.store.connections.link(Relink.OTHER, self.stamp)

    def add(self, record_type: str, **fields: Value) -> str:
        """Enter a workspace record and give its id."""
        with self.store.begin() as unit:
            (record_id,) = unit.reserve_ids(1)
            unit.create_records([NewRecord(type=record_type, id=record_id, fields=fields)], self.stamp)
        return record_id

    def record(self, record_type: str, record_id: str) -> dict[str, Value]:
        """Show a workspace record's fields."""
        (record,) = self.store.records.fetch(record_type, [record_id], ())
        return dict(record.fields)

    def ask(self, *workflows: str, is_full: bool = False, is_dry: bool = False, since: date | None = None) -> Run:
        """Ask for a run, in whatever order the stories tell."""
        request = RunRequest(workflows=workflows, is_full=is_full, is_dry=is_dry, without_needed=True, since=since)
        known = workflows_of(self.store, self.workflows)
        return ask_for_run(
            self.store, known, request, user=self.user, door=Door.CONSOLE, clock=self.clock, chance=self.chance
        )

    def carry_out(self, run: Run) -> RunReport:
        """Carry a run out, or go on with it, and report it."""
        steps = self.steps.setdefault(run.id, RememberedSteps(self.netsuite.fuse))
        steps.taken = 0
        desk = RunDesk(
            store=self.store,
            open_gateway=self._open,
            shipped=self.workflows,
            clock=self.clock,
            chance=self.chance,
            is_halted=self.is_halted,
        )
        carry_out(desk, run.id, steps)
        return self.report(run)

    def go_on(self, run: Run) -> RunReport:
        """Carry a run out until it has ended or rests, as the worker does: one that has done neither is handed over anew."""
        for _ in range(_MOST_HAND_OVERS):
            report = self.carry_out(run)
            if report.run.state in ENDED_STATES or report.run.rests:
                break
            del self.steps[run.id]
        return report

    def _open(self, store: CompanyStore) -> NetSuiteGateway:
        return self.netsuite

    def run(self, *workflows: str, is_full: bool = False, since: date | None = None) -> RunReport:
        """Ask for a run and carry it out; NetSuite's clock goes on by a day before, so that nothing is in the overlap by chance."""
        self.netsuite.pass_time(86_400)
        return self.carry_out(self.ask(*workflows, is_full=is_full, since=since))

    def report(self, run: Run) -> RunReport:
        """Report a run as it stands."""
        current = self.store.runs.get(run.id)
        assert current is not None
        return report_run(self.store, workflows_of(self.store, self.workflows, version=current.configuration), current)

    def die_at(self, instant: int) -> None:
        """Let the process die at the so-manieth instant from now; 0 lets it live."""
        self.burn(Fuse(dies_at=instant))

    def burn(self, fuse: Fuse) -> None:
        """Let the process die as a fuse says from now on."""
        self.netsuite.fuse = self.store.fuse = fuse
        for steps in self.steps.values():
            steps.fuse = fuse


def marked(**fields: Value) -> dict[str, Value]:
    """Give the fields of a NetSuite record that is marked for integration."""
    return {"custentity_oa_export_to_openair": True, "isInactive": False, **fields}


def furnish(firm: Firm) -> None:
    """Give the firm a customer, an employee, a project, a service and an expense item, known on the NetSuite side only."""
    world = firm.netsuite
    euro = world.add("currency", symbol="EUR", name="Euro")
    customer = world.add("customer", **marked(entityId="Straße & Söhne", stage="Customer", currency=euro))
    manager = world.add("employee", **marked(entityId="Ann Lee", firstName="Ann", lastName="Lee", currency=euro))
    world.add(
        "job", **marked(entityId="P1", companyName="Roll-out", parent=customer, projectManager=manager, currency=euro)
    )
    world.add("item", itemId="Consulting", itemType="Service", subtype="Sale", isInactive=False)
    world.add("expenseCategory", name="Hotel", isInactive=False)


def enter_time(firm: Firm, count: int) -> list[str]:
    """Enter an approved week of time entries for the imported employee, project and service; give their ids."""
    employee, project, service = (
        firm.store.records.find(kind, field_, [name])[name][0]
        for kind, field_, name in (
            ("employee", "nickname", "Ann Lee"),
            ("project", "name", "Roll-out"),
            ("service", "name", "Consulting"),
        )
    )
    sheet = firm.add("timesheet", name="Week 10", employee=employee, starts=date(2026, 3, 2), status="A")
    entry: dict[str, Value] = {
        "timesheet": sheet,
        "employee": employee,
        "project": project,
        "service": service,
        "date": date(2026, 3, 2),
        "hours": Decimal("7.5"),
        "billable": True,
    }
    with firm.store.begin() as unit:
        ids = unit.reserve_ids(count) if count else ()
        entries = [
            NewRecord(type="time_entry", id=one, fields={**entry, "notes": f"Day {number}"})
            for number, one in enumerate(ids)
        ]
        unit.create_records(entries, firm.stamp)
    return list(ids)
