"""What imports do with new, known, unwanted and troubled records."""

import pytest

from suitebridge.domain.errors import Problem, RetryLaterError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.ports.runs import RunState
from suitebridge.runs.reviewing import RunReport
from tests.fakes.runs import Firm, furnish, marked

IMPORTS = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")


def counts(report: RunReport, workflow: str) -> dict[str, int]:
    line = next(line for line in report.workflows if line.name == workflow)
    assert line.tally.adds_up
    return {kind.value: count for kind, count in line.tally.counts}


def firm_with_customers(*names: str) -> Firm:
    firm = Firm()
    for name in names:
        firm.netsuite.add("customer", **marked(entityId=name, stage="Customer"))
    return firm


def test_new_records_are_created_with_their_netsuite_id_and_author() -> None:
    firm = firm_with_customers("Acme")

    report = firm.run("import_customers")

    assert report.run.state is RunState.COMPLETED
    assert counts(report, "import_customers") == {"created": 1}
    (customer,) = firm.store.records.find("customer", "name", ["Acme"])["Acme"]
    assert firm.record("customer", customer)["netsuite_id"] == firm.netsuite.stored("customer")[0].id
    (entry,) = firm.store.trail.of_record("customer", customer)
    assert (entry.author_name, entry.door, entry.run_id) == ("Ada Admin", "NetSuite integration", report.run.id)


def test_a_record_with_the_same_name_in_other_letters_is_bound_not_doubled() -> None:
    firm = firm_with_customers("Straße & Söhne")
    known = firm.add("customer", name="STRASSE & SÖHNE", active=True)

    report = firm.run("import_customers")

    assert counts(report, "import_customers") == {"updated": 1}
    assert firm.record("customer", known)["netsuite_id"] == firm.netsuite.stored("customer")[0].id
    assert firm.store.records.count("customer") == 1


def test_unwanted_records_are_skipped_with_their_reason() -> None:
    firm = Firm()
    firm.netsuite.add("customer", **marked(entityId="Lead", stage="Lead"))
    firm.netsuite.add("customer", **marked(entityId="Gone", stage="Customer", isInactive=True))
    firm.netsuite.add("customer", entityId="Unmarked", stage="Customer", isInactive=False)

    report = firm.run("import_customers")

    assert counts(report, "import_customers") == {"skipped": 3}
    reasons = [one.outcome.reason for one in firm.store.runs.outcomes(report.run.id)]
    assert [reason.split(" in NetSuite")[0] for reason in reasons] == [
        "It is a lead",
        "It is inactive",
        "It is not marked “Export to SuiteProjects Pro”",
    ]


@pytest.mark.fault("F44")
def test_a_second_run_finds_nothing_to_do() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    asked = len(firm.netsuite.calls)

    report = firm.run(*IMPORTS)

    assert report.total.of(OutcomeKind.CREATED) == report.total.of(OutcomeKind.UPDATED) == 0
    # The time; what was changed and what was deleted of each type (categories are not reported); custom fields of three types.
    assert len(firm.netsuite.calls) - asked == 1 + 2 * len(IMPORTS) + 1 + 3


def test_an_edit_in_netsuite_changes_just_the_edited_field() -> None:
    firm = firm_with_customers("Acme")
    firm.run("import_customers")
    firm.netsuite.change("customer", firm.netsuite.stored("customer")[0].id, phone="+49 30 1")

    report = firm.run("import_customers")

    (recorded,) = firm.store.runs.outcomes(report.run.id)
    assert (recorded.outcome.kind, recorded.outcome.changed_fields) == (OutcomeKind.UPDATED, ("phone",))


def test_a_full_run_reads_everything_anew() -> None:
    firm = firm_with_customers("Acme", "Beta")
    firm.run("import_customers")

    assert counts(firm.run("import_customers"), "import_customers") == {}
    assert counts(firm.run("import_customers", is_full=True), "import_customers") == {"unchanged": 2}


@pytest.mark.fault("F41")
def test_a_child_waits_for_its_parent_and_follows_by_itself() -> None:
    firm = Firm()
    customer = firm.netsuite.add("customer", entityId="Acme", stage="Customer", isInactive=False)
    firm.netsuite.add("job", **marked(entityId="P1", companyName="Roll-out", parent=customer))

    first = firm.run("import_customers", "import_projects")
    firm.netsuite.change("customer", customer, custentity_oa_export_to_openair=True)
    second = firm.run("import_customers", "import_projects")
    third = firm.run("import_customers", "import_projects")

    assert first.run.state is RunState.COMPLETED_WITH_ERRORS
    assert counts(first, "import_projects") == {"blocked": 1}
    assert [group.code for group in first.groups] == ["SB-BLK-001"]
    assert counts(second, "import_projects") == {"created": 1}
    assert counts(third, "import_projects") == {}


def test_an_open_item_that_vanished_closes_with_a_word() -> None:
    firm = Firm()
    project = firm.netsuite.add("job", **marked(entityId="P1", companyName="Roll-out", parent="999"))
    firm.run("import_projects")
    firm.netsuite.remove("job", project)

    second = firm.run("import_projects")

    assert counts(second, "import_projects") == {"skipped": 1}
    assert counts(firm.run("import_projects"), "import_projects") == {}


@pytest.mark.fault("F42")
def test_a_bad_record_fails_alone() -> None:
    firm = firm_with_customers("Acme", "", "Beta")

    report = firm.run("import_customers")

    assert counts(report, "import_customers") == {"created": 2, "failed": 1}
    (group,) = report.groups
    assert (group.code, group.effect) == ("SB-MAP-001", "nothing was written")
    assert group.remedy


def test_two_candidates_by_name_are_left_to_a_person() -> None:
    firm = firm_with_customers("Acme")
    firm.add("customer", name="Acme")
    firm.add("customer", name="ACME")

    report = firm.run("import_customers")

    assert counts(report, "import_customers") == {"conflicted": 1}


def test_two_netsuite_records_do_not_share_one_counterpart() -> None:
    firm = firm_with_customers("Acme", "ACME")
    firm.add("customer", name="acme")

    report = firm.run("import_customers")

    assert counts(report, "import_customers") == {"updated": 1, "conflicted": 1}


def test_the_same_project_name_at_two_customers_is_two_projects() -> None:
    firm = firm_with_customers("Acme", "Beta")
    acme, beta = (stored.id for stored in firm.netsuite.stored("customer"))
    for parent in (acme, beta):
        firm.netsuite.add("job", **marked(entityId=f"P{parent}", companyName="Support", parent=parent))
    known = firm.add("customer", name="Beta")
    firm.add("project", name="Support", customer=known)

    report = firm.run("import_customers", "import_projects")

    assert counts(report, "import_projects") == {"created": 1, "updated": 1}


def test_an_inactive_manager_leaves_the_field_alone() -> None:
    firm = Firm()
    furnish(firm)
    manager = firm.netsuite.stored("employee")[0]
    firm.netsuite.change("employee", manager.id, isInactive=True)

    report = firm.run(*IMPORTS)

    assert counts(report, "import_projects") == {"created": 1}
    (project,) = firm.store.records.find("project", "name", ["Roll-out"])["Roll-out"]
    assert firm.record("project", project)["project_manager"] is None


def test_the_watermark_stays_when_a_run_stops() -> None:
    firm = firm_with_customers("Acme")
    firm.netsuite.turn_away(RetryLaterError(Problem(code="NS-OUT-001", facts={"said": "maintenance"})))

    stopped = firm.run("import_customers")

    assert stopped.run.state is RunState.FAILED
    assert stopped.problem is not None
    assert stopped.problem.code == "NS-OUT-001"
    assert firm.store.runs.watermark("import_customers") == ""
    assert counts(firm.run("import_customers"), "import_customers") == {"created": 1}


@pytest.mark.fault("F49")
def test_f49_records_changed_in_the_second_of_the_watermark_are_not_lost_and_not_doubled() -> None:
    """F49: the bound is inclusive, and what comes again is known."""
    firm = firm_with_customers("Acme")
    firm.run("import_customers")
    since = firm.store.runs.watermark("import_customers")
    firm.netsuite.add("customer", **marked(entityId="Bolt", stage="Customer"))
    firm.netsuite.change("customer", firm.netsuite.stored("customer")[0].id, entityId="Acme Ltd")
    assert {one.changed for one in firm.netsuite.stored("customer")} == {since}

    report = firm.carry_out(firm.ask("import_customers"))
    again = firm.carry_out(firm.ask("import_customers"))

    assert counts(report, "import_customers") == {"created": 1, "updated": 1}
    assert counts(again, "import_customers") == {"unchanged": 2}
    assert firm.store.records.count("customer") == 2
