"""What golden cases send is taken by the simulated account, through SOAP and REST alike, and read back as it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from netsuite_simulator.loading import company_folder, load_folder
from netsuite_simulator.results import Written
from suitebridge.catalog import CATALOG
from suitebridge.domain.doors import Preference
from suitebridge.domain.flow.summing import amount_of, written_of
from suitebridge.domain.overrides import lay_over
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Fields
from suitebridge.ports.netsuite import Done, ReadRequest
from tests.contract.netsuite_worlds import SimulatedWorld, simulated
from tests.golden.cases import Case, all_cases, outgoing, source_fields

EXPORTS = [case for case in all_cases() if case.workflow.direction is Direction.EXPORT]
INVOICE = "export_invoices/writes_an_invoice"


@pytest.fixture(params=Preference)
def firm(request: pytest.FixtureRequest) -> Iterator[SimulatedWorld]:
    """Open an account with the demo firm, whose ids the golden cases name."""
    with simulated(prefers=request.param) as world:
        report = world.server.edit(lambda: load_folder(world.account, company_folder("consultancy")))
        assert report.created > 0
        # Golden cases name tax codes by this id.
        world.server.edit(lambda: world.account.add("salesTaxItem", None, "5", itemId="VAT", rate="19%"))
        yield world


def test_every_record_of_the_golden_cases_is_taken(firm: SimulatedWorld) -> None:
    ids: dict[str, str] = {}
    for case in sorted(EXPORTS, key=lambda one: one.name != INVOICE):
        sent = outgoing(case)
        if sent is None:
            continue
        fields = _billing(firm, _applied_to(sent.fields, ids.get(INVOICE, "")))
        (answer,) = firm.gateway.upsert(case.workflow.target_type, [replace(sent, fields=fields)])
        assert isinstance(answer, Done), f"{case.name}: {answer}"
        ids[case.name] = answer.netsuite_id
        _require_sum(firm, case, answer.netsuite_id)


def test_every_import_reads_what_it_maps(firm: SimulatedWorld) -> None:
    for workflow in [one for one in CATALOG.values() if one.direction is Direction.IMPORT]:
        for effective in (workflow, lay_over(workflow)):
            asked = ReadRequest(
                record_type=effective.source_type,
                fields=effective.source_paths(),
                condition=effective.reads,
                changed_since="2020-01-01 00:00:00",
                limit=100,
            )
            found = firm.gateway.fetch(asked).records
            assert all(set(record.fields) == set(asked.fields) for record in found), workflow.name


def test_lines_of_orders_are_records_with_keys_of_their_own(firm: SimulatedWorld) -> None:
    item = {"item": "236", "quantity": Decimal(2), "rate": "750", "description": "Pentest", "customer": "1001"}
    made = firm.server.edit(
        lambda: firm.account.create(
            "purchaseOrder", {"entity": "501", "tranDate": date(2026, 1, 5), "item": [item, item]}
        )
    )
    assert isinstance(made, Written)
    workflow = lay_over(CATALOG["import_purchase_items"])
    asked = ReadRequest(record_type=workflow.source_type, fields=workflow.source_paths(), condition=workflow.reads)
    first, second = firm.gateway.fetch(asked).records
    assert first.fields == second.fields
    assert first.fields["transaction"] == made.id
    assert (first.fields["quantity"], first.fields["amount"]) == (Decimal(2), Decimal(1500))
    assert (first.fields["entity"], first.fields["transaction.entity.custentity_oa_export_to_openair"]) == (
        "1001",
        True,
    )
    (again,) = firm.gateway.fetch(replace(asked, after_id=first.id)).records
    assert again.id == second.id
    (named,) = firm.gateway.fetch(replace(asked, ids=(first.id,))).records
    assert named == first


def _applied_to(fields: Fields, invoice: str) -> Fields:
    """Let a credit point to the invoice that was written here."""
    lines = fields.get("applyList")
    if not isinstance(lines, tuple) or not lines:
        return fields
    return {**fields, "applyList": tuple({**line, "doc": int(invoice)} for line in lines)}


def _billing(firm: SimulatedWorld, fields: Fields) -> Fields:
    """Let an invoice bill the lines of a vendor bill that is written here."""
    for name, bought in (
        ("expCostList", ("expense", {"category": "9"})),
        ("itemCostList", ("item", {"item": "236", "quantity": Decimal(1)})),
    ):
        lines = fields.get(name)
        if not isinstance(lines, tuple) or not lines:
            continue
        sublist, what = bought
        costs = [{**what, "amount": line["amount"], "customer": fields["job"], "isBillable": True} for line in lines]
        values = {"entity": "501", "tranDate": fields["tranDate"], sublist: costs}
        made = firm.server.edit(lambda: firm.account.create("vendorBill", values))  # noqa: B023 - called at once
        assert isinstance(made, Written), made
        billed = ({**line, "doc": int(made.id), "line": number} for number, line in enumerate(lines, 1))
        fields = {**fields, name: tuple(billed)}
    return fields


def _require_sum(firm: SimulatedWorld, case: Case, netsuite_id: str) -> None:
    rule = case.workflow.sum
    if rule is None:
        return
    (found,) = firm.gateway.read_back(case.workflow.target_type, [netsuite_id], rule.places)
    amount = amount_of(case.workflow, source_fields(case))
    assert amount is not None
    assert written_of(rule, found.fields) == amount.value != Decimal(0)
