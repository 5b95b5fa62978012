"""The demo firm: the same bytes each time, complete, and acceptable to the account's own rules."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from netsuite_simulator.account import Account, Rejection
from netsuite_simulator.loading import company_folder, load_folder
from netsuite_simulator.results import READ_ONLY_TYPES, Written
from netsuite_simulator.rules.relations import RELATIONS

DEMO = Path(__file__).parents[3] / "demo"
MARK = "custentity_oa_export_to_openair"
Row = dict[str, str]


@cache
def by_key(name: str) -> dict[str, Row]:
    return {row["key"]: row for row in table("workspace", name)}


@cache
def table(side: str, name: str) -> list[Row]:
    with (DEMO / "consultancy" / side / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def account() -> Account:
    found = Account()
    load_folder(found, company_folder("consultancy"))
    return found


def test_the_files_are_what_the_generator_writes() -> None:
    done = subprocess.run(
        [sys.executable, str(DEMO / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_package_ships_the_same_files() -> None:
    shipped = {path.name: path.read_bytes() for path in company_folder("consultancy").glob("*.csv")}
    assert shipped == {path.name: path.read_bytes() for path in (DEMO / "consultancy/netsuite").glob("*.csv")}


def test_every_row_is_created_and_a_second_load_changes_nothing() -> None:
    account = Account()
    report = load_folder(account, DEMO / "consultancy")
    assert (report.updated, report.skipped, report.refused) == (0, 0, 0)
    assert [table.notes for table in report.tables if table.notes] == []
    again = load_folder(account, company_folder("consultancy"))
    assert (again.created, again.updated, again.skipped, again.refused) == (0, 0, report.created, 0)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("employee", 250),
        ("customer", 180),
        ("job", 600),
        ("expenseCategory", 25),
        ("vendor", 60),
        ("subsidiary", 2),
        ("currency", 4),
        ("accountingPeriod", 85),
    ],
)
def test_the_firm_has_its_size(account: Account, name: str, count: int) -> None:
    assert account.counts()[name] == count


def test_every_record_passes_the_accounts_own_rules(account: Account) -> None:
    refused = []
    for name in account.types.keys() - READ_ONLY_TYPES - RELATIONS.keys():  # the customers of relations may be inactive
        for record in account.search(name, limit=1000)[0]:
            result = account.update(name, record.values, internal_id=record.id)
            if not isinstance(result, Written):
                refused.append((name, record.id, result.message))
    assert refused == []


def test_nothing_is_younger_than_the_end_of_may_2026() -> None:
    changes = [row["lastmodifieddate"] for row in table("netsuite", "customer") + table("netsuite", "job")]
    assert max(changes) < "2026-05-28"
    assert len({change.split(" ")[0] for change in changes}) > 100


def test_approved_work_has_its_volume() -> None:
    sheets, reports, invoices = (by_key(name) for name in ("timesheet", "expense_report", "invoice"))
    entries = Counter(sheets[row["timesheet"]]["status"] for row in table("workspace", "time_entry"))
    receipts = Counter(reports[row["expense_report"]]["status"] for row in table("workspace", "receipt"))
    assert (entries["A"], sum(entries.values())) == (20_000, 20_400)
    assert (receipts["A"], len(reports)) == (6_000, 1_540)
    assert Counter(row["status"] for row in invoices.values())["A"] == 700
    charges = Counter(row["invoice"] for row in table("workspace", "charge"))
    assert set(charges.values()) == {2, 3, 4, 5, 6}
    assert charges.keys() == invoices.keys()


def test_amounts_are_exact_in_their_currency() -> None:
    invoices, sums = by_key("invoice"), defaultdict[str, Decimal](Decimal)
    for charge in table("workspace", "charge"):
        assert Decimal(charge["quantity"]) * Decimal(charge["rate"]) == Decimal(charge["total"])
        sums[charge["invoice"]] += Decimal(charge["total"])
    for receipt in table("workspace", "receipt"):
        assert Decimal(receipt["quantity"]) * Decimal(receipt["cost"]) == Decimal(receipt["total"])
    assert {key: Decimal(row["total"]) for key, row in invoices.items()} == sums
    yen = [row["total"] for row in [*invoices.values(), *table("workspace", "receipt")] if row["currency"] == "JPY"]
    assert yen
    assert all("." not in total for total in yen)


@cache
def usable(name: str, key: str) -> dict[str, str]:
    """The NetSuite ids of what approved work may point at, by folded name."""
    return {
        row[key].casefold(): row["id"]
        for row in table("netsuite", name)
        if row["isinactive"] == "F" and row.get(MARK, "T") == "T" and row.get("searchstage", "Customer") == "Customer"
    }


@cache
def partner(kind: str, key: str) -> str:
    """The NetSuite id of what a workspace key means, found by name as the import finds it; a KeyError is a failure."""
    row = by_key(kind)[key]
    match kind:
        case "employee":
            return usable("employee", "entityid")[row["nickname"].casefold()]
        case "customer":
            return usable("customer", "entityid")[row["name"].casefold()]
        case "service":
            return usable("item", "itemid")[row["name"].casefold()]
        case "expense_item":
            return usable("expensecategory", "name")[row["name"].casefold()]
        case _:
            customer = partner("customer", row["customer"])
            found = [one for one in table("netsuite", "job") if (one["isinactive"], one[MARK]) == ("F", "T")]
            return {(one["customer"], one["companyname"]): one["id"] for one in found}[customer, row["name"]]


def currency_id(symbol: str) -> str:
    return {row["symbol"]: row["id"] for row in table("netsuite", "currency")}[symbol]


def refusals(results: list[Written | Rejection]) -> list[Written | Rejection]:
    return [result for result in results if not isinstance(result, Written)]


def test_approved_time_can_be_written_by_the_rules(account: Account) -> None:
    sheets = by_key("timesheet")
    entries = [row for row in table("workspace", "time_entry") if sheets[row["timesheet"]]["status"] == "A"][::100]
    results = [
        account.upsert(
            "timeBill",
            {
                "employee": partner("employee", row["employee"]),
                "customer": partner("project", row["project"]),
                "item": partner("service", row["service"]),
                "tranDate": date.fromisoformat(row["date"]),
                "hours": Decimal(row["hours"]),
                "isBillable": row["billable"] == "true",
            },
            external_id=row["key"],
        )
        for row in entries
    ]
    assert (len(results), refusals(results)) == (200, [])


def test_approved_expenses_can_be_written_by_the_rules(account: Account) -> None:
    receipts = defaultdict[str, list[Row]](list)
    for row in table("workspace", "receipt"):
        receipts[row["expense_report"]].append(row)
    results = [
        account.upsert(
            "expenseReport",
            {
                "entity": partner("employee", report["employee"]),
                "tranDate": date.fromisoformat(report["date"]),
                "expenseReportCurrency": currency_id(report["currency"]),
                "expense": [expense_line(row) for row in receipts[report["key"]]],
            },
            external_id=report["key"],
        )
        for report in table("workspace", "expense_report")[:1500:30]
    ]
    assert (len(results), refusals(results)) == (50, [])


def expense_line(row: Row) -> dict[str, object]:
    return {
        "expenseDate": date.fromisoformat(row["date"]),
        "category": partner("expense_item", row["expense_item"]),
        "quantity": Decimal(row["quantity"]),
        "rate": Decimal(row["cost"]),
        "foreignAmount": Decimal(row["total"]),
        "currency": currency_id(row["currency"]),
        "customer": partner("project", row["project"]),
    }


def test_approved_invoices_can_be_written_by_the_rules(account: Account) -> None:
    charges = defaultdict[str, list[Row]](list)
    for row in table("workspace", "charge"):
        charges[row["invoice"]].append(row)
    results = [
        account.upsert(
            "invoice",
            {
                "entity": partner("customer", invoice["customer"]),
                "tranDate": date.fromisoformat(invoice["date"]),
                "currency": currency_id(invoice["currency"]),
                "item": [invoice_line(row) for row in charges[invoice["key"]]],
            },
            external_id=invoice["key"],
        )
        for invoice in table("workspace", "invoice")[:700:14]
    ]
    assert (len(results), refusals(results)) == (50, [])


def invoice_line(row: Row) -> dict[str, object]:
    return {
        "job": partner("project", row["project"]),
        "item": partner("service", row["service"]),
        "quantity": Decimal(row["quantity"]),
        "rate": row["rate"],
        "amount": Decimal(row["total"]),
    }


def test_all_approved_work_points_at_what_both_sides_have() -> None:
    sheets, invoices = by_key("timesheet"), by_key("invoice")
    people = {row["employee"] for row in sheets.values() if row["status"] == "A"}
    people |= {row["employee"] for row in table("workspace", "expense_report") if row["status"] == "A"}
    projects = {row["project"] for row in table("workspace", "time_entry") + table("workspace", "receipt")}
    projects |= {row["project"] for row in table("workspace", "charge")}
    services = {row["service"] for row in table("workspace", "time_entry") + table("workspace", "charge")}
    items = {row["expense_item"] for row in table("workspace", "receipt") + table("workspace", "charge")} - {""}
    for kind, keys in (("employee", people), ("project", projects), ("service", services), ("expense_item", items)):
        assert all(partner(kind, key) for key in keys)
    for charge in table("workspace", "charge"):
        assert invoices[charge["invoice"]]["project"] == charge["project"]
