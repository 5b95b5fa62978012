"""A process that dies at any K-point, twice in a row, loses nothing and doubles nothing: every workflow, every moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.domain.errors import Problem, RetryLaterError
from suitebridge.domain.people import Door
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import Run, RunState
from suitebridge.runs.steering import Steering, steer
from tests.fakes.deaths import ProcessDiedError
from tests.fakes.kpoints import CARRYING, Fuse, Moment
from tests.fakes.runs import Firm, enter_time, furnish
from tests.fakes.standard import STANDARD as CATALOG
from tests.fakes.updates import CATALOG_OF_UPDATES, edit

IMPORTS = tuple(name for name, workflow in CATALOG.items() if workflow.direction is Direction.IMPORT)
DEATHS = 2


def firm_before(workflow: str, catalog: Mapping[str, Workflow] = CATALOG) -> Firm:
    """Give a firm whose next run of a workflow has something of everything to do."""
    firm = Firm(catalog)
    furnish(firm)
    if CATALOG[workflow].direction is Direction.IMPORT:
        firm.netsuite.add("customer", entityId="Lead", stage="Lead")
        return firm
    firm.run(*IMPORTS)
    enter_time(firm, 2)
    employee, customer, service, item = (
        firm.store.records.find(kind, "netsuite_id", [netsuite_id])[netsuite_id][0]
        for kind, netsuite_id in (("employee", "3"), ("customer", "2"), ("service", "5"), ("expense_item", "6"))
    )
    sheet = firm.add(
        "expense_report", number="E-1", employee=employee, currency="EUR", date=date(2026, 3, 6), status="A"
    )
    firm.add(
        "receipt", expense_report=sheet, expense_item=item, date=date(2026, 3, 5), quantity=Decimal(1), total=Decimal(9)
    )
    bill = firm.add(
        "invoice",
        number="I-1",
        customer=customer,
        date=date(2026, 3, 31),
        currency="EUR",
        status="A",
        total=Decimal(50),
    )
    firm.add(
        "charge", invoice=bill, type="T", service=service, quantity=Decimal(1), rate=Decimal(50), total=Decimal(50)
    )
    nobody = firm.add("employee", nickname="Nobody")
    stuck = firm.add("timesheet", employee=nobody, starts=date(2026, 3, 2), status="A")
    firm.add("time_entry", timesheet=stuck, employee=nobody, date=date(2026, 3, 2), hours=Decimal(1))
    return firm


def refused_at_the_door(firm: Firm) -> None:
    """Let NetSuite turn everything away from the first write on, or the first page."""
    firm.netsuite.turn_away(RetryLaterError(Problem(code="NS-OUT-001", facts={"said": "maintenance"})), times=50)


def paused(firm: Firm) -> None:
    """Let somebody pause the run before it begins."""
    steer(firm.store, firm.store.runs.unfinished()[-1], Steering.PAUSE, user=firm.user, door=Door.CONSOLE)


def corrected(firm: Firm) -> None:
    """Let one entry be edited after it was exported."""
    firm.run("export_time_entries")
    (first, _) = firm.netsuite.stored("timeBill")
    (entry,) = firm.store.records.find("time_entry", "netsuite_id", [first.id])[first.id]
    edit(firm, "time_entry", entry, notes="Corrected")


def undisturbed(firm: Firm) -> None:
    """Let nothing happen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A run of one workflow, and what happens before it is carried out; `is_later`: before it is asked for, and what was exported may be changed."""

    workflow: str
    befalls: Callable[[Firm], None]
    is_dry: bool = False
    is_later: bool = False

    def begin(self) -> tuple[Firm, Run]:
        firm = firm_before(self.workflow, CATALOG_OF_UPDATES if self.is_later else CATALOG)
        if self.is_later:
            self.befalls(firm)
        firm.netsuite.pass_time(86_400)
        run = firm.ask(self.workflow, is_dry=self.is_dry)
        if not self.is_later:
            self.befalls(firm)
        return firm, run


PLANS = (
    *(Plan(name, undisturbed) for name in CATALOG),
    Plan("export_time_entries", refused_at_the_door),
    Plan("import_customers", refused_at_the_door),
    Plan("export_invoices", paused),
    Plan("export_time_entries", undisturbed, is_dry=True),
    Plan("export_time_entries", corrected, is_later=True),
)


def deaths(plan: Plan) -> Iterator[tuple[str, Moment, int]]:
    """Carry the run out undisturbed and tell each moment at which it could have died."""
    firm, run = plan.begin()
    fuse = Fuse()
    firm.burn(fuse)
    firm.carry_out(run)
    passages: Counter[tuple[str, Moment]] = Counter()
    for point, moment in fuse.passed:
        if point:
            yield point, moment, passages[point, moment]
            passages[point, moment] += 1


def standing(firm: Firm, run: Run) -> Mapping[str, object]:
    """Tell everything that must not depend on how often a process died: ids, numbers and moments aside."""
    types = {name for workflow in CATALOG.values() for name in (workflow.source_type, workflow.target_type)}
    report = firm.report(run)
    return {
        "netsuite": {
            name: sorted((one.external_id, repr(sorted(one.fields.items()))) for one in firm.netsuite.stored(name))
            for name in types
        },
        "workspace": sorted(
            repr(sorted((name, value) for name, value in fields.items() if name != "exported"))
            for _, fields in firm.store.state.records.values()
        ),
        "bindings": {
            key: (one.netsuite_id, one.state, one.external_id) for key, one in firm.store.state.bindings.items()
        },
        "counts": {one.name: (one.tally.adds_up, one.tally.counts, one.tally.written_sums) for one in report.workflows},
        "state": (report.run.state, report.run.problem_code),
        "watermarks": {name: firm.store.runs.watermark(name) for name in CATALOG},
        "open": firm.store.state.open_items,
        "trail": sorted(
            (entry.event, entry.record_type, entry.record_id) for entry in firm.store.trail.newest(limit=500)
        ),
        "chain": firm.store.trail.verify().first_broken,
    }


@pytest.mark.fault("F61")
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.workflow}-{plan.befalls.__name__}")
def test_a_process_that_dies_at_any_k_point_twice_loses_and_doubles_nothing(plan: Plan) -> None:
    firm, run = plan.begin()
    firm.carry_out(run)
    wanted = standing(firm, run)
    for point, moment, skips in deaths(plan):
        firm, run = plan.begin()
        for _ in range(DEATHS):
            firm.burn(Fuse(point=point, moment=moment, skips=skips))
            try:
                firm.carry_out(run)
            except ProcessDiedError:
                continue
        firm.burn(Fuse())
        firm.go_on(run)
        assert standing(firm, run) == wanted, f"{plan.workflow}: died {moment.value} passage {skips + 1} of {point}"


def test_what_stopped_a_run_is_still_told_when_the_process_stops_too() -> None:
    firm, run = Plan("export_time_entries", refused_at_the_door).begin()
    firm.burn(Fuse(point="K6-left", moment=Moment.AFTER))
    with pytest.raises(ProcessDiedError):
        firm.carry_out(run)

    report = firm.carry_out(run)

    assert (report.run.state, report.run.problem_code) == (RunState.FAILED, "NS-OUT-001")


def test_the_end_of_a_run_is_told_once() -> None:
    firm, run = Plan("export_time_entries", undisturbed).begin()
    firm.burn(Fuse(point="K6-end", moment=Moment.AFTER))
    with pytest.raises(ProcessDiedError):
        firm.carry_out(run)

    firm.carry_out(run)

    told = [entry.event for entry in firm.store.trail.of_record("run", run.id)]
    assert told == ["run:ended", "run:asked"]


def test_every_k_point_of_a_run_is_died_at() -> None:
    met = {(point, moment) for plan in PLANS for point, moment, _ in deaths(plan)}
    wanted = {(one.name, moment) for one in CARRYING for moment in one.moments}
    # A run counts a resumption only when it is resumed, which is after the first death.
    assert wanted - met == {("K0-recovery", Moment.BEFORE), ("K0-recovery", Moment.AFTER)}


@pytest.mark.fault("F69")
def test_a_worker_that_stood_still_before_it_took_a_run_leaves_the_ended_one_alone() -> None:
    firm = Firm()
    furnish(firm)
    run = firm.ask("import_services")

    def other_worker() -> None:
        firm.burn(Fuse())
        firm.steps.clear()
        assert firm.carry_out(run).run.state is RunState.COMPLETED

    firm.burn(Fuse(meanwhile={1: other_worker}))
    report = firm.carry_out(run)

    assert report.run.state is RunState.COMPLETED
    ends = [entry for entry in firm.store.trail.newest(limit=99, run_id=run.id) if entry.event == "run:ended"]
    assert len(ends) == 1
