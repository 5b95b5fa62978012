"""Records that a run left open are tried again: one, some, all of a cause; what is cured is left alone, and nothing is taken up twice."""

from __future__ import annotations

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Door
from suitebridge.ports.runs import Run, RunState
from suitebridge.runs.retrying import RetryRequest, ask_for_retry
from suitebridge.runs.steering import Steering, steer
from tests.fakes.runs import Firm, enter_time, furnish, marked

TIME = "export_time_entries"
SETUP = ("import_employees", "import_customers", "import_projects", "import_services")
CLOSED = Problem(code="NS-DATA-001", facts={"said": "The period is closed."})
LOCKED = Problem(code="NS-DATA-001", facts={"said": "The employee is locked."})


def failed_firm() -> tuple[Firm, list[str], Run]:
    """Give a firm of five time entries, of which NetSuite refused two for one cause and one for another."""
    firm = Firm()
    furnish(firm)
    firm.run(*SETUP)
    entries = enter_time(firm, 5)
    for entry, problem in zip(entries, (CLOSED, CLOSED, LOCKED), strict=False):
        firm.netsuite.refuse(f"sb_acme0001_time_entry_{entry}", problem)
    return firm, entries, firm.run(TIME).run


def retry(firm: Firm, run: Run, **narrowed: str | frozenset[tuple[str, str]]) -> Run:
    request = RetryRequest(run=run, **narrowed)  # type: ignore[arg-type]  # each name has its own kind of value
    return ask_for_retry(
        firm.store, CATALOG, request, user=firm.user, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance
    )


def considered(firm: Firm, run: Run) -> set[str]:
    return {one.outcome.source_id for one in firm.store.runs.outcomes(run.id)}


def test_all_that_is_open_is_tried_again_and_nothing_else() -> None:
    firm, entries, failed = failed_firm()
    firm.netsuite._refused.clear()
    late = enter_time(firm, 1)[0]

    report = firm.carry_out(retry(firm, failed))

    assert report.run.state is RunState.COMPLETED
    assert (report.run.is_retry, report.run.workflows) == (True, (TIME,))
    assert report.total.of(OutcomeKind.CREATED) == 3
    assert considered(firm, report.run) == set(entries[:3])
    assert firm.record("time_entry", late)["netsuite_id"] is None
    assert [group.still_open for group in firm.report(failed).groups] == [0, 0]


def test_one_cause_is_tried_again() -> None:
    firm, entries, failed = failed_firm()
    closed, locked = firm.report(failed).groups
    assert (closed.count, closed.still_open, locked.count) == (2, 2, 1)

    report = firm.carry_out(retry(firm, failed, group=locked.key))

    assert considered(firm, report.run) == {entries[2]}
    assert report.total.of(OutcomeKind.FAILED) == 1
    assert [group.still_open for group in firm.report(failed).groups] == [2, 1]


def test_chosen_records_are_tried_again() -> None:
    firm, entries, failed = failed_firm()
    chosen = frozenset({(TIME, entries[0]), (TIME, entries[4]), ("import_customers", entries[1])})
    assert considered(firm, firm.carry_out(retry(firm, failed, records=chosen)).run) == {entries[0]}


@pytest.mark.fault("F79")
def test_pressed_twice_it_is_one_retry() -> None:
    firm, entries, failed = failed_firm()
    first = retry(firm, failed)
    assert retry(firm, failed) == first
    assert retry(firm, failed, records=frozenset({(TIME, entries[0])})) == first
    firm.carry_out(first)
    assert retry(firm, failed).number == first.number + 1


def test_what_another_retry_has_in_hand_is_left_out() -> None:
    firm, entries, failed = failed_firm()
    retry(firm, failed, records=frozenset({(TIME, entries[0])}))
    rest = retry(firm, failed)
    assert {item.record_id for item in firm.store.runs.pending(rest.id, TIME, limit=9)} == set(entries[1:3])


def test_what_a_later_run_settled_needs_no_retry() -> None:
    firm, _, failed = failed_firm()
    firm.netsuite._refused.clear()
    firm.run(TIME)
    with pytest.raises(RunStoppedError) as refused:
        retry(firm, failed)
    assert refused.value.problem.code == "SB-RUN-006"


@pytest.mark.parametrize(
    "narrowed", [{"workflow": "import_customers"}, {"code": "NS-AUTH-001"}, {"group": "no such group"}]
)
def test_nothing_matches(narrowed: dict[str, str]) -> None:
    firm, _, failed = failed_firm()
    with pytest.raises(RunStoppedError, match="left to try again"):
        retry(firm, failed, **narrowed)


def test_a_cancelled_retry_leaves_its_records_open() -> None:
    firm, _, failed = failed_firm()
    run = retry(firm, failed)
    steer(firm.store, run, Steering.CANCEL, user=firm.user, door=Door.CONSOLE)
    report = firm.carry_out(run)
    assert (report.run.state, report.total.of(OutcomeKind.CANCELLED)) == (RunState.CANCELLED, 3)
    assert [group.still_open for group in firm.report(failed).groups] == [2, 1]


def test_an_import_is_tried_again_by_id_and_moves_no_watermark() -> None:
    firm = Firm()
    furnish(firm)
    orphan = firm.netsuite.add("job", **marked(entityId="P2", companyName="Orphan", parent="404", projectManager=None))
    blocked = firm.run("import_employees", "import_customers", "import_projects").run
    before = firm.store.runs.watermark("import_projects")
    firm.netsuite.pass_time(86_400)

    report = firm.carry_out(retry(firm, blocked))

    assert report.run.workflows == ("import_projects",)
    assert considered(firm, report.run) == {orphan}
    assert firm.store.runs.watermark("import_projects") == before
    assert report.total.adds_up
