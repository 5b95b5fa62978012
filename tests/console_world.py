"""A small firm with everything the console can show: people of each role, records, runs in several states, a neighbor company.

Used by the scenarios of the console, the browser tests and the screenshots.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from suitebridge.bootstrap import House, open_house
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.intents import Change
from suitebridge.domain.notices import Message, NoticeKind, Recipient
from suitebridge.domain.outcomes import Amount, Outcome, OutcomeKind
from suitebridge.domain.people import (
    ADMINISTRATOR,
    AUDITOR,
    EMPLOYEE,
    INTEGRATION_OPERATOR,
    USER_ADMINISTRATOR,
    Door,
    Permission,
    Role,
    Stamp,
)
from suitebridge.domain.schedules import Schedule, Tick, TickKind, read_timing
from suitebridge.domain.values import Fields
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import NewRun, Run, RunState
from suitebridge.ports.transactions import NewRecord, RecordChange, Settled
from suitebridge.runs.laying import active_ones
from suitebridge.web import houses

COMPANY = "meridian"
NEIGHBOR = "harbor"
PASSWORD = "a long walk by the river"
ROLES: dict[str, Role] = {
    "grace": ADMINISTRATOR,
    "omar": INTEGRATION_OPERATOR,
    "audrey": AUDITOR,
    "emil": EMPLOYEE,
    "ursula": USER_ADMINISTRATOR,
    "clara": Role(
        name="Customer desk", permissions=frozenset({Permission.VIEW_AUDIT_TRAIL}), views=frozenset({"customer"})
    ),
}
_NAMES = {
    "grace": ("Grace", "Kim"),
    "omar": ("Omar", "Haddad"),
    "audrey": ("Audrey", "Lindqvist"),
    "emil": ("Emil", "Šimůnek"),
    "ursula": ("Ursula", "Okafor"),
    "clara": ("Clara", "Reyes"),
}
_CUSTOMERS = (
    "Silverbrook Logistics", "Hafenkontor Medizintechnik", "北星エネルギー", "Østfold Kraft", "Bellweather Insurance",
    "Atelier Peyrot & Fils", "Greenfield Foods", "Quarry Lane Partners", "Nordlicht Verlag", "Cobalt Harbor Shipping",
    "Maple & Main Credit Union", "Três Rios Cerâmica", "Larkspur Health", "Ironwood Rail", "Saffron Textiles",
)  # fmt: skip
NEIGHBOR_RUNS = 30
NEIGHBOR_CUSTOMERS = 600
_CURRENCIES = ("USD", "EUR", "GBP")
HARMFUL = "<script>alert('x')</script><img src=x onerror=alert(1)> & “quoted”"
"""A name that must be shown as it is written."""


class SteeredClock:
    """Time stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Give the moment that was set."""
        return self.moment

    def pass_by(self, span: timedelta) -> None:
        """Let time pass."""
        self.moment += span


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The open house with its clock; `ids` names one record of each kind."""

    house: House
    clock: SteeredClock
    ids: dict[str, str]

    @property
    def store(self) -> CompanyStore:
        """The firm's own store."""
        return self.house.companies.store(COMPANY)

    @property
    def neighbor(self) -> CompanyStore:
        """The other company's store."""
        return self.house.companies.store(NEIGHBOR)


def build_empty(directory: Path) -> World:
    """Open a house without a company and serve it."""
    clock = SteeredClock(datetime.now(UTC))
    house = dataclasses.replace(open_house(directory), clock=clock)
    houses.set_current(house)
    return World(house=house, clock=clock, ids={})


def build(directory: Path) -> World:
    """Open a house, fill it and serve it."""
    world = build_empty(directory)
    ids = _fill(world, COMPANY, "Meridian Consulting", token="mrdn4k2p")
    neighbor = _fill_neighbor(world)
    return dataclasses.replace(world, ids={**ids, "neighbor customer": neighbor})


def _fill(world: World, company: str, name: str, *, token: str) -> dict[str, str]:
    world.house.companies.add(company_id=company, name=name, token=token, zone="Europe/Berlin")
    store = world.house.companies.store(company)
    people = {user_id: _add_person(store, user_id, role) for user_id, role in ROLES.items()}
    stamp = Stamp(author_id=people["grace"], author_name="Grace Kim", door=Door.INTEGRATION)
    _connect(store, dataclasses.replace(stamp, door=Door.COMMAND_LINE))
    ids = _add_records(store, people["emil"], stamp)
    _add_runs(world, store, stamp, ids)
    _automate(world, store, stamp)
    return {**people, "employee": people["emil"], **{kind: many[0] for kind, many in ids.items()}}


def _automate(world: World, store: CompanyStore, stamp: Stamp) -> None:
    """Let the firm have something that runs by itself, and three times of today of which one was skipped and one refused."""
    by = dataclasses.replace(stamp, door=Door.CONSOLE)
    workflows = ("import_employees", "import_customers", "import_projects", "export_invoices")
    store.groups.save(WorkflowGroup(name="Nightly", workflows=workflows), stamp=by)
    timing = read_timing(["mon", "tue", "wed", "thu", "fri"], "07:00 08:00", "")
    store.schedules.save(Schedule(name="Mornings", group="Nightly", timing=timing, zone="Europe/Berlin"), stamp=by)
    hourly = Schedule(
        name="Weekend", group="Nightly", timing=read_timing([], "", "0 6 * * sat,sun"), zone="UTC", is_enabled=False
    )
    store.schedules.save(hourly, stamp=by)
    last, now = store.runs.get("last"), world.clock.now()
    ops = Recipient(name="Ops", url="https://hooks.invalid/suitebridge", digest_hour=7)
    store.notices.save(ops, key=Secret("whsec_QQ=="), stamp=by)
    told = Message(id="msg_1", recipient="Ops", kind=NoticeKind.CHANGE, body="{}", made_at=now)
    store.notices.post({}, [told])
    started = Tick(
        day=now.date(),
        label="07:00",
        at=now + timedelta(hours=1),
        kind=TickKind.STARTED,
        noted_at=now,
        run_id=last.id if last else "",
        missed=2,
    )
    skipped = dataclasses.replace(
        started,
        label="08:00",
        at=now + timedelta(hours=2),
        kind=TickKind.SKIPPED,
        missed=0,
        said="Run 24 of 07:00 still active",
    )
    refused = dataclasses.replace(
        started,
        label="09:00",
        at=now + timedelta(hours=3),
        kind=TickKind.REFUSED,
        missed=0,
        run_id="",
        said="Nobody can own the run",
    )
    for tick in (started, skipped, refused):
        store.schedules.note("Mornings", tick)


def _fill_neighbor(world: World) -> str:
    """Give another company more records and runs than the firm has; give the id of its last customer, which the firm has not."""
    world.house.companies.add(company_id=NEIGHBOR, name="Harbor & Sons", token="hrbr7x9q", zone="UTC")
    store = world.house.companies.store(NEIGHBOR)
    person = _add_person(store, "grace", ADMINISTRATOR)
    stamp = Stamp(author_id=person, author_name="Grace Kim", door=Door.INTEGRATION)
    _connect(store, stamp)
    for _ in range(NEIGHBOR_RUNS):
        run = _ask(world, store, stamp, at=world.clock.now(), workflows=("import_customers",))
    _settle_plain(store, run, "import_customers", 3, skipped=0)
    customers: list[Fields] = [
        {"name": f"Quayside {n}", "netsuite_id": str(9000 + n)} for n in range(NEIGHBOR_CUSTOMERS)
    ]
    return _create(store, "customer", customers, stamp)[-1]


def _add_person(store: CompanyStore, user_id: str, role: Role) -> str:
    first, last = _NAMES[user_id]
    email = f"{user_id}@{store.company.id}.example"
    user = store.people.add(
        user_id=user_id, first=first, last=last, email=email, role=role, password=Secret(PASSWORD), stamp=None
    )
    return user.id


def _connect(store: CompanyStore, stamp: Stamp) -> None:
    account = AccountId.parse("TSTDRV1984736" if store.company.id == COMPANY else "5551234_SB2")
    credentials = TokenCredentials(
        account=account,
        application_id="5F1C-EXAMPLE",
        consumer_key="an-example-consumer-key",
        consumer_secret=Secret("an-example-consumer-secret"),
        token_id="an-example-token-id",
        token_secret=Secret("an-example-token-secret"),
    )
    store.connections.save(draft_of(credentials), stamp)


def _add_records(store: CompanyStore, employee: str, stamp: Stamp) -> dict[str, list[str]]:
    start = date(2026, 1, 5)
    customers: list[Fields] = [
        {"name": title, "company": title, "email": f"accounts@customer{n}.example", "phone": f"+1 555 01{n:02}",
         "currency": _CURRENCIES[n % 3], "active": n != 7, "netsuite_id": str(1200 + n)}
        for n, title in enumerate((*_CUSTOMERS, HARMFUL))
    ]  # fmt: skip
    ids = {"customer": _create(store, "customer", customers, stamp)}
    projects: list[Fields] = [
        {"name": f"{word} {2024 + n % 3}", "customer": ids["customer"][n % 15], "currency": _CURRENCIES[n % 3],
         "start_date": start + timedelta(days=3 * n), "active": True, "project_manager": employee, "netsuite_id": str(3400 + n)}
        for n, word in enumerate(("ERP rollout", "Data platform", "基幹システム刷新", "Cost review", "Treasury") * 8)
    ]  # fmt: skip
    ids["project"] = _create(store, "project", projects, stamp)
    invoices: list[Fields] = [
        {"number": f"INV-26-{n:04}", "customer": ids["customer"][n % 15], "project": ids["project"][n % 40],
         "date": start + timedelta(days=n % 80), "currency": _CURRENCIES[n % 3], "status": "A" if n % 9 else "S", "total": Decimal(1250 + 37 * n)}
        for n in range(120)
    ]  # fmt: skip
    ids["invoice"] = _create(store, "invoice", invoices, stamp)
    charges: list[Fields] = [
        {"invoice": ids["invoice"][n % 120], "type": "T", "description": f"Consulting, week {n // 120 + 1}",
         "quantity": Decimal(8), "rate": Decimal("156.25"), "total": Decimal("1250.00")}
        for n in range(240)
    ]  # fmt: skip
    ids["charge"] = _create(store, "charge", charges, stamp)
    with store.transactions.begin() as unit:
        changes = (
            Change(field="phone", before="+1 555 0100", after="+1 555 0199"),
            Change(field="notes", before=None, after=f"Key account, ask before invoicing. {HARMFUL}"),
        )
        unit.change_records([RecordChange(type="customer", id=ids["customer"][0], version="", changes=changes)], stamp)
    return ids


def _create(store: CompanyStore, record_type: str, rows: list[Fields], stamp: Stamp) -> list[str]:
    with store.transactions.begin() as unit:
        ids = list(unit.reserve_ids(len(rows)))
        unit.create_records(
            [NewRecord(type=record_type, id=id_, fields=row) for id_, row in zip(ids, rows, strict=True)], stamp
        )
    return ids


def _add_runs(world: World, store: CompanyStore, stamp: Stamp, ids: dict[str, list[str]]) -> None:
    now, active = world.clock.now(), tuple(active_ones(world.house.shipped))
    for days in range(24, 4, -1):
        run = _ask(world, store, stamp, at=now - timedelta(days=days), workflows=("import_customers",))
        _end(store, run, RunState.COMPLETED, lasted=timedelta(seconds=9 + days))
    _rehearse(world, store, stamp, ids["customer"])
    failed = _ask(world, store, stamp, at=now - timedelta(days=2), workflows=active)
    store.runs.enter(failed.id, RunState.RUNNING, at=failed.asked_at)
    store.runs.enter(
        failed.id,
        RunState.FAILED,
        at=failed.asked_at + timedelta(seconds=3),
        problem_code="NS-AUTH-001",
        problem_facts={"account": failed.account_id, "said": "Invalid login attempt."},
    )
    full = _ask(world, store, stamp, at=now - timedelta(hours=3), workflows=active, is_full=True)
    store.runs.enter(full.id, RunState.RUNNING, at=full.asked_at + timedelta(seconds=1))
    store.runs.count_recovery(full.id)
    _settle_customers(store, full, ids["customer"])
    _settle_plain(store, full, "import_employees", 248, skipped=6)
    _settle_plain(store, full, "import_projects", 40, skipped=4, ids=ids["project"])
    _settle_plain(store, full, "import_services", 38, skipped=0)
    _settle_plain(store, full, "import_expense_items", 25, skipped=0)
    _settle_time(store, full)
    _settle_plain(store, full, "export_expense_reports", 150, skipped=0)
    _settle_invoices(store, full, ids["invoice"])
    _end(store, full, RunState.COMPLETED_WITH_ERRORS, lasted=timedelta(seconds=47))
    running = _ask(world, store, stamp, at=now - timedelta(seconds=21), workflows=active)
    store.runs.enter(running.id, RunState.RUNNING, at=running.asked_at + timedelta(seconds=1))
    _settle_plain(store, running, "import_employees", 248, skipped=6)
    _settle_plain(store, running, "import_customers", 16, skipped=0, ids=ids["customer"], left=5)


def _rehearse(world: World, store: CompanyStore, stamp: Stamp, customers: list[str]) -> None:
    at = world.clock.now() - timedelta(days=4)
    dry = _ask(world, store, stamp, at=at, workflows=("import_customers",), is_dry=True)
    store.runs.enter(dry.id, RunState.RUNNING, at=at)
    store.runs.begin_workflow(dry.id, "import_customers", since="")
    changes = (
        Change(field="phone", before="+49 30 1234", after="+49 30 5678"),
        Change(field="email", before="", after="office@example.com"),
    )
    settled = [
        Settled(
            source_version="1",
            outcome=Outcome(
                kind=OutcomeKind.UPDATED if known else OutcomeKind.CREATED,
                source_id=str(500 + n),
                title=f"Customer {n + 1}",
                target_id=known,
                changed_fields=("phone", "email"),
            ),
            differences=changes,
        )
        for n, known in enumerate((*customers[:4], "", ""))
    ]
    with store.transactions.begin() as unit:
        unit.settle(dry.id, "import_customers", settled)
        unit.save_checkpoint(dry.id, "import_customers", after_id="", is_finished=True)
    store.runs.enter(dry.id, RunState.COMPLETED, at=at + timedelta(seconds=4))


def _ask(
    world: World,
    store: CompanyStore,
    stamp: Stamp,
    *,
    at: datetime,
    workflows: tuple[str, ...],
    is_full: bool = False,
    is_dry: bool = False,
) -> Run:
    connection = store.connections.get()
    return store.runs.add(
        NewRun(
            id=world.house.chance.token(20),
            account_id=connection.account_id if connection is not None else "",
            workflows=workflows,
            owner_id=stamp.author_id,
            owner_name=stamp.author_name,
            started_by="Omar Haddad" if len(workflows) == 1 else stamp.author_name,
            is_full=is_full,
            is_dry=is_dry,
            asked_at=at,
            mapping_versions={name: fingerprint_workflow(world.house.shipped[name]) for name in workflows},
        )
    )


def _end(store: CompanyStore, run: Run, state: RunState, *, lasted: timedelta) -> None:
    if run.workflows == ("import_customers",):
        store.runs.enter(run.id, RunState.RUNNING, at=run.asked_at)
        _settle_plain(store, run, "import_customers", 15, skipped=1)
    store.runs.enter(run.id, state, at=run.asked_at + lasted)


def _settle(store: CompanyStore, run: Run, workflow: str, outcomes: list[Outcome], *, left: int = 0) -> None:
    store.runs.begin_workflow(run.id, workflow, since="")
    waiting = [(str(90_000 + n), "1") for n in range(left)]
    store.runs.freeze(run.id, workflow, [*((outcome.source_id, "1") for outcome in outcomes), *waiting])
    with store.transactions.begin() as unit:
        unit.settle(run.id, workflow, [Settled(source_version="1", outcome=outcome) for outcome in outcomes])
        unit.save_checkpoint(run.id, workflow, after_id=outcomes[-1].source_id, is_finished=not left)


def _settle_plain(
    store: CompanyStore,
    run: Run,
    workflow: str,
    count: int,
    *,
    skipped: int,
    ids: list[str] | None = None,
    left: int = 0,
) -> None:
    outcomes = [
        Outcome(
            kind=OutcomeKind.SKIPPED if n < skipped else OutcomeKind.CREATED if run.is_full else OutcomeKind.UNCHANGED,
            source_id=str(500 + n),
            title=f"{workflow.partition('_')[2].replace('_', ' ').capitalize()} {n + 1}",
            target_id=ids[n % len(ids)] if ids else str(700 + n),
            reason="It is inactive in NetSuite." if n < skipped else "",
            amount=Amount(unit="EUR", value=Decimal("84.10") + n) if workflow == "export_expense_reports" else None,
        )
        for n in range(count)
    ]
    _settle(store, run, workflow, outcomes, left=left)


def _settle_customers(store: CompanyStore, run: Run, ids: list[str]) -> None:
    outcomes = [
        Outcome(kind=OutcomeKind.CREATED, source_id=str(1200 + n), title=title, target_id=ids[n])
        for n, title in enumerate((*_CUSTOMERS, HARMFUL))
    ]
    outcomes[4] = dataclasses.replace(
        outcomes[4], kind=OutcomeKind.UPDATED, changed_fields=("email", "phone"), refused_fields=("active",)
    )
    facts = {
        "record": "customer Halvorsen Group",
        "count": "2",
        "key": "name",
        "value": "Halvorsen Group",
        "netsuite_id": "1240",
    }
    doubled = Problem(code="SB-CONF-002", facts=facts)
    outcomes.append(Outcome(kind=OutcomeKind.CONFLICTED, source_id="1240", title="Halvorsen Group", problem=doubled))
    _settle(store, run, "import_customers", outcomes)


def _settle_time(store: CompanyStore, run: Run) -> None:
    outcomes = []
    for n in range(900):
        outcome = Outcome(
            kind=OutcomeKind.CREATED,
            source_id=str(10_000 + n),
            title=f"Prepared steering committee {n + 1}",
            target_id=str(880_000 + n),
            amount=Amount(unit="hours", value=Decimal("7.75")),
        )
        if n % 60 == 7:
            facts = {
                "record": outcome.title,
                "label": "employee",
                "field": "employee",
                "table": "employee",
                "value": "e-117",
            }
            problem = Problem(code="SB-BLK-001", facts=facts)
            outcome = dataclasses.replace(outcome, kind=OutcomeKind.BLOCKED, target_id="", problem=problem)
        elif n == 411:
            facts = {
                "record": outcome.title,
                "said": "The connection ended while the answer was awaited.",
                "external_id": "sb_mrdn4k2p_time_entry_10411",
            }
            problem = Problem(code="NS-UNK-001", facts=facts, effect=Effect.UNKNOWN)
            outcome = dataclasses.replace(outcome, kind=OutcomeKind.UNKNOWN, target_id="", problem=problem)
        outcomes.append(outcome)
    _settle(store, run, "export_time_entries", outcomes)


def _settle_invoices(store: CompanyStore, run: Run, ids: list[str]) -> None:
    outcomes = []
    for n, id_ in enumerate(ids):
        outcome = Outcome(
            kind=OutcomeKind.CREATED,
            source_id=id_,
            title=f"INV-26-{n:04}",
            target_id=str(61_000 + n),
            amount=Amount(unit=_CURRENCIES[n % 3], value=Decimal("13387.34") + 41 * n),
        )
        if n in {20, 50}:
            said = f"Please enter value(s) for: Department. Line {n // 10}."
            problem = Problem(code="NS-DATA-001", facts={"record": f"invoice {outcome.title}", "said": said})
            outcome = dataclasses.replace(outcome, kind=OutcomeKind.FAILED, target_id="", problem=problem)
        outcomes.append(outcome)
    _settle(store, run, "export_invoices", outcomes)
