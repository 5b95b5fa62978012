"""What parity finds: nothing between copies, and each difference with its cause where they are none."""

from __future__ import annotations

from decimal import Decimal

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import Problem
from suitebridge.ports.runs import Run
from suitebridge.runs.comparing import Difference, Side, compare_runs
from tests.fakes.runs import Firm, enter_time, furnish


def copy_of_firm(entries: int = 3) -> Firm:
    firm = Firm()
    furnish(firm)
    firm.run("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")
    enter_time(firm, entries)
    return firm


def side(door: str, firm: Firm, run: Run) -> Side:
    return Side(door=door, store=firm.store, gateway=firm.netsuite, run=run)


def compared(first: Firm, second: Firm, *workflows: str) -> tuple[int, int, list[Difference]]:
    """Run both firms and compare them; give how many records and fields were looked at, and what differs."""
    found = compare_runs(
        CATALOG, side("SOAP", first, first.run(*workflows).run), side("REST", second, second.run(*workflows).run)
    )
    return (
        sum(one.records for one in found),
        sum(one.fields for one in found),
        [told for one in found for told in one.differences],
    )


def test_copies_are_equal_in_every_field() -> None:
    records, fields, differences = compared(copy_of_firm(), copy_of_firm(), "import_customers", "export_time_entries")
    assert differences == []
    assert records >= 3
    assert fields >= 3 * 5


def test_records_that_one_door_refuses_are_told_with_its_reason() -> None:
    first, second = copy_of_firm(), copy_of_firm()
    (doomed,) = enter_time(first, 1)
    (its_copy,) = enter_time(second, 1)
    said = "NetSuite's REST services take hours in whole minutes."
    second.netsuite.refuse(
        f"sb_acme0001_time_entry_{its_copy}", Problem(code="SB-MAP-002", facts={"field": "hours", "said": said})
    )
    _, _, (difference,) = compared(first, second, "export_time_entries")
    assert doomed in first.netsuite.stored("timeBill")[-1].external_id
    assert (difference.field, difference.first, difference.second) == ("outcome", "created", "failed (SB-MAP-002)")
    assert difference.cause.startswith("REST: ")
    assert "whole minutes" in difference.cause


def test_a_field_that_arrived_otherwise_is_named() -> None:
    first, second = copy_of_firm(), copy_of_firm()
    runs = [firm.run("export_time_entries").run for firm in (first, second)]
    stored = second.netsuite.stored("timeBill")[0]
    second.netsuite.change("timeBill", stored.id, hours=Decimal("7.4"))
    (found,) = compare_runs(CATALOG, side("SOAP", first, runs[0]), side("REST", second, runs[1]))
    (difference,) = found.differences
    assert (difference.field, difference.first, difference.second) == ("hours", "7.5", "7.4")
    assert "NetSuite shows different ones" in difference.cause


def test_a_workspace_record_that_differs_is_named() -> None:
    first, second = copy_of_firm(), copy_of_firm()
    for firm, phone in ((first, "+49 30 1"), (second, "+49 30 2")):
        (customer, *_) = firm.netsuite.stored("customer")
        firm.netsuite.pass_time(60)
        firm.netsuite.change("customer", customer.id, phone=phone)
    _, _, differences = compared(first, second, "import_customers")
    assert [(one.first, one.second) for one in differences] == [("+49 30 1", "+49 30 2")]


def test_a_record_that_only_one_copy_holds_is_told() -> None:
    first, second = copy_of_firm(4), copy_of_firm(3)
    _, _, (difference,) = compared(first, second, "export_time_entries")
    assert (difference.first, difference.second) == ("created", "not considered")
    assert "did not hold the same records" in difference.cause
