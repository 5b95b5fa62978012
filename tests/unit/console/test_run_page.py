"""A run as its page tells it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.console.run.errors import error_box
from suitebridge.console.run.page import LivePart, live_part, run_page
from suitebridge.console.sides import sides_of
from suitebridge.domain.errors import Problem
from suitebridge.domain.outcomes import Amount, Outcome, OutcomeKind, Tally
from suitebridge.domain.records import Direction
from suitebridge.ports.runs import RecordedOutcome, Run, RunState
from suitebridge.runs.reviewing import RunReport, WorkflowReport, group_errors

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TITLES = {name: flow.title for name, flow in CATALOG.items()}


def make_run(state: RunState, **changes: object) -> Run:
    run = Run(
        id="r1", number=7, account_id="TSTDRV1", workflows=("import_customers", "export_invoices"), owner_id="1", owner_name="Grace Kim",
        started_by="Omar Haddad", is_full=False,
        is_retry=False, is_dry=False, is_errand=False, state=state, asked_at=START, started_at=START, ended_at=None, problem_code="",
        problem_facts={}, mapping_versions={}, recoveries=0,
        halt=None,
        halted_by="",
    )  # fmt: skip
    return dataclasses.replace(run, **changes)  # type: ignore[arg-type]


def make_report(run: Run, *tallies: Tally, phase: str = "running") -> RunReport:
    lines = tuple(
        WorkflowReport(
            name=name, title=TITLES[name], direction=CATALOG[name].direction, source_type=CATALOG[name].source_type,
            target_type=CATALOG[name].target_type, phase=phase, tally=tally,
        )
        for name, tally in zip(run.workflows, tallies, strict=True)
    )  # fmt: skip
    return RunReport(run=run, workflows=lines, groups=(), problem=None)


def live(report: RunReport, *, said: int = -1) -> LivePart:
    return live_part(report, TITLES, now=START + timedelta(seconds=10), zone=UTC, may_steer=True, said=said)


HALF = Tally(considered=200, counts=((OutcomeKind.CREATED, 90), (OutcomeKind.BLOCKED, 10)))
WHOLE = Tally(considered=100, counts=((OutcomeKind.UNCHANGED, 100),))


def test_a_run_under_way_says_how_far_it_is_and_asks_again() -> None:
    part = live(make_report(make_run(RunState.RUNNING), HALF, Tally()))
    assert part.progress == "100 of 200 records settled, 0 of 2 workflows finished"
    assert (part.percent, part.rate, part.lasted) == ("50 %", "10 records a second", "10 s")
    assert part.poll_href == "/runs/7/live?said=50"
    assert part.equation.verdict == "100 records still to settle."


def test_an_ended_run_does_not_ask_again() -> None:
    part = live(make_report(make_run(RunState.COMPLETED, ended_at=START), WHOLE, WHOLE, phase="finished"))
    assert (part.poll_href, part.rate) == ("", "")
    assert part.equation.verdict == "Every record considered has exactly one outcome."


def test_counts_that_do_not_add_up_are_never_called_good() -> None:
    equation = live(make_report(make_run(RunState.INCONSISTENT, ended_at=START), HALF, WHOLE)).equation
    assert equation.verdict == "The counts do not add up: 100 records without an outcome."
    assert (equation.tone, equation.icon) == ("bad", "alert")


def test_the_equation_names_every_outcome_that_happened() -> None:
    equation = live(make_report(make_run(RunState.COMPLETED, ended_at=START), HALF, WHOLE)).equation
    assert equation.considered == "300"
    assert equation.terms == (("90", "created"), ("100", "unchanged"), ("10", "blocked"))


@pytest.mark.parametrize("kind", OutcomeKind)
def test_no_outcome_that_happened_is_without_its_column(kind: OutcomeKind) -> None:
    tally = Tally(considered=1, counts=((kind, 1),))
    part = live(make_report(make_run(RunState.COMPLETED, ended_at=START), tally, Tally()))
    column = [mark.text.lower() for mark in part.headings].index(kind.value)
    assert part.lines[0].cells[column].text == "1"
    assert part.lines[0].cells[column].href == f"/runs/7/records?workflow=import_customers&outcome={kind.value}"
    assert part.totals[column + 1].text == "1"


def test_screen_readers_hear_tens_of_percent_and_each_only_once() -> None:
    report = make_report(make_run(RunState.RUNNING), HALF, Tally())
    assert live(report, said=40).says
    assert live(report, said=40).said == "Run 7: running, 50 percent settled."
    assert not live(report, said=50).says


def test_sums_show_what_was_not_written() -> None:
    selected = (Amount(unit="EUR", value=Decimal("100.10")), Amount(unit="JPY", value=Decimal(500)))
    tally = dataclasses.replace(
        HALF, selected_sums=selected, written_sums=(Amount(unit="EUR", value=Decimal("90.10")),)
    )
    euro, yen = live(make_report(make_run(RunState.COMPLETED, ended_at=START), WHOLE, tally)).sums
    assert (euro.selected, euro.written, euro.difference, euro.is_even) == ("100.10", "90.10", "10.00", False)
    assert (yen.written, yen.difference) == ("0", "500")


def test_the_page_hides_the_trail_from_those_who_may_not_see_it() -> None:
    report = make_report(make_run(RunState.COMPLETED, ended_at=START, recoveries=2), WHOLE, WHOLE)
    shown, hidden = (run_page(report, live(report), [], zone=UTC, may_see_trail=may) for may in (True, False))
    assert shown.trail_href == "/audit-trail?run=7"
    assert hidden.trail_href == ""
    assert shown.recoveries == "2 times"


def test_both_sides_of_an_outcome_are_found_whatever_the_direction() -> None:
    outcome = Outcome(kind=OutcomeKind.CREATED, source_id="11", target_id="22", title="")
    imported, exported = (
        sides_of(
            CATALOG[name], outcome, may_view=lambda _type: True, netsuite_address=lambda type_, id_: f"{type_}:{id_}"
        )
        for name in ("import_customers", "export_invoices")
    )
    assert CATALOG["import_customers"].direction is Direction.IMPORT
    assert (imported.workspace_href, imported.netsuite_href) == ("/records/customer/22", "customer:11")
    assert (exported.workspace_href, exported.netsuite_href) == ("/records/invoice/11", "invoice:22")
    assert imported.title == "Record 11"


def test_records_are_named_without_link_for_those_who_may_not_open_them() -> None:
    outcome = Outcome(kind=OutcomeKind.FAILED, source_id="11", title="INV-1")
    sides = sides_of(
        CATALOG["export_invoices"], outcome, may_view=lambda _type: False, netsuite_address=lambda _type, _id: "x"
    )
    assert (sides.title, sides.workspace_href, sides.netsuite_href) == ("INV-1", "", "")


def test_an_error_tells_cause_cure_effect_and_when_it_is_tried_again() -> None:
    problem = Problem(code="NS-DATA-001", facts={"record": "invoice INV-1", "said": "Please enter a department."})
    outcomes = [
        RecordedOutcome(
            workflow="export_invoices", at=START, source_version="1",
            outcome=Outcome(kind=OutcomeKind.FAILED, source_id=str(n), title=f"INV-{n}", problem=problem),
        )
        for n in range(9)
    ]  # fmt: skip
    (group,) = group_errors(outcomes, {("export_invoices", str(n)) for n in range(7)})
    box, settled = (
        error_box(
            one, CATALOG["export_invoices"], run=make_run(RunState.COMPLETED_WITH_ERRORS, ended_at=START), workflows=CATALOG,
            may_view=lambda _type: True,
            netsuite_address=lambda _t, _i: "",
        )
        for one in (group, *group_errors(outcomes, ()))
    )  # fmt: skip
    assert (box.again, box.settled) == ("Try 7 records again", "2 settled since.")
    assert (settled.again, settled.settled) == ("", "A later run settled all of them.")
    assert (box.count, box.more, len(box.samples)) == ("9 records", "and 4 more", 5)
    assert box.cause == "NetSuite said: Please enter a department."
    assert box.effect == "Nothing was written."
    assert box.retry == "The next run tries it again once this is corrected."
    assert box.all_href == "/runs/7/records?workflow=export_invoices&outcome=failed"


def test_a_run_that_considered_nothing_is_not_praised() -> None:
    part = live(make_report(make_run(RunState.FAILED, ended_at=START), Tally(), Tally(), phase="waiting"))
    assert (part.equation.verdict, part.equation.tone) == ("No record has been considered.", "neutral")
    assert {line.phase.text for line in part.lines} == {"Not run"}
