"""What a second run asks of NetSuite after which nothing has changed: little, and the same however many records are linked."""

from __future__ import annotations

from collections import Counter

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.records import Direction
from tests.fakes.runs import Firm, enter_time, furnish

ACTIVE = tuple(name for name, workflow in CATALOG.items() if workflow.is_active)
MOST_CALLS = 5


@pytest.fixture
def settled() -> Firm:
    """Give a firm whose two sides are alike."""
    firm = Firm()
    furnish(firm)
    firm.run(*ACTIVE)
    enter_time(firm, 40)
    for _ in range(2):
        firm.run(*ACTIVE)
    return firm


def asked(firm: Firm, *names: str) -> Counter[str]:
    """Count what a run asks, by call."""
    before = len(firm.netsuite.calls)
    report = firm.run(*names)
    # A type of which NetSuite keeps no change date is read as a whole.
    assert {kind for kind, _ in report.total.counts} <= {OutcomeKind.UNCHANGED}
    return Counter(call for call, *_ in firm.netsuite.calls[before:])


@pytest.mark.parametrize("name", ACTIVE)
def test_a_second_run_of_a_workflow_asks_at_most_five_times(settled: Firm, name: str) -> None:
    calls = asked(settled, name)
    assert calls.total() <= MOST_CALLS
    assert not calls.keys() & {"upsert", "update", "read_back", "find", "find_by_external_ids"}


def test_a_second_run_of_everything_asks_the_time_once_and_each_type_once(settled: Firm) -> None:
    calls = asked(settled, *ACTIVE)
    imports = [one for one in ACTIVE if CATALOG[one].direction is Direction.IMPORT]
    described = {CATALOG[one].source_type for one in imports}
    assert calls["ask_now"] == 1
    assert calls["deleted"] == len(ACTIVE)
    assert calls["discover"] <= len(described)
    # Types whose deletions nobody reports are looked at by id, a page of what is linked.
    assert calls["fetch"] <= len(imports) + 2


def test_what_is_linked_costs_nothing_by_the_record(settled: Firm) -> None:
    before = asked(settled, *ACTIVE)
    enter_time(settled, 200)
    for _ in range(2):
        settled.run(*ACTIVE)
    assert asked(settled, *ACTIVE) == before
