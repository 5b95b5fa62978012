"""One record of a run shows what was sent where NetSuite did not take it, its pair, and its other runs (quality.md U32)."""

from dataclasses import replace

from suitebridge.catalog import CATALOG
from suitebridge.domain.bindings import BindingState
from suitebridge.domain.errors import Problem
from suitebridge.domain.masking import MASK
from suitebridge.domain.people import Permission, Role
from suitebridge.runs.tracing import RecordTrace, trace_record
from tests.fakes.runs import Firm, enter_time, furnish

TIME = "export_time_entries"
IMPORTS = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")


def traced(firm: Firm, number: str, workflow: str, source_id: str, role: Role | None = None) -> RecordTrace:
    run = firm.store.runs.get(number)
    assert run is not None
    user = replace(firm.user, role=role) if role is not None else firm.user
    trace = trace_record(firm.store, run, CATALOG[workflow], source_id, user=user)
    assert trace is not None
    return trace


def test_what_netsuite_refused_is_shown_as_it_was_sent() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    (entry,) = enter_time(firm, 1)
    refused = Problem(code="NS-DATA-001", facts={"record": "the time entry", "said": "The period is closed."})
    firm.netsuite.refuse(f"sb_acme0001_time_entry_{entry}", refused)
    firm.run(TIME)

    trace = traced(firm, "2", TIME, entry)

    assert {change.field: change.after for change in trace.recorded.differences}["hours"] == "7.5"
    assert trace.binding is not None
    assert (trace.binding.state, trace.binding.attempt) == (BindingState.CLAIMED, 1)
    firm.netsuite.accept(f"sb_acme0001_time_entry_{entry}")
    firm.run(TIME)
    mended = traced(firm, "3", TIME, entry)
    assert mended.recorded.differences == ()
    assert [(one.run_number, one.recorded.outcome.kind.value) for one in mended.passages] == [
        (3, "created"),
        (2, "failed"),
    ]
    assert mended.netsuite_id


def test_what_the_run_wrote_is_for_those_who_may_see_the_trail() -> None:
    firm = Firm()
    furnish(firm)
    firm.run("import_customers")
    source_id = firm.netsuite.stored("customer")[0].id
    entries = traced(firm, "1", "import_customers", source_id).entries
    assert entries is not None
    assert [entry.event for entry in entries] == ["record:created"]
    viewer = Role(name="Viewer", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.VIEW_RECORDS}))
    assert traced(firm, "1", "import_customers", source_id, viewer).entries is None


def test_a_role_that_hides_a_field_hides_it_here_too() -> None:
    firm = Firm()
    furnish(firm)
    firm.netsuite.pass_time(86_400)
    firm.carry_out(firm.ask("import_employees", is_dry=True))
    source_id = firm.netsuite.stored("employee")[0].id
    firm.netsuite.change("employee", source_id, email="ann@example.com")
    firm.netsuite.pass_time(86_400)
    firm.carry_out(firm.ask("import_employees", is_dry=True))
    role = Role(name="Rehearser", permissions=frozenset({Permission.DRY_RUN, Permission.VIEW_RECORDS}))
    told = {
        change.field: change.after
        for change in traced(firm, "2", "import_employees", source_id, role).recorded.differences
    }
    assert told["email"] == MASK
    blind = Role(name="Blind", permissions=frozenset({Permission.DRY_RUN}))
    assert traced(firm, "2", "import_employees", source_id, blind).recorded.differences == ()
