"""Reconciling finds what was planted, all of it and nothing else, and sends no changing call (quality.md R07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.masking import MASK
from suitebridge.domain.people import Permission, Role
from suitebridge.domain.reconciliations import Finding, Period, Reconciliation
from suitebridge.runs.reconciling import reconcile, workflow_named
from tests.fakes.runs import Firm, enter_time, furnish
from tests.fakes.standard import STANDARD as CATALOG

IMPORTS = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")
ALWAYS = Period()
_READS = frozenset({"fetch", "find", "read_back", "find_by_external_ids", "ask_now"})


def compare(firm: Firm, workflow: str, period: Period = ALWAYS) -> Reconciliation:
    before = len(firm.netsuite.calls)
    found = reconcile(firm.store, firm.netsuite, CATALOG[workflow], period, user=firm.user, clock=firm.clock)
    assert {call for call, _, _ in firm.netsuite.calls[before:]} <= _READS
    return found


def counts(found: Reconciliation) -> dict[str, int]:
    return {finding.value: count for finding, count in found.counts}


@pytest.fixture(scope="module")
def firm() -> Firm:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    enter_time(firm, 1000)
    firm.run("export_time_entries")
    return firm


def test_after_a_run_both_sides_are_alike_in_every_workflow(firm: Firm) -> None:
    for name in CATALOG:
        found = compare(firm, name)
        assert found.is_alike, (name, found.told[:3])
        assert found.workspace_count == found.netsuite_count == found.alike
    time = compare(firm, "export_time_entries")
    assert time.workspace_count == 1000
    assert [(one.unit, one.workspace, one.netsuite) for one in time.sums] == [("hours", Decimal(7500), Decimal(7500))]


def test_five_hundred_planted_differences_are_found_and_none_is_invented() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    entries = enter_time(firm, 1000)
    firm.run("export_time_entries")
    world = firm.netsuite
    bills = sorted((one.id for one in world.stored("timeBill")), key=int)
    for id_ in bills[:150]:
        world.change("timeBill", id_, memo="Somebody wrote this")
    for id_ in bills[150:250]:
        world.change("timeBill", id_, hours=Decimal("7.25"))
    for id_ in bills[250:300]:
        world.change("timeBill", id_, tranDate=date(2026, 3, 1))
    for id_ in bills[300:400]:
        world.remove("timeBill", id_)
    for number in range(100):
        world.add("timeBill", f"sb_acme0001_time_entry_9{number:05}", tranDate=date(2026, 3, 2), hours=Decimal(1))
    world.add("timeBill", "somebody-elses", tranDate=date(2026, 3, 2), hours=Decimal(1))
    world.add("timeBill", tranDate=date(2026, 3, 2), hours=Decimal(1))

    found = compare(firm, "export_time_entries")

    assert counts(found) == {"missing": 100, "extra": 100, "different": 300}
    assert len(found.told) == 500
    assert {one.netsuite_id for one in found.told if one.finding is Finding.DIFFERENT} == {*bills[:300]}
    assert {one.netsuite_id for one in found.told if one.finding is Finding.MISSING} == {*bills[300:400]}
    assert {one.workspace_id for one in found.told if one.finding is Finding.MISSING} <= {*entries}
    hours = next(one for one in found.told if one.netsuite_id == bills[150])
    ((field, ours, theirs),) = [(pair.field, pair.workspace, pair.netsuite) for pair in hours.pairs]
    assert (field, ours, theirs) == ("hours", "7.5", "7.25")
    (sums,) = found.sums
    assert (sums.workspace, sums.netsuite) == (Decimal(7500), Decimal("6825"))
    assert (found.workspace_count, found.netsuite_count, found.alike) == (1000, 1000, 600)


def test_a_period_bounds_both_sides_by_their_days() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    enter_time(firm, 3)
    firm.run("export_time_entries")
    (first, second, _) = sorted((one.id for one in firm.netsuite.stored("timeBill")), key=int)
    firm.netsuite.change("timeBill", first, tranDate=date(2026, 4, 1))
    firm.netsuite.change("timeBill", second, memo="April?")
    march = compare(firm, "export_time_entries", Period(since=date(2026, 3, 1), until=date(2026, 3, 31)))
    assert counts(march) == {"different": 2}
    april = compare(firm, "export_time_entries", Period(since=date(2026, 4, 1)))
    assert counts(april) == {"extra": 1}
    assert "outside this period" in april.told[0].reason
    may = compare(firm, "export_time_entries", Period(since=date(2026, 5, 1), until=date(2026, 5, 31)))
    assert may.is_alike
    assert (may.workspace_count, may.netsuite_count) == (0, 0)


def test_what_was_not_sent_or_lost_its_link_is_told() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    enter_time(firm, 2)
    assert counts(compare(firm, "export_time_entries")) == {"missing": 2}
    assert compare(firm, "export_time_entries").told[0].reason == "It was not exported yet."


def test_imports_miss_differ_and_are_left_over() -> None:
    firm = Firm()
    world = firm.netsuite
    furnish(firm)
    firm.run(*IMPORTS)
    (customer,) = world.stored("customer")
    (employee,) = world.stored("employee")
    world.change("customer", customer.id, entityId="Straße & Söhne AG")
    world.remove("employee", employee.id)
    world.add("customer", entityId="New", stage="Customer", isInactive=False, custentity_oa_export_to_openair=True)
    world.add("customer", entityId="Unmarked", stage="Customer", isInactive=False)

    customers, employees = compare(firm, "import_customers"), compare(firm, "import_employees")

    assert counts(customers) == {"missing": 1, "different": 1}
    assert [pair.field for one in customers.told for pair in one.pairs] == ["name"]
    assert counts(employees) == {"extra": 1}
    assert "Ann Lee" in employees.told[0].title


def test_whoever_may_not_see_all_of_it_compares_nothing_and_personal_data_is_masked() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    (employee,) = firm.netsuite.stored("employee")
    firm.netsuite.change("employee", employee.id, email="ann@elsewhere.example")
    admin = firm.user
    firm.user = replace(admin, role=Role(name="Blind", permissions=frozenset({Permission.RUN_INTEGRATION})))
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        compare(firm, "import_customers")
    firm.user = replace(admin, role=Role(name="Idle", permissions=frozenset({Permission.VIEW_RECORDS})))
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        compare(firm, "import_customers")
    seeing = frozenset({Permission.RUN_INTEGRATION, Permission.VIEW_RECORDS})
    firm.user = replace(admin, role=Role(name="Seeing", permissions=seeing))
    (told,) = compare(firm, "import_employees").told
    assert [(pair.field, pair.workspace, pair.netsuite) for pair in told.pairs] == [("email", MASK, MASK)]
    with pytest.raises(RunStoppedError, match="SB-RUN-001"):
        workflow_named(CATALOG, "import_nothing")
