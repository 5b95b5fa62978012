"""What golden cases send is taken by the simulated account, through SOAP and REST alike, and read back as it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from netsuite_simulator.loading import company_folder, load_folder
from suitebridge.domain.doors import Preference
from suitebridge.domain.flow.summing import amount_of, written_of
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Fields
from suitebridge.ports.netsuite import Done
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
        yield world


def test_every_record_of_the_golden_cases_is_taken(firm: SimulatedWorld) -> None:
    ids: dict[str, str] = {}
    for case in sorted(EXPORTS, key=lambda one: one.name != INVOICE):
        sent = outgoing(case)
        if sent is None:
            continue
        fields = _applied_to(sent.fields, ids.get(INVOICE, ""))
        (answer,) = firm.gateway.upsert(case.workflow.target_type, [replace(sent, fields=fields)])
        assert isinstance(answer, Done), f"{case.name}: {answer}"
        ids[case.name] = answer.netsuite_id
        _require_sum(firm, case, answer.netsuite_id)


def _applied_to(fields: Fields, invoice: str) -> Fields:
    """Let a credit point to the invoice that was written here."""
    lines = fields.get("applyList")
    if not isinstance(lines, tuple) or not lines:
        return fields
    return {**fields, "applyList": tuple({**line, "doc": int(invoice)} for line in lines)}


def _require_sum(firm: SimulatedWorld, case: Case, netsuite_id: str) -> None:
    rule = case.workflow.sum
    if rule is None:
        return
    (found,) = firm.gateway.read_back(case.workflow.target_type, [netsuite_id], [rule.written])
    amount = amount_of(case.workflow, source_fields(case))
    assert amount is not None
    assert written_of(rule, found.fields) == amount.value != Decimal(0)
