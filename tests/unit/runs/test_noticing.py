"""What was deleted in NetSuite is noticed, kept in mind and never made again silently; what comes back is linked again (F45 to F48)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Door
from suitebridge.domain.reconciliations import Period
from suitebridge.domain.workflow import WhenDeleted
from suitebridge.ports.runs import Run, RunState
from suitebridge.runs import noticing
from suitebridge.runs.deciding import Decision
from suitebridge.runs.reconciling import reconcile
from suitebridge.runs.retrying import RetryRequest, ask_for_retry
from suitebridge.runs.reviewing import RunReport
from tests.fakes.runs import Firm, enter_time, furnish, marked

IMPORTS = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")
TIME, CUSTOMERS, EXPORT = "export_time_entries", "import_customers", "export_customers"


@pytest.fixture
def firm() -> Firm:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    return firm


def binding_of(firm: Firm, workspace_type: str, netsuite_type: str, id_: str) -> Binding:
    return firm.store.runs.bindings_by_workspace(workspace_type, netsuite_type, [id_])[id_]


def counts(report: RunReport) -> dict[str, int]:
    return {kind.value: count for line in report.workflows for kind, count in line.tally.counts}


def decided(firm: Firm, flagged: Run, end: WhenDeleted, *ids: str) -> RunReport:
    request = RetryRequest(
        run=flagged, decision=Decision(when_deleted=end), records=frozenset((TIME, one) for one in ids)
    )
    asked = ask_for_retry(
        firm.store,
        firm.workflows,
        request,
        user=firm.user,
        door=Door.CONSOLE,
        clock=firm.clock,
        chance=firm.chance,
    )
    return firm.carry_out(asked)


def obey(firm: Firm, workflow: str, policy: WhenDeleted) -> None:
    changed = replace(CATALOG[workflow], when_deleted=policy)
    firm.workflows = {**CATALOG, workflow: changed}


@pytest.mark.fault("F45")
def test_f45_a_customer_deleted_in_netsuite_is_flagged_once_and_its_link_is_a_tombstone(firm: Firm) -> None:
    (customer,) = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"]
    (stored,) = firm.netsuite.stored("customer")
    firm.netsuite.remove("customer", stored.id)

    report = firm.run(CUSTOMERS)

    assert report.run.state is RunState.COMPLETED_WITH_ERRORS
    (told,) = [one.outcome for one in firm.store.runs.outcomes(report.run.id)]
    assert (told.kind, told.problem and told.problem.code) == (OutcomeKind.CONFLICTED, "SB-GONE-001")
    assert "Straße & Söhne" in told.title
    assert binding_of(firm, "customer", "customer", customer).state is BindingState.GONE
    assert firm.record("customer", customer)["netsuite_id"] == stored.id
    assert "link:lost" in [entry.event for entry in firm.store.trail.of_record("customer", customer)]
    assert counts(firm.run(CUSTOMERS)) == {"conflicted": 1}  # it stays open until somebody decides
    assert binding_of(firm, "customer", "customer", customer).state is BindingState.GONE

    kept = decided(firm, report.run, WhenDeleted.FLAG)

    assert counts(kept) == {"skipped": 1}
    assert binding_of(firm, "customer", "customer", customer).state is BindingState.KEPT
    assert "link:decided" in [entry.event for entry in firm.store.trail.of_record("customer", customer)]
    assert counts(firm.run(CUSTOMERS)) == {}
    assert firm.record("customer", customer)["netsuite_id"] == stored.id
    with pytest.raises(RunStoppedError, match="SB-RUN-006"):
        decided(firm, report.run, WhenDeleted.UNLINK)


@pytest.mark.fault("F45")
def test_f45_time_deleted_in_netsuite_is_never_sent_again_by_itself(firm: Firm) -> None:
    first, second = enter_time(firm, 2)
    firm.run(TIME)
    gone = binding_of(firm, "time_entry", "timeBill", first).netsuite_id
    assert gone
    firm.netsuite.remove("timeBill", gone)
    sent = [call for call in firm.netsuite.calls if call[0] == "upsert"]

    assert counts(firm.run(TIME)) == {"conflicted": 1}
    _, fields = firm.store.state.records["time_entry", int(first)]
    fields.update(netsuite_id=None, exported=None)  # somebody empties what marks it as sent

    report = firm.run(TIME)

    assert counts(report) == {"conflicted": 1}
    assert [call for call in firm.netsuite.calls if call[0] == "upsert"] == sent
    assert len(firm.netsuite.stored("timeBill")) == 1
    assert binding_of(firm, "time_entry", "timeBill", second).state is BindingState.BOUND


def test_f45_a_workflow_may_write_it_again_under_its_external_id(firm: Firm) -> None:
    (entry,) = enter_time(firm, 1)
    firm.run(TIME)
    before = binding_of(firm, "time_entry", "timeBill", entry)
    obey(firm, TIME, WhenDeleted.RECREATE)
    assert before.netsuite_id
    firm.netsuite.remove("timeBill", before.netsuite_id)

    assert counts(firm.run(TIME)) == {"skipped": 1}
    assert counts(firm.run(TIME)) == {"created": 1}

    after = binding_of(firm, "time_entry", "timeBill", entry)
    assert after.external_id == before.external_id
    assert after.netsuite_id not in {None, before.netsuite_id}


def test_f45_a_workflow_may_unlink_and_the_next_import_finds_a_namesake(firm: Firm) -> None:
    (customer,) = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"]
    obey(firm, CUSTOMERS, WhenDeleted.UNLINK)
    (stored,) = firm.netsuite.stored("customer")
    firm.netsuite.remove("customer", stored.id)
    assert counts(firm.run(CUSTOMERS)) == {"skipped": 1}
    assert not firm.record("customer", customer)["netsuite_id"]
    new = firm.netsuite.add("customer", **marked(entityId="Straße & Söhne", stage="Customer"))
    firm.run(CUSTOMERS)
    assert firm.record("customer", customer)["netsuite_id"] == new
    assert firm.store.records.count("customer") == 1


@pytest.mark.fault("F45")
def test_f45_a_person_has_it_created_again_under_its_external_id_or_lets_it_go(firm: Firm) -> None:
    entries = enter_time(firm, 3)
    firm.run(TIME)
    before = {id_: binding_of(firm, "time_entry", "timeBill", id_) for id_ in entries}
    for id_ in entries[:2]:
        firm.netsuite.remove("timeBill", before[id_].netsuite_id or "")
    flagged = firm.run(TIME).run

    again = decided(firm, flagged, WhenDeleted.RECREATE, entries[0])
    unlinked = decided(firm, flagged, WhenDeleted.UNLINK, entries[1])

    assert (counts(again), counts(unlinked)) == ({"created": 1}, {"skipped": 1})
    made = binding_of(firm, "time_entry", "timeBill", entries[0])
    assert (made.external_id, made.state) == (before[entries[0]].external_id, BindingState.BOUND)
    assert binding_of(firm, "time_entry", "timeBill", entries[1]).state is BindingState.RELEASED
    assert firm.record("time_entry", entries[1])["netsuite_id"] is None
    assert counts(firm.run(TIME)) == {}
    assert len(firm.netsuite.stored("timeBill")) == 2


@pytest.mark.fault("F45")
def test_f45_what_was_imported_is_created_again_by_the_export_if_there_is_one(firm: Firm) -> None:
    (customer,) = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"]
    (stored,) = firm.netsuite.stored("customer")
    firm.netsuite.remove("customer", stored.id)
    flagged = firm.run(CUSTOMERS).run
    _, fields = firm.store.state.records["customer", int(customer)]
    fields.update(export_to_netsuite=True)
    resting = replace(CATALOG[EXPORT], is_active=False)
    firm.workflows = {**CATALOG, EXPORT: resting}
    with pytest.raises(RunStoppedError, match="SB-GONE-002"):
        decided(firm, flagged, WhenDeleted.RECREATE)

    firm.workflows = {**CATALOG, EXPORT: replace(resting, is_active=True)}
    again = decided(firm, flagged, WhenDeleted.RECREATE)

    assert counts(again) == {"skipped": 1, "created": 1}
    (made,) = firm.netsuite.stored("customer")
    assert firm.record("customer", customer)["netsuite_id"] == made.id


@pytest.mark.fault("F46")
def test_f46_what_is_deleted_in_the_workspace_is_not_deleted_in_the_ledger_and_is_told(firm: Firm) -> None:
    (entry,) = enter_time(firm, 1)
    firm.run(TIME)
    del firm.store.state.records["time_entry", int(entry)]
    firm.run(TIME, is_full=True)
    assert len(firm.netsuite.stored("timeBill")) == 1
    found = reconcile(firm.store, firm.netsuite, CATALOG[TIME], Period(), user=firm.user, clock=firm.clock)
    assert [(one.finding.value, one.workspace_id) for one in found.told] == [("extra", "")]


@pytest.mark.fault("F47")
def test_f47_a_merged_record_is_proposed_to_be_linked_anew(firm: Firm) -> None:
    (stored,) = firm.netsuite.stored("customer")
    twin = firm.netsuite.add("customer", entityId="Straße & Söhne", stage="Prospect", isInactive=False)
    firm.netsuite.remove("customer", stored.id)
    report = firm.run(CUSTOMERS)
    told = [one.outcome for one in firm.store.runs.outcomes(report.run.id) if one.outcome.problem]
    assert [f"NetSuite ID {twin}" in one.problem.cause for one in told if one.problem] == [True]


def test_f47_a_lead_that_becomes_a_customer_keeps_its_link_and_nothing_is_doubled() -> None:
    firm = Firm()
    lead = firm.netsuite.add("customer", **marked(entityId="Zed", stage="Lead"))
    assert counts(firm.run(CUSTOMERS)) == {"skipped": 1}
    firm.netsuite.change("customer", lead, stage="Customer")
    assert counts(firm.run(CUSTOMERS)) == {"created": 1}
    firm.netsuite.change("customer", lead, stage="Prospect")
    assert counts(firm.run(CUSTOMERS)) == {"skipped": 1}
    (customer,) = firm.store.records.find("customer", "name", ["Zed"])["Zed"]
    assert binding_of(firm, "customer", "customer", customer).state is BindingState.BOUND


@pytest.mark.fault("F48")
def test_f48_what_comes_back_is_linked_again_and_not_doubled(firm: Firm) -> None:
    (entry,) = enter_time(firm, 1)
    firm.run(TIME)
    id_ = binding_of(firm, "time_entry", "timeBill", entry).netsuite_id
    assert id_
    shelf = firm.netsuite._shelf("timeBill")
    taken = shelf.pop(id_)
    firm.run(TIME)
    assert binding_of(firm, "time_entry", "timeBill", entry).state is BindingState.GONE
    shelf[id_] = taken

    firm.run(TIME)

    assert binding_of(firm, "time_entry", "timeBill", entry).state is BindingState.BOUND
    assert "link:restored" in [one.event for one in firm.store.trail.of_record("time_entry", entry)]
    assert len(firm.netsuite.stored("timeBill")) == 1


def test_a_role_that_has_lost_its_sight_buries_nothing(firm: Firm) -> None:
    enter_time(firm, 25)
    firm.run(TIME)
    hidden = dict(firm.netsuite._shelf("timeBill"))
    firm.netsuite._shelf("timeBill").clear()
    assert counts(firm.run(TIME)) == {}
    firm.netsuite._shelf("timeBill").update(hidden)
    assert counts(firm.run(TIME)) == {}


def test_a_busy_netsuite_is_asked_about_deletions_by_the_next_run(firm: Firm) -> None:
    (stored,) = firm.netsuite.stored("customer")
    firm.netsuite.remove("customer", stored.id)
    hearing = firm.netsuite.deleted

    def busy(*_: str) -> None:
        raise RetryLaterError(Problem(code="NS-THR-001", facts={"said": "blocked"}))

    firm.netsuite.deleted = busy  # type: ignore[method-assign,assignment]
    assert firm.run(CUSTOMERS).run.state is RunState.COMPLETED
    firm.netsuite.deleted = hearing  # type: ignore[method-assign]
    assert counts(firm.run(CUSTOMERS)) == {"conflicted": 1}
    assert noticing.PAGES_EACH_RUN < noticing.MOST_PAGES
