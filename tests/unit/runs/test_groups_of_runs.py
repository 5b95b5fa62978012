"""Runs of a workflow group: its workflows in its order, and a clear word where there is none."""

from __future__ import annotations

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import Door
from suitebridge.ports.runs import Run
from suitebridge.runs.starting import RunRequest, ask_for_run
from tests.fakes.runs import Firm


def ask(firm: Firm, request: RunRequest) -> Run:
    return ask_for_run(
        firm.store, CATALOG, request, user=firm.user, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance
    )


def test_a_run_of_a_group_keeps_the_order_of_the_group() -> None:
    firm = Firm()
    order = ("import_services", "import_customers", "import_employees")
    firm.store.groups.save(WorkflowGroup(name="Odd", workflows=order), stamp=firm.stamp)
    run = ask(firm, RunRequest(group="odd"))
    assert run.workflows == order
    assert firm.store.trail.newest(limit=1)[0].record_title == "run 1 of the workflow group odd"
    assert [part.phase for part in firm.carry_out(run).workflows] == ["finished"] * 3


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (RunRequest(group="Nothing"), "There is no workflow group named Nothing."),
        (RunRequest(group="Odd", workflows=("import_customers",)), "were both named"),
        (RunRequest(group="Old"), "There is no workflow named removed_since."),
    ],
)
def test_what_cannot_be_run_is_told(request_: RunRequest, said: str) -> None:
    firm = Firm()
    firm.store.groups.save(WorkflowGroup(name="Odd", workflows=("import_customers",)), stamp=firm.stamp)
    firm.store.groups.save(WorkflowGroup(name="Old", workflows=("removed_since",)), stamp=firm.stamp)
    with pytest.raises(RunStoppedError) as caught:
        ask(firm, request_)
    assert caught.value.problem.code == "SB-RUN-001"
    assert said in caught.value.problem.cause
    assert firm.store.runs.newest(limit=1) == []
