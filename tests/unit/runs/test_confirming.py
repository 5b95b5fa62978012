"""The first write of a workflow to a production account asks for the account ID, once; nothing else does (quality.md U05)."""

from __future__ import annotations

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door
from suitebridge.ports.runs import Run
from suitebridge.runs.starting import RunRequest, ask_for_run
from tests.fakes.runs import Firm

IMPORT, EXPORT, OTHER = "import_customers", "export_time_entries", "export_invoices"


def connected_to(account: str) -> Firm:
    firm = Firm()
    firm.connect(account)
    return firm


def ask(firm: Firm, *workflows: str, typed: str = "") -> Run:
    request = RunRequest(workflows=workflows, confirmed_account=typed, without_needed=True)
    return ask_for_run(
        firm.store, CATALOG, request, user=firm.user, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance
    )  # fmt: skip


@pytest.mark.fault("F26")
@pytest.mark.parametrize("typed", ["", "1234568", "1234567_SB1"])
def test_production_is_not_written_to_before_it_is_named(typed: str) -> None:
    firm = connected_to("1234567")
    with pytest.raises(RunStoppedError) as stopped:
        ask(firm, EXPORT, OTHER, typed=typed)
    assert stopped.value.problem.code == "SB-RUN-004"
    assert "1234567" in stopped.value.problem.remedy
    assert not firm.store.runs.newest(limit=1)


def test_a_workflow_is_confirmed_once_for_each_account() -> None:
    firm = connected_to("1234567")
    run = ask(firm, EXPORT, typed=" 1234567 ")
    entries = [entry for entry in firm.store.trail.newest(limit=9) if entry.event == "production:confirmed"]
    assert [(entry.record_id, entry.run_id) for entry in entries] == [(f"1234567:{EXPORT}", run.id)]
    assert ask(firm, EXPORT).number > run.number
    with pytest.raises(RunStoppedError, match="SB-RUN-004"):
        ask(firm, EXPORT, OTHER)


@pytest.mark.parametrize(("account", "workflow"), [("1234567", IMPORT), ("1234567_SB1", EXPORT), ("TSTDRV100", EXPORT)])
def test_nothing_else_asks(account: str, workflow: str) -> None:
    assert ask(connected_to(account), workflow).number > 0
