"""A run of the whole catalog between a workspace and the demo firm's simulated account, through SOAP and REST, and both sides compared afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.loading import company_folder, load_folder
from netsuite_simulator.results import Written
from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.doors import Preference
from suitebridge.domain.intents import Change
from suitebridge.domain.overrides import Configuration, WorkflowOverride, configured
from suitebridge.domain.reconciliations import Period
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Value
from suitebridge.ports.runs import RunState
from suitebridge.ports.transactions import RecordChange
from suitebridge.runs.reconciling import reconcile
from tests.contract.netsuite_worlds import SimulatedWorld, simulated
from tests.fakes.runs import Firm

IMPORTS = tuple(name for name, one in CATALOG.items() if one.direction is Direction.IMPORT)
EXPORTS = tuple(name for name in CATALOG if name not in IMPORTS)
FOLLOWING = (
    "import_payments",
    "import_retainers",
    "import_reimbursements",
    "import_credits",
    "import_credit_charges",
    "import_applied_credits",
)
"""What comes back of what was exported."""
FIRST = tuple(name for name in IMPORTS if name not in FOLLOWING)
HIERARCHIES = ("import_departments", "import_classes", "import_locations", "import_subsidiaries")
DAY = date(2026, 5, 18)
ALL = AllOf(conditions=())
TAXED = Configuration(
    overrides=tuple(
        WorkflowOverride(workflow=name, settings=((setting, True),))
        for name, setting in (
            ("export_invoices", "import_taxes"),
            ("export_credits", "import_taxes"),
            ("export_expense_reports", "export_taxes"),
        )
    )
)
ACCEPTED = ("created", "updated", "unchanged", "skipped")


@pytest.fixture(params=Preference)
def world(request: pytest.FixtureRequest) -> Iterator[SimulatedWorld]:
    with simulated(prefers=request.param) as opened:
        opened.server.edit(lambda: load_folder(opened.account, company_folder("consultancy")))
        yield opened


def test_a_run_of_the_whole_catalog_leaves_both_sides_alike(
    world: SimulatedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = Firm()
    firm.connect(world.account.id)
    firm.workflows = {name: replace(one, is_active=True) for name, one in configured(CATALOG, TAXED).items()}
    monkeypatch.setattr(firm, "_open", lambda *_, **__: world.gateway)
    order = {"item": "236", "quantity": Decimal(2), "rate": "750", "customer": "1001", "isBillable": True}
    for bought in ("purchaseOrder", "vendorBill", "vendorCredit"):
        values = {"entity": "501", "tranDate": DAY, "tranId": f"{bought}-1", "item": [order]}
        made = world.server.edit(lambda: world.account.create(bought, values))  # noqa: B023 - called at once
        assert isinstance(made, Written), made

    code = world.server.edit(lambda: tax(world.account))
    ends_apart(firm, *FIRST)
    ends(firm, *HIERARCHIES, is_full=True)  # a node that came before its parent gets it when it is read again
    work(firm, code)
    ends_apart(firm, *EXPORTS)
    world.server.edit(lambda: settle(firm, world.account))
    ends_apart(firm, *IMPORTS)  # what was made in NetSuite comes back as any other record

    for number in ("INV-1", "CR-1"):
        (document,) = firm.store.records.find("invoice", "number", [number])[number]
        told = firm.record("invoice", document)
        assert told["total_with_tax"] == abs(Decimal(str(told["total"]))) + Decimal(str(told["tax"])), told
        assert Decimal(str(told["tax"])) > 0, number
    for name, workflow in firm.workflows.items():
        assert name not in FOLLOWING or firm.store.records.select(workflow.target_type, ALL, after_id="", limit=9), name
        found = reconcile(firm.store, world.gateway, workflow, Period(), user=firm.user, clock=firm.clock)
        assert found.is_alike, (name, found.told[:3])
        if workflow.direction is Direction.EXPORT:
            assert found.workspace_count > 0, name
        assert all(one.workspace == one.netsuite for one in found.sums), name


def tax(account: Account) -> str:
    """Let NetSuite tax consulting: what it computes has to come back. Give the tax code."""
    code = account.create("salesTaxItem", {"itemId": "VAT", "rate": "19%"})
    assert isinstance(code, Written), code
    taxed = account.update("serviceSaleItem", {"salesTaxCode": code.id}, internal_id="201")
    assert isinstance(taxed, Written), taxed
    return code.id


def settle(firm: Firm, account: Account) -> None:
    """Pay what was exported, from a deposit first, and open a case; what only NetSuite has is left out of the workspace."""

    def sent(record_type: str, number: str) -> int:
        (found,) = firm.store.records.find(record_type, "number", [number])[number]
        return int(str(firm.store.records.fetch(record_type, [found], ["netsuite_id"])[0].fields["netsuite_id"]))

    def make(record_type: str, **values: object) -> int:
        made = account.create(record_type, {"tranDate": DAY, **values})
        assert isinstance(made, Written), made
        return int(made.id)

    invoice, payer = sent("invoice", "INV-1"), {"customer": "301"}
    other = make("invoice", entity="301", item=[{"item": "201", "amount": Decimal(70)}])
    deposit = make("customerDeposit", payment=Decimal(100), **payer)
    drawn = [{"doc": invoice, "amount": Decimal(100)}]
    make("depositApplication", deposit=str(deposit), apply=drawn)
    paid = [{"doc": one, "amount": Decimal(60)} for one in (invoice, other)]
    make("customerPayment", payment=Decimal(200), apply=paid, memo="Wire", **payer)
    approved = {"approvalStatus": "2"}
    account.update("expenseReport", approved, internal_id=str(sent("expense_report", "ER-1")))
    for number, payee in (("ER-1", "12"), ("ER-2", "501")):
        make("vendorPayment", entity=payee, account="1", apply=[{"doc": sent("expense_report", number)}])
    taken = [{"doc": invoice, "amount": Decimal(40)}]
    make("creditMemo", entity="301", item=[{"item": "201", "amount": Decimal(40)}], apply=taken)
    case = account.create("supportCase", {"title": "Prints twice", "company": "1001"})
    assert isinstance(case, Written), case


def ends(firm: Firm, *workflows: str, is_full: bool = False) -> None:
    """Carry a run out, in which every record ends well and every workflow has one."""
    report = firm.go_on(firm.ask(*workflows, is_full=is_full))
    assert report.run.state is RunState.COMPLETED, (report.run.problem_code, report.run.problem_facts)
    for line in report.workflows:
        bad = {kind.value: count for kind, count in line.tally.counts if count and kind.value not in ACCEPTED}
        assert not bad, (
            line.name,
            [one.outcome for one in firm.store.runs.outcomes(report.run.id, workflow=line.name)][:3],
        )
    assert {line.name for line in report.workflows} == set(workflows)


def ends_apart(firm: Firm, *workflows: str) -> None:
    """Carry out two runs: workflows that exclude others come after these."""
    later = tuple(name for name in workflows if CATALOG[name].excludes)
    ends(firm, *(name for name in workflows if name not in later))
    ends(firm, *later)


def work(firm: Firm, code: str) -> None:
    """Enter work of every kind, of people and projects that were imported."""

    def own(record_type: str, netsuite_id: str) -> str:
        return firm.store.records.find(record_type, "netsuite_id", [netsuite_id])[netsuite_id][0]

    ann, bob, customer, project = (
        own("employee", "12"),
        own("employee", "501"),
        own("customer", "301"),
        own("project", "1001"),
    )
    service, product, expense_item = own("service", "201"), own("product", "236"), own("expense_item", "9")
    subsidiary = own("subsidiary", "1")
    paid: dict[str, Value] = {"date": DAY, "currency": "USD"}
    firm.add("customer", name="Prospekt Ostsee", currency="USD", subsidiary=subsidiary, export_to_netsuite=True)
    firm.add(
        "project",
        name="Website relaunch",
        customer=customer,
        currency="USD",
        active=True,
        subsidiary=subsidiary,
        export_to_netsuite=True,
    )
    firm.add("project_task", name="Brand new task", project=project, planned_hours=Decimal(16), export_to_netsuite=True)
    sheet = firm.add("timesheet", employee=ann, starts=DAY, status="A")
    firm.add(
        "time_entry",
        timesheet=sheet,
        employee=ann,
        project=project,
        service=service,
        date=DAY,
        hours=Decimal("7.5"),
        billable=True,
    )
    of_vat = RecordChange(
        type="employee", id=ann, version="", changes=(Change(field="tax_nexus", before=None, after="VAT"),)
    )
    with firm.store.begin() as unit:
        unit.change_records([of_vat], firm.stamp)
    taxed = firm.add("tax_location", name="Germany, 19 %", netsuite_id=code)
    receipts = []
    for number, person in (("ER-1", ann), ("ER-2", bob)):
        report = firm.add("expense_report", number=number, employee=person, status="A", **paid)
        spent: dict[str, Value] = {
            "expense_report": report,
            "expense_item": expense_item,
            "date": DAY,
            "project": project,
        }
        firm.add(
            "receipt", total=Decimal("11.90"), tax=Decimal("1.90"), tax_location=taxed, corporate_card=True, **spent
        )
        receipts.append(firm.add("receipt", total=Decimal("80.40"), billable=True, **spent))
    invoice = firm.add(
        "invoice", number="INV-1", customer=customer, project=project, status="A", total=Decimal(900), **paid
    )
    costs = firm.add("invoice", number="INV-2", customer=customer, status="A", total=Decimal("2411.20"), **paid)
    firm.add("charge", invoice=costs, type="P", product=product, quantity=Decimal(1), total=Decimal(750))
    bought = AllOf(conditions=(Compare(path="billable", comparison=Comparison.EQUAL, value=True),))
    ((line, _),) = firm.store.records.select("purchase_item", bought, after_id="", limit=9)
    firm.add("charge", invoice=costs, type="P", purchase_item=line, total=Decimal("1500.40"))
    for receipt in receipts:
        firm.add("charge", invoice=costs, type="E", receipt=receipt, total=Decimal("80.40"))
    credit = firm.add(
        "invoice",
        number="CR-1",
        customer=customer,
        project=project,
        status="A",
        total=Decimal(-450),
        original_invoice=invoice,
        **paid,
    )
    for document, quantity in ((invoice, 4), (credit, -2)):
        firm.add(
            "charge",
            invoice=document,
            type="T",
            service=service,
            project=project,
            quantity=Decimal(quantity),
            rate=Decimal(225),
            total=Decimal(quantity * 225),
        )
    request = firm.add("purchase_request", number="PR-1", employee=ann, status="A", **paid)
    firm.add(
        "request_item",
        purchase_request=request,
        product=product,
        quantity=Decimal(2),
        cost=Decimal(750),
        total=Decimal(1500),
        project=project,
    )
    money: dict[str, Value] = {"currency": "USD", "project": project}
    firm.add("loaded_cost", name="Caleb, 2026", employee=ann, level=0, cost=Decimal("86.50"), currency="USD")
    firm.add("recognition_rule", name="Fixed fee", type="F", total=Decimal(48000), active=True, **money)
    firm.add(
        "recognition_transaction",
        number="REV-1",
        project=project,
        total=Decimal(900),
        deferred_account="2300",
        income_account="4000",
        **paid,
    )
