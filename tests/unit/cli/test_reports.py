"""Runs as tables and documents: every non-zero outcome, sums to the last place, counts that add up."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from rich.console import Console

from suitebridge.cli.reports import equation, run_document, run_table
from suitebridge.domain.outcomes import Amount, OutcomeKind, Tally
from suitebridge.domain.records import Direction
from suitebridge.ports.runs import RunState
from suitebridge.runs.reviewing import RunReport, WorkflowReport
from tests.unit.cli.test_endings import ended_run

TALLY = Tally(
    considered=3,
    counts=((OutcomeKind.CREATED, 2), (OutcomeKind.BLOCKED, 1)),
    selected_sums=(Amount(unit="EUR", value=Decimal("1234.500000")),),
    written_sums=(Amount(unit="EUR", value=Decimal("1000.250000")), Amount(unit="JPY", value=Decimal("70000000"))),
)


def report(tally: Tally = TALLY) -> RunReport:
    workflow = WorkflowReport(
        name="export_bills",
        title="Bills (Vendor Bills)",
        direction=Direction.EXPORT,
        source_type="bill",
        target_type="vendorBill",
        phase="finished",
        tally=tally,
    )
    return RunReport(run=ended_run(RunState.COMPLETED_WITH_ERRORS, ""), workflows=(workflow,), groups=(), problem=None)


def test_a_table_shows_the_outcomes_that_occurred_and_the_sums() -> None:
    console = Console(file=io.StringIO(), width=100)
    console.print(run_table(report()))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    for text in ("Export: Bills", "considered", "created", "blocked", "1,000.25 EUR", "70,000,000 JPY"):
        assert text in shown
    assert "updated" not in shown


def test_a_document_holds_every_outcome_and_exact_texts() -> None:
    document = json.loads(json.dumps(run_document(report())))
    (workflow,) = document["workflows"]
    assert workflow["outcomes"] == {kind.value: TALLY.of(kind) for kind in OutcomeKind}
    assert workflow["selected_sums"] == [{"unit": "EUR", "value": "1234.500000"}]
    assert workflow["adds_up"] is True


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (TALLY, "3 considered = 2 created + 1 blocked"),
        (Tally(considered=1), "1 considered ≠ 0"),
        (Tally(), "0 considered = 0"),
    ],
)
def test_the_equation_is_told_in_figures(tally: Tally, told: str) -> None:
    assert equation(tally, is_dry=False) == told
