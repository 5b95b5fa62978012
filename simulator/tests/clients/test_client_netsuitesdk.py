"""The Python package `netsuitesdk`, unmodified: every list it offers, and records posted, found, counted and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from simulator.tests.clients.conftest import World
from simulator.tests.clients.strangers import SCRIPTS, Stranger, StrangerError, python_of, running

DAY = "2026-05-04T00:00:00"
LISTS = (
    "accounts", "adv_inter_company_journal_entries", "classifications", "currencies", "customers", "departments", "employees",
    "expense_categories", "expense_reports", "items", "journal_entries", "locations", "price_level", "projects",
    "subsidiaries", "tax_groups", "tax_items", "terms", "vendor_bills", "vendor_payments", "vendors",
)  # fmt: skip


@pytest.fixture(scope="module")
def process(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    """The client's process."""
    command = [python_of("netsuitesdk"), SCRIPTS / "netsuitesdk_calls.py"]
    with running(command, world.served.environment, tmp_path_factory.mktemp("netsuitesdk")) as process:
        yield process


def settings(world: World, **changes: str) -> dict[str, str]:
    known = world.auth
    given = {"token_key": known["token_id"], "account": world.served.account.id}
    return {**{name: known[name] for name in ("consumer_key", "consumer_secret", "token_secret")}, **given, **changes}


@pytest.fixture
def client(world: World, process: Stranger) -> Stranger:
    """The client, connected; it looks a hundred types up as it connects and warns of each that it misses."""
    process.ask("connect", **settings(world))
    return process


def ref(internal_id: str) -> dict[str, str]:
    return {"internalId": internal_id}


def posted(client: Stranger, part: str, **data: Any) -> str:
    return str(client.ask("on", part=part, method="post", data=data)["internalId"])


def test_no_type_that_it_looks_up_is_missing(process: Stranger, world: World) -> None:
    for version in ("2024_1", "2025_2"):
        assert process.ask("connect", wsdl_version=version, **settings(world)) == []


def test_every_list_is_read_to_its_end(client: Stranger) -> None:
    lengths = {part: len(client.ask("on", part=part, method="get_all")) for part in LISTS}
    assert (lengths["currencies"], lengths["employees"], lengths["items"]) == (2, 1, 1)
    assert (lengths["accounts"] >= 2, lengths["customers"] >= 1, lengths["projects"]) == (True, True, 1)


def test_more_records_than_a_page_holds(client: Stranger, world: World) -> None:
    account = world.served.account
    for number in range(45):
        account.add("vendor", entityId=f"V {number:02d}", companyName=f"Vendor {number:02d}", subsidiary="1")
    pages = client.ask("on", part="vendors", method="get_all_generator")
    assert sum(len(page) for page in pages) >= 45
    assert client.ask("on", part="vendors", method="count") >= 45


def test_customers_are_posted_found_counted_and_deleted(client: Stranger, world: World) -> None:
    nothing: dict[str, str] = {}
    data = {"currency": ref(world.firm.dollar), "subsidiary": ref(world.firm.subsidiary), "isPerson": False}
    data |= {"representingSubsidiary": nothing, "monthlyClosing": nothing}
    number = posted(client, "customers", externalId="k-1", companyName="Köln", entityId="K 1", **data)
    assert posted(client, "customers", externalId="k-1", companyName="Köln", email="k@example.com", **data) == number
    assert client.ask("on", part="customers", method="get", externalId="k-1")["email"] == "k@example.com"
    found = client.ask("on", part="customers", method="search", attribute="companyName", value="Köln", operator="is")
    assert [record["internalId"] for record in found] == [number]
    changed = client.ask("on", part="customers", method="get_records_generator", last_modified_date=DAY, active=True)
    assert number in [record["internalId"] for page in changed for record in page]
    before = client.ask("on", part="customers", method="count")
    assert client.ask("on", part="customers", method="delete", externalId="k-1")["internalId"] == number
    assert client.ask("on", part="customers", method="count") == before - 1
    with pytest.raises(StrangerError, match="RCRD_DSNT_EXIST") as gone:
        client.ask("on", part="customers", method="get", externalId="k-1")
    assert gone.value.kind == "NetSuiteRequestError"


def test_documents_with_lines_are_posted(client: Stranger, world: World) -> None:
    firm = world.firm
    lines = [{"account": ref(firm.expense), "debit": 10.5}, {"account": ref(firm.income), "credit": 10.5}]
    entry = {"tranDate": DAY, "currency": ref(firm.dollar), "subsidiary": ref(firm.subsidiary), "lineList": lines}
    journal = posted(client, "journal_entries", externalId="j-1", **entry)
    assert posted(client, "journal_entries", externalId="j-1", **entry) == journal
    expense = {"category": ref(firm.category), "amount": 12.5, "memo": "Übernachtung", "expenseDate": DAY}
    report = {"entity": ref(firm.employee), "tranDate": DAY, "expenseList": [expense, expense]}
    number = posted(client, "expense_reports", externalId="x-1", **report)
    stored = world.served.account.get("expenseReport", internal_id=number)
    assert stored is not None
    kept = stored.values["expense"]
    assert isinstance(kept, list)
    assert [line["memo"] for line in kept] == ["Übernachtung"] * 2
    with pytest.raises(StrangerError, match="NetSuiteRequestError"):
        posted(client, "expense_reports", externalId="x-2", **{**report, "entity": ref("999")})


def test_references_that_name_nothing_count_as_not_sent(client: Stranger, world: World) -> None:
    """Its users fill in whole references and leave the ids out where they have none."""
    firm, nothing = world.firm, {"name": None, "internalId": None, "externalId": None, "type": None}
    vendor = {"currency": ref(firm.dollar), "subsidiary": ref(firm.subsidiary), "representingSubsidiary": nothing}
    vendor |= {"workCalendar": nothing, "isPerson": False, "companyName": "Čapek", "entityId": "V Č"}
    number = posted(client, "vendors", externalId="v-1", **vendor)
    payables = world.served.account.add("account", acctName="Payables", acctNumber="2000", acctType="AcctPay")
    line = {"account": ref(firm.expense), "amount": 12.5, "memo": "Taxi", "department": nothing, "customer": nothing}
    bill = {
        "entity": ref(number),
        "account": ref(payables.id),
        "tranDate": DAY,
        "expenseList": [line],
        "class": nothing,
    }
    bill |= {"subsidiary": ref(firm.subsidiary), "currency": ref(firm.dollar), "location": nothing}
    stored = world.served.account.get(
        "vendorBill", internal_id=posted(client, "vendor_bills", externalId="b-1", **bill)
    )
    assert stored is not None
    assert (stored.values["entity"], stored.values.get("class"), stored.values.get("location")) == (number, None, None)
    with pytest.raises(StrangerError, match="NetSuiteRequestError"):
        posted(client, "vendor_bills", externalId="b-2", **{**bill, "entity": nothing})


def test_custom_records_are_posted_and_listed(client: Stranger, world: World) -> None:
    kind = world.served.account.add_custom_record_type("customrecord_skill", "Skill")
    skill = {"externalId": "cr-1", "name": "Python", "recType": ref(str(kind.id))}
    assert posted(client, "custom_records", **skill)
    listed = client.ask("on", part="custom_record_types", method="get_all_by_id", internalId=str(kind.id))
    assert [record["name"] for record in listed] == ["Python"]
    assert client.ask("on", part="custom_record_types", method="count", internalId=str(kind.id)) == 1


def test_wrong_secrets_and_the_limit_are_the_clients_own_exceptions(process: Stranger, world: World) -> None:
    process.ask("connect", **settings(world, token_secret="wrong"))
    with pytest.raises(StrangerError, match="Invalid login attempt") as refused:
        process.ask("on", part="customers", method="count")
    assert refused.value.kind == "NetSuiteLoginError"
    process.ask("connect", **settings(world))
    world.served.account.governance.limit = 0
    try:
        with pytest.raises(StrangerError, match="Request blocked") as blocked:
            process.ask("on", part="customers", method="count")
    finally:
        world.served.account.governance.limit = 5
    assert blocked.value.kind == "NetSuiteRateLimitError"
