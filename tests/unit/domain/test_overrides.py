"""Edits laid over a shipped workflow: what they change, what they cannot, and which have no place any more."""

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.overrides import (
    UNTOUCHED,
    Configuration,
    GroupOverride,
    WorkflowOverride,
    configured,
    lay_over,
    stranded,
    values_of,
)
from suitebridge.domain.workflow import PullBack, Row, Setting, Workflow

CUSTOMERS = CATALOG["import_customers"]
INVOICES = CATALOG["export_invoices"]
GROUP = CUSTOMERS.groups[0].name
INTERNAL = Compare(path="category", comparison=Comparison.NOT_EQUAL, value="Internal")

TAX = Setting(name="tax", label="Tax", sentence="Lines carry tax.")
MANNER = Setting(
    name="manner", label="Manner", sentence="How.", default="net", choices=("net", "gross"), needs=("tax",)
)


def edited(**edits: object) -> Workflow:
    group = GroupOverride(name=GROUP, **edits)  # type: ignore[arg-type]
    return lay_over(CUSTOMERS, WorkflowOverride(workflow=CUSTOMERS.name, groups=(group,)))


def sources(workflow: Workflow) -> dict[str, object]:
    return {row.target: row.source for row in workflow.groups[0].rows if row.is_active}


@pytest.mark.parametrize("name", CATALOG)
def test_nothing_laid_over_leaves_nothing_to_settle(name: str) -> None:
    effective = configured(CATALOG, UNTOUCHED)[name]
    if not CATALOG[name].settings:
        assert effective == replace(CATALOG[name], sends_linked_when="")  # a setting of the connector
    assert lay_over(effective) == effective


def test_rows_are_changed_switched_off_and_added() -> None:
    workflow = edited(
        changed=(Row(target="company", source=Field(path="legalName"), is_initial_only=True),),
        inactive=("phone",),
        added=(Row(target="phone", source=Field(path="fax")), Row(target="notes__c", source=Constant(value="x"))),
    )
    found = sources(workflow)
    assert (found["company"], found["phone"], found["notes__c"]) == (
        Field(path="legalName"),
        Field(path="fax"),
        Constant(value="x"),
    )
    assert [row.target for row in workflow.groups[0].rows] == [
        *(row.target for row in lay_over(CUSTOMERS).groups[0].rows),
        "phone",
        "notes__c",
    ]


def test_an_upgrade_of_the_shipped_file_still_arrives() -> None:
    group = replace(CUSTOMERS.groups[0], rows=(*CUSTOMERS.groups[0].rows, Row(target="fax", source=Field(path="fax"))))
    newer = replace(CUSTOMERS, groups=(group,))
    edits = WorkflowOverride(workflow=newer.name, groups=(GroupOverride(name=GROUP, inactive=("phone",)),))
    assert sources(lay_over(newer, edits)).keys() == (sources(lay_over(CUSTOMERS)).keys() | {"fax"}) - {"phone"}


def test_the_row_of_the_id_stays_and_a_required_one_stays_active() -> None:
    workflow = edited(
        changed=(
            Row(target="netsuite_id", source=Field(path="entityId")),
            Row(target="name", source=Field(path="companyName")),
        ),
        inactive=("netsuite_id", "name"),
    )
    found = sources(workflow)
    assert (found["netsuite_id"], found["name"]) == (Field(path="id"), Field(path="companyName"))
    assert workflow.groups[0].rows[1].is_required


def test_a_condition_of_the_header_narrows_what_is_read_and_one_of_lines_picks_lines() -> None:
    assert edited(condition=INTERNAL).reads == INTERNAL
    lines = next(group for group in INVOICES.groups if group.source_list)
    edit = GroupOverride(name=lines.name, condition=Blank(path="x"))
    workflow = lay_over(INVOICES, WorkflowOverride(workflow=INVOICES.name, groups=(edit,)))
    found = next(group for group in workflow.groups if group.name == lines.name)
    assert workflow.reads == INVOICES.reads
    assert found.condition is not None
    assert found.condition != lines.condition
    both = lay_over(
        INVOICES,
        WorkflowOverride(
            workflow=INVOICES.name, groups=(GroupOverride(name=INVOICES.groups[0].name, condition=INTERNAL),)
        ),
    )
    assert isinstance(both.reads, AllOf)
    assert both.reads.conditions[-1] == INTERNAL


def test_settings_decide_which_parts_are_there() -> None:
    group = replace(
        CUSTOMERS.groups[0],
        rows=(
            *CUSTOMERS.groups[0].rows,
            Row(target="tax", source=Field(path="tax"), when="tax"),
            Row(target="gross", source=Field(path="gross"), when="manner=gross"),
            Row(target="plain", source=Field(path="plain"), unless="tax"),
            Row(target="strict", source=Field(path="strict"), when="strictly"),
        ),
    )
    shipped = replace(CUSTOMERS, groups=(group,), settings=(TAX, MANNER))

    def found(*chosen: tuple[str, bool | str], **connector: bool) -> set[str]:
        edits = WorkflowOverride(workflow=shipped.name, settings=chosen)
        return sources(lay_over(shipped, edits, connector)).keys() - sources(CUSTOMERS).keys()

    assert found() == {"plain"}
    assert found(("tax", True)) == {"tax"}
    assert found(("tax", True), ("manner", "gross"), strictly=True) == {"tax", "gross", "strict"}
    assert found(("manner", "gross")) == {"plain"}


def test_a_setting_holds_only_what_it_can() -> None:
    assert values_of((TAX, MANNER), {"tax": True, "manner": "sideways"}) == {"tax": True, "manner": "net"}
    assert values_of((TAX, MANNER), {"tax": "yes"}) == {"tax": False, "manner": ""}


def test_pull_backs_are_replaced_and_added() -> None:
    own = (PullBack(source="tranId", target="netsuite_id"), PullBack(source="status", target="status__c"))
    workflow = lay_over(INVOICES, WorkflowOverride(workflow=INVOICES.name, pull_backs=own))
    assert set(own) <= set(workflow.pull_backs)
    assert len({one.target for one in workflow.pull_backs}) == len(workflow.pull_backs)


def test_workflows_of_the_companys_own_follow_the_shipped_ones_and_rest_when_switched_off() -> None:
    own = replace(CUSTOMERS, name="import_regions")
    configuration = Configuration(
        overrides=(WorkflowOverride(workflow="import_customers", is_active=False),), custom=(own, INVOICES)
    )
    found = configured(CATALOG, configuration)
    assert [*found] == [*CATALOG, "import_regions"]
    assert not found["import_customers"].is_active
    assert [problem.code for problem in stranded(CATALOG, configuration)] == ["SB-CFG-004"]


def test_edits_without_a_place_are_named_all_at_once() -> None:
    group = GroupOverride(
        name=GROUP,
        changed=(Row(target="gone", source=Field(path="x")), Row(target="netsuite_id", source=Field(path="x"))),
        inactive=("name",),
        added=(Row(target="email", source=Field(path="x")),),
    )
    overrides = (
        WorkflowOverride(workflow="import_moons"),
        WorkflowOverride(
            workflow="import_customers", groups=(group, GroupOverride(name="NOWHERE")), settings=(("spell", True),)
        ),
    )
    problems = stranded(CATALOG, Configuration(overrides=overrides))
    assert sorted(problem.code for problem in problems) == [
        "SB-CFG-001",
        "SB-CFG-001",
        "SB-CFG-001",
        "SB-CFG-001",
        "SB-CFG-002",
        "SB-CFG-002",
        "SB-CFG-003",
    ]
    assert not any("not known" in problem.title + problem.cause + problem.remedy for problem in problems)
