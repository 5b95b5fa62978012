"""What stands beside an imported record is made once, follows it, and is never doubled by a process that dies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import AllOf
from suitebridge.domain.values import Value
from tests.fakes.deaths import ProcessDiedError
from tests.fakes.runs import Firm, marked

ORDERS = ("import_vendors", "import_products", "import_purchase_orders")
ITEMS = "import_purchase_items"
BESIDE = ("purchase_request", "request_item", "fulfillment")


def firm_with_order() -> tuple[Firm, str]:
    """Give a firm whose NetSuite has an order of two lines; the order is imported, its lines are not."""
    firm = Firm({name: replace(CATALOG[name], is_active=True) for name in (*ORDERS, ITEMS)})
    vendor = firm.netsuite.add("vendor", **marked(entityId="Steel AG", isInactive=False))
    order = firm.netsuite.add("purchaseOrder", type="PurchOrd", entity=vendor, tranId="PO-7", tranDate=date(2026, 3, 2))
    item = firm.netsuite.add("item", itemId="Beam", itemType="NonInvtPart")
    told: dict[str, Value] = {"transaction": order, "mainLine": False, "item": item}
    line = firm.netsuite.add(
        "purchaseOrderLine", **told, quantity=Decimal(2), rate=Decimal(5), amount=Decimal(10), memo="Beams"
    )
    firm.netsuite.add("purchaseOrderLine", **told, quantity=Decimal(1), amount=Decimal(3), memo="Bolts")
    firm.run(*ORDERS)
    return firm, line


def beside(firm: Firm, record_type: str) -> list[Mapping[str, Value]]:
    found = firm.store.records.select(record_type, AllOf(conditions=()), after_id="", limit=9)
    return [firm.record(record_type, id_) for id_, _ in found]


def test_a_line_has_a_request_with_its_item_and_a_fulfillment() -> None:
    firm, line = firm_with_order()

    report = firm.run(ITEMS)

    assert report.workflows[0].tally.counts[0][1] == 2  # companions are no records of the run
    (request, other), (part, _), (filled, _) = (beside(firm, name) for name in BESIDE)
    assert (request["netsuite_id"], request["number"], request["name"], request["status"]) == (
        *(f"line-{line}", "PO-7", "Beams", "A"),
    )
    assert (request["date"], other["name"]) == (date(2026, 3, 2), "Bolts")
    (item,) = firm.store.records.find("purchase_item", "netsuite_id", [line])[line]
    requests = firm.store.records.find("purchase_request", "netsuite_id", [f"line-{line}"])
    assert part["purchase_request"] == requests[f"line-{line}"][0]
    (vendor,) = firm.store.records.find("vendor", "name", ["Steel AG"])["Steel AG"]
    assert (part["vendor"], part["quantity"], part["cost"], part["total"]) == (vendor, 2, 5, 10)
    assert (filled["purchase_item"], filled["quantity"], filled["number"]) == (item, 2, "PO-7 Beams")


def test_companions_follow_their_line_and_are_left_alone_otherwise() -> None:
    firm, line = firm_with_order()
    firm.run(ITEMS)
    firm.netsuite.change("purchaseOrderLine", line, quantity=Decimal(4), amount=Decimal(20))

    firm.run(ITEMS)

    assert [one["quantity"] for one in beside(firm, "fulfillment")] == [4, 1]
    assert [one["total"] for one in beside(firm, "request_item")] == [20, 3]
    before = len(firm.store.trail.newest(limit=500))
    firm.run(ITEMS, is_full=True)
    told = firm.store.trail.newest(limit=500)
    assert {entry.record_type for entry in told[: len(told) - before]} <= {"run", ""}


def test_a_process_that_dies_at_any_instant_doubles_no_companion() -> None:
    instant, died = 0, True
    while died:
        instant, died = instant + 1, False
        firm, _ = firm_with_order()
        firm.netsuite.pass_time(86_400)
        run = firm.ask(ITEMS)
        firm.die_at(instant)
        try:
            firm.carry_out(run)
        except ProcessDiedError:
            died = True
        firm.die_at(0)
        firm.go_on(run)
        assert [len(beside(firm, name)) for name in ("purchase_item", *BESIDE)] == [2, 2, 2, 2], instant
    assert instant > 5
