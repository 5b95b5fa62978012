"""What a record adds to a run's sums, on the side it comes from and on the side it goes to (I12)."""

from __future__ import annotations

from decimal import Decimal

from suitebridge.domain.errors import Problem
from suitebridge.domain.flow.mapping import Draft
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.outcomes import Amount
from suitebridge.domain.values import Fields, as_text
from suitebridge.domain.workflow import Sum, Workflow


def amount_of(workflow: Workflow, fields: Fields) -> Amount | None:
    """Add up what a source record amounts to, or give None where the workflow sums nothing."""
    rule = workflow.sum
    if rule is None:
        return None
    return Amount(unit=_unit(rule, fields), value=total_of(fields, rule.amount))


def check_sum(workflow: Workflow, selected: Selected, draft: Draft) -> Problem | None:
    """Compare what the source amounts to with what the draft's fields carry."""
    amount = amount_of(workflow, selected.record.fields)
    if amount is None or workflow.sum is None:
        return None
    written = written_of(workflow.sum, draft.fields)
    if written == amount.value:
        return None
    facts = {
        "record": selected.title,
        "amount": as_text(amount.value),
        "unit": amount.unit,
        "written": as_text(written),
    }
    return Problem(code="SB-SUM-001", facts=facts)


def written_of(rule: Sum, fields: Fields) -> Decimal:
    """Add up what a target record carries, with the sign of the source."""
    total = sum((total_of(fields, place) for place in rule.places), Decimal(0))
    return -total if rule.is_negated else total


def _unit(rule: Sum, fields: Fields) -> str:
    if rule.unit:
        return rule.unit
    currency = fields.get(rule.currency)
    return currency if isinstance(currency, str) else ""


def total_of(fields: Fields, path: str) -> Decimal:
    """Read one amount, or add up a line field named "lines.field"."""
    list_name, _, line_field = path.partition(".")
    value = fields.get(list_name)
    if isinstance(value, tuple):
        return sum((_number(line.get(line_field)) for line in value), Decimal(0))
    return _number(fields.get(path))


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
