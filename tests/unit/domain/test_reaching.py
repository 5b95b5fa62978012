"""What workflows reach in the workspace: each shipped one, by rule and by example."""

from __future__ import annotations

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.companions import type_of
from suitebridge.domain.reaching import reach_of, types_on
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


@pytest.mark.parametrize("name", CATALOG)
def test_a_workflow_writes_its_own_side_and_reads_workspace_types_only(name: str) -> None:
    workflow = CATALOG[name]
    reach = reach_of(workflow)
    own = workflow.target_type if workflow.direction is Direction.IMPORT else workflow.source_type
    lines = ("receipt",) if any("." in one.target for one in workflow.pull_backs) else ()
    assert reach.writes == (own, *(type_of(one) for one in workflow.companions), *lines)
    assert reach.reads[0] == own
    assert len(set(reach.reads)) == len(reach.reads)
    assert set(reach.reads) <= set(WORKSPACE_TYPES)


def test_references_lines_and_conditions_are_followed() -> None:
    assert set(reach_of(CATALOG["export_time_entries"]).reads) == {
        *("time_entry", "timesheet", "employee", "project", "service"),
    }
    assert set(reach_of(CATALOG["export_invoices"]).reads) == {
        *(
            "invoice",
            "charge",
            "customer",
            "project",
            "service",
            "product",
            "receipt",
            "expense_report",
            "purchase_item",
        ),
    }
    assert set(reach_of(CATALOG["import_projects"]).reads) == {
        *("project", "customer", "employee", "project_stage", "subsidiary"),
    }
    assert types_on("project", ("name", "customer", "customer.netsuite_id")) == ("project", "customer")


def test_a_dry_run_reads_what_a_run_would_write() -> None:
    reach = reach_of(CATALOG["import_customers"], is_dry=True)
    assert ("customer" in reach.reads, reach.writes) == (True, ())
