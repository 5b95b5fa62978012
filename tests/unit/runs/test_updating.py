"""Exports that change what NetSuite holds: only what moved is asked for, edits on both sides wait for a person, and nothing is sent blindly."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from suitebridge.domain.agreements import Side
from suitebridge.domain.errors import Problem, RetryLaterError
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Door
from suitebridge.domain.values import Value
from suitebridge.ports.runs import RunState
from suitebridge.runs.deciding import Decision
from suitebridge.runs.retrying import RetryRequest, ask_for_retry
from suitebridge.runs.reviewing import RunReport
from suitebridge.runs.steering import Steering, steer
from tests.fakes.runs import Firm, enter_time, furnish
from tests.fakes.updates import CATALOG_OF_UPDATES, PROJECTS, TIME, edit

IMPORTS = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")


@pytest.fixture
def firm() -> Firm:
    world = Firm(CATALOG_OF_UPDATES)
    furnish(world)
    world.run(*IMPORTS)
    return world


def project(firm: Firm) -> str:
    linked = firm.netsuite.stored("job")[0].id
    return firm.store.records.find("project", "netsuite_id", [linked])[linked][0]


def job(firm: Firm) -> Mapping[str, Value]:
    (one,) = firm.netsuite.stored("job")
    return one.fields


def counts(report: RunReport) -> dict[str, int]:
    (line,) = report.workflows
    assert line.tally.adds_up
    return {kind.value: count for kind, count in line.tally.counts}


def writes(firm: Firm) -> list[str]:
    return [call for call, *_ in firm.netsuite.calls if call in {"upsert", "update"}]


def test_linked_records_are_changed_once_and_then_left_alone(firm: Firm) -> None:
    edit(firm, "project", project(firm), name="Roll-out 2")

    assert counts(firm.run(PROJECTS.name)) == {"updated": 1}
    assert job(firm)["companyName"] == "Roll-out 2"
    asked = len(firm.netsuite.calls)
    assert counts(firm.run(PROJECTS.name)) == {}
    assert "update" not in [call for call, *_ in firm.netsuite.calls[asked:]]


def test_records_that_are_not_linked_or_not_wanted_are_not_looked_at(firm: Firm) -> None:
    customer = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"][0]
    firm.add("project", name="Unlinked", customer=customer, active=True)
    edit(firm, "project", project(firm), active=False, name="At rest")

    assert counts(firm.run(PROJECTS.name)) == {}
    assert job(firm)["companyName"] == "Roll-out"


@pytest.mark.fault("F43")
def test_an_edit_on_both_sides_waits_with_both_values_kept(firm: Firm) -> None:
    firm.run(PROJECTS.name)
    edit(firm, "project", project(firm), name="Ours")
    firm.netsuite.change("job", firm.netsuite.stored("job")[0].id, companyName="Theirs")

    report = firm.run(PROJECTS.name)

    assert counts(report) == {"conflicted": 1}
    assert job(firm)["companyName"] == "Theirs"
    (told,) = firm.store.runs.outcomes(report.run.id)
    assert told.outcome.problem is not None
    assert told.outcome.problem.code == "SB-CONF-004"
    assert told.differences == (Change(field="companyName", before="Theirs", after="Ours"),)
    # It stays open, and nothing moves until somebody decides.
    assert counts(firm.run(PROJECTS.name)) == {"conflicted": 1}


@pytest.mark.fault("F43")
@pytest.mark.parametrize(
    ("side", "ends", "name"), [(Side.WORKSPACE, "updated", "Ours"), (Side.NETSUITE, "unchanged", "Theirs")]
)
def test_a_decision_is_carried_out_at_once(firm: Firm, side: Side, ends: str, name: str) -> None:
    firm.run(PROJECTS.name)
    edit(firm, "project", project(firm), name="Ours")
    firm.netsuite.change("job", firm.netsuite.stored("job")[0].id, companyName="Theirs")
    clashed = firm.run(PROJECTS.name)

    request = RetryRequest(run=clashed.run, decision=Decision(keeps=side))
    retry = ask_for_retry(
        firm.store,
        firm.workflows,
        request,
        user=firm.user,
        door=Door.CONSOLE,
        clock=firm.clock,
        chance=firm.chance,
    )

    assert counts(firm.carry_out(retry)) == {ends: 1}
    assert job(firm)["companyName"] == name
    told = firm.store.trail.of_record("project", project(firm))
    assert "conflict:decided" in [entry.event for entry in told]
    assert counts(firm.run(PROJECTS.name)) == {}


def test_what_an_export_made_it_may_change(firm: Firm) -> None:
    (entry,) = enter_time(firm, 1)
    assert counts(firm.run(TIME.name)) == {"created": 1}
    # The stamp of the export is a change, too: it is looked at once more.
    assert counts(firm.run(TIME.name)) == {"unchanged": 1}
    edit(firm, "time_entry", entry, notes="Corrected")

    assert counts(firm.run(TIME.name)) == {"updated": 1}

    (bill,) = firm.netsuite.stored("timeBill")
    assert bill.fields["memo"] == "Corrected"
    assert writes(firm) == ["upsert", "update"]


def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(firm: Firm) -> None:
    firm.run(PROJECTS.name)
    edit(firm, "project", project(firm), name="Roll-out 2")
    firm.netsuite.lose_answers()

    report = firm.run(PROJECTS.name)

    assert counts(report) == {"updated": 1}
    assert [one.outcome.is_recovered for one in firm.store.runs.outcomes(report.run.id)] == [True]
    assert writes(firm) == ["update"]


def test_being_turned_away_leaves_the_change_for_the_next_run(firm: Firm) -> None:
    firm.run(PROJECTS.name)
    edit(firm, "project", project(firm), name="Roll-out 2")
    maintenance = RetryLaterError(Problem(code="NS-OUT-001", facts={"said": "maintenance"}))
    firm.netsuite.turn_away(maintenance, only_writes=True)

    stopped = firm.run(PROJECTS.name)

    assert counts(stopped) == {"cancelled": 1}
    assert counts(firm.run(PROJECTS.name)) == {"updated": 1}


def test_a_change_does_not_leave_for_a_run_that_is_cancelled_before_it_does(firm: Firm) -> None:
    firm.run(PROJECTS.name)
    edit(firm, "project", project(firm), name="Roll-out 2")
    run = firm.ask(PROJECTS.name)

    def halted() -> bool:
        steer(firm.store, run, Steering.CANCEL, user=firm.user, door=Door.CONSOLE)
        return True

    firm.is_halted = halted
    cancelled = firm.carry_out(run)
    assert (cancelled.run.state, counts(cancelled)) == (RunState.CANCELLED, {"cancelled": 1})
    assert job(firm)["companyName"] != "Roll-out 2"

    firm.is_halted = lambda: False
    assert counts(firm.run(PROJECTS.name)) == {"updated": 1}


def test_a_change_that_netsuite_refuses_fails_alone_with_what_was_sent(firm: Firm) -> None:
    edit(firm, "project", project(firm), name="Roll-out 2")
    firm.netsuite.refuse(firm.netsuite.stored("job")[0].id, Problem(code="NS-DATA-001", facts={"said": "Locked."}))

    report = firm.run(PROJECTS.name)

    assert counts(report) == {"failed": 1}
    (told,) = firm.store.runs.outcomes(report.run.id)
    assert told.differences == (Change(field="companyName", before="Roll-out", after="Roll-out 2"),)


def test_a_dry_run_tells_the_change_and_makes_none(firm: Firm) -> None:
    edit(firm, "project", project(firm), name="Roll-out 2")
    report = firm.carry_out(firm.ask(PROJECTS.name, is_dry=True))
    (told,) = firm.store.runs.outcomes(report.run.id)
    assert told.outcome.kind is OutcomeKind.UPDATED
    assert told.differences == (Change(field="companyName", before="Roll-out", after="Roll-out 2"),)
    assert job(firm)["companyName"] == "Roll-out"
    assert firm.store.agreements.of(PROJECTS.name, [project(firm)]) == {}
