"""A preview shows every row's value on both sides and what would be sent, and writes nothing (quality.md U16)."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.masking import MASK
from suitebridge.domain.overrides import lay_over
from suitebridge.domain.people import INTEGRATION_DESIGNER, Permission, Role
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.workflow import Workflow
from suitebridge.runs.finding import PreviewDesk, find_records
from suitebridge.runs.previewing import Fate, Preview, preview
from tests.fakes.runs import Firm, enter_time, furnish
from tests.fakes.updates import CATALOG_OF_UPDATES, PROJECTS, edit

CUSTOMERS, TIME = CATALOG["import_customers"], CATALOG["export_time_entries"]


@pytest.fixture
def firm() -> Firm:
    made = Firm()
    furnish(made)
    return made


def desk(firm: Firm, role: Role | None = None) -> PreviewDesk:
    user = firm.user if role is None else replace(firm.user, role=role)
    return PreviewDesk(
        store=firm.store, gateway=firm.netsuite.reading(), user=user, clock=firm.clock, schemas=schema_of
    )


def values(found: Preview) -> dict[str, tuple[object, object]]:
    return {one.row.target: (one.before, one.after) for one in found.rows}


def shown(firm: Firm, workflow: str, record_id: str, role: Role | None = None) -> Preview:
    found = preview(desk(firm, role), lay_over(CATALOG[workflow]), record_id)
    assert found is not None
    return found


def test_an_import_shows_what_the_workspace_holds_and_would_hold(firm: Firm) -> None:
    (source,) = firm.netsuite.stored("customer")
    created = shown(firm, "import_customers", source.id)
    assert created.request.startswith("Create a customer\n")
    firm.run("import_customers")
    same = shown(firm, "import_customers", source.id)
    assert (same.request, same.problem) == ("", None)
    firm.netsuite.change("customer", source.id, phone="+1 555 0000")
    changed = shown(firm, "import_customers", source.id)
    assert values(changed)["phone"][1] == "+1 555 0000"
    assert changed.request == f'Change the customer {same.target_id}\n{{\n "phone": "+1 555 0000"\n}}'
    firm.netsuite.change("customer", source.id, stage="Lead")
    assert shown(firm, "import_customers", source.id).reason.startswith("It is a lead")
    assert not [call for call, _, _ in firm.netsuite.calls if call == "upsert"]


def test_an_export_shows_the_request_and_the_row_that_stops_it(firm: Firm) -> None:
    firm.run("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")
    (entry,) = enter_time(firm, 1)
    found = shown(firm, "export_time_entries", entry)
    sent = json.loads(found.request)
    assert sent["externalId"] == f"sb_acme0001_time_entry_{entry}"
    assert found.problem is None
    firm.run("export_time_entries")
    again = shown(firm, "export_time_entries", entry)
    assert (again.request, again.makes_only) == ("", True)
    assert again.target_id
    assert values(again)["hours"] == (Decimal("7.5"), Decimal("7.5"))
    blank = firm.add(
        "time_entry", **{**firm.record("time_entry", entry), "notes": "", "netsuite_id": "", "exported": None}
    )
    stopped = preview(desk(firm), requiring(TIME, "memo"), blank)
    assert stopped is not None
    assert stopped.problem is not None
    assert [one.row.target for one in stopped.rows if one.problem is not None] == ["memo"]
    assert stopped.request == ""


def test_a_change_of_a_linked_record_is_compared_three_ways_as_a_run_would() -> None:
    firm = Firm(CATALOG_OF_UPDATES)
    furnish(firm)
    firm.run("import_employees", "import_customers", "import_projects")
    (job,) = firm.netsuite.stored("job")
    (project,) = firm.store.records.find("project", "netsuite_id", [job.id])[job.id]

    def look() -> Preview:
        found = preview(desk(firm), PROJECTS, project)
        assert found is not None
        return found

    firm.run(PROJECTS.name)
    alike = look()
    assert (alike.request, alike.reason, alike.makes_only) == ("", "", False)
    edit(firm, "project", project, name="Ours")
    ours = look()
    assert json.loads(ours.request) == {"internalId": job.id, "companyName": "Ours"}
    assert fates(ours)["companyName"] is Fate.FOLLOWS
    firm.netsuite.change("job", job.id, companyName="Theirs")
    clash = look()
    assert clash.problem is not None
    assert (clash.problem.code, clash.request, fates(clash)["companyName"]) == ("SB-CONF-004", "", Fate.CLASHES)
    edit(firm, "project", project, name="Roll-out")
    theirs = look()
    assert (theirs.request, theirs.problem, fates(theirs)["companyName"]) == ("", None, Fate.STAYS)
    firm.netsuite.remove("job", job.id)
    gone = look()
    assert gone.problem is not None
    assert gone.problem.code == "SB-GONE-001"
    unlinked = firm.add("project", **{**firm.record("project", project), "netsuite_id": ""})
    found = preview(desk(firm), PROJECTS, unlinked)
    assert found is not None
    assert found.reason.startswith("It is not linked")
    assert not [call for call, _, _ in firm.netsuite.calls if call in {"upsert", "update"}]


def fates(found: Preview) -> dict[str, Fate]:
    return {one.row.target: one.fate for one in found.rows}


def test_records_are_found_by_name_and_by_id(firm: Firm) -> None:
    (customer,) = firm.netsuite.stored("customer")
    by_name = find_records(desk(firm), CUSTOMERS, "straße")
    assert [one.id for one in by_name] == [customer.id]
    assert "Straße & Söhne" in by_name[0].title
    assert find_records(desk(firm), CUSTOMERS, customer.id) == by_name
    assert find_records(desk(firm), CUSTOMERS, "nobody") == ()
    firm.run("import_employees", "import_customers", "import_projects", "import_services")
    (entry,) = enter_time(firm, 1)
    assert [one.id for one in find_records(desk(firm), TIME, entry)] == [entry]
    assert preview(desk(firm), CUSTOMERS, "999") is None


def test_what_a_role_hides_is_hidden_here_too(firm: Firm) -> None:
    (customer,) = firm.netsuite.stored("customer")
    firm.netsuite.change("customer", customer.id, phone="+49 30 1")
    designer = replace(
        INTEGRATION_DESIGNER, permissions=INTEGRATION_DESIGNER.permissions - {Permission.VIEW_PERSONAL_DATA}
    )
    found = shown(firm, "import_customers", customer.id, designer)
    assert values(found)["phone"][1] == MASK
    assert (found.request, found.is_hidden) == ("", True)
    nothing = Role(name="Blind", permissions=frozenset({Permission.EDIT_INTEGRATION_SETTINGS}))
    with pytest.raises(RunStoppedError, match="may not preview"):
        preview(desk(firm, nothing), CUSTOMERS, customer.id)


def requiring(workflow: Workflow, target: str) -> Workflow:
    groups = tuple(
        replace(
            group, rows=tuple(replace(row, is_required=row.is_required or row.target == target) for row in group.rows)
        )
        for group in workflow.groups
    )
    return replace(workflow, groups=groups)
