"""Before a run starts: what its workflows need has run before, is chosen too, or somebody knows better."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door
from suitebridge.ports.runs import Run
from suitebridge.runs.starting import RunRequest, ask_for_run
from tests.fakes.runs import Firm, furnish


def ask(firm: Firm, *workflows: str, without_needed: bool = False, is_dry: bool = False) -> Run:
    request = RunRequest(workflows=workflows, without_needed=without_needed, is_dry=is_dry)
    return ask_for_run(
        firm.store, CATALOG, request, user=firm.user, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance
    )


def test_what_is_missing_is_named_with_what_that_needs_in_turn() -> None:
    firm = Firm()
    with pytest.raises(RunStoppedError) as stopped:
        ask(firm, "import_employees", "export_time_entries")
    problem = stopped.value.problem
    assert problem.code == "SB-RUN-007"
    assert problem.title.endswith("Customers (Customers), Projects (Projects), Services (Service Items)")
    assert "and Time entries (Time) links to these records" in problem.cause
    assert "import_customers, import_projects, import_services" in problem.remedy
    assert not firm.store.runs.newest(limit=1)


def test_a_person_may_know_better_and_the_trail_says_so() -> None:
    firm = Firm()
    run = ask(firm, "import_projects", without_needed=True)
    (entry,) = firm.store.trail.newest(limit=1)
    assert (entry.run_id, entry.record_title) == (run.id, "run 1 without Customers (Customers)")


def test_what_was_transferred_before_is_not_asked_for_again() -> None:
    firm = Firm()
    furnish(firm)
    ask(firm, "import_projects", is_dry=True)
    firm.run("import_customers")
    run = ask(firm, "import_projects")
    assert firm.carry_out(run).total.considered == 1
    # Another account has its own books, and nothing was transferred there.
    firm.connect("TSTDRV2")
    with pytest.raises(RunStoppedError, match="SB-RUN-007"):
        ask(firm, "import_projects")


def test_chosen_workflows_that_need_each_other_start_together() -> None:
    assert ask(Firm(), "import_projects", "import_customers").workflows == ("import_customers", "import_projects")


def test_workflows_that_exclude_each_other_are_refused_by_name() -> None:
    firm = Firm()
    active = {name: replace(one, is_active=True) for name, one in CATALOG.items()}
    request = RunRequest(workflows=("import_purchase_orders", "import_vendor_bills"), without_needed=True)
    with pytest.raises(RunStoppedError) as stopped:
        ask_for_run(
            firm.store, active, request, user=firm.user, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance
        )
    problem = stopped.value.problem
    assert problem.code == "SB-CFG-024"
    assert problem.title == "POs (Vendor Bills) and POs (Purchase Orders) exclude each other"
    assert not firm.store.runs.newest(limit=1)
