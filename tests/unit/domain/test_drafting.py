"""Edits of a configuration touch nothing else, and one taken back leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Blank
from suitebridge.domain.drafting import (
    Place,
    activate,
    add_workflow,
    move_row,
    put_row,
    remove_row,
    remove_workflow,
    set_filter,
    set_settings,
    switch_row,
)
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.overrides import UNTOUCHED, configured
from suitebridge.domain.own_workflows import OwnWorkflow, make, problems_of
from suitebridge.domain.records import Direction
from suitebridge.domain.rewriting import rewrite, text_of
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.workflow import Row, Setting

CUSTOMERS = CATALOG["import_customers"]
GROUP = CUSTOMERS.groups[0]
PLACE = Place(workflow=CUSTOMERS.name, group=GROUP.name)
NOTES, CODE = Row(target="notes", source=Field(path="phone")), Row(target="code", source=Constant(value="x"))
OWN = make(
    OwnWorkflow(
        name="own", title="Own", direction=Direction.EXPORT, netsuite_type="timeBill", workspace_type="time_entry",
        id_field="netsuite_id", updates=False,
    ),
    schema_of,
)  # fmt: skip


def test_what_is_taken_back_leaves_nothing_behind() -> None:
    phone = next(row for row in GROUP.rows if row.target == "phone")
    changed = put_row(CATALOG, UNTOUCHED, PLACE, replace(phone, source=Field(path="email")), was="phone")
    assert changed != UNTOUCHED
    assert remove_row(CATALOG, changed, PLACE, "phone") == UNTOUCHED
    assert put_row(CATALOG, changed, PLACE, phone, was="phone") == UNTOUCHED
    added = put_row(CATALOG, UNTOUCHED, PLACE, NOTES)
    assert remove_row(CATALOG, added, PLACE, "notes") == UNTOUCHED
    off = switch_row(CATALOG, UNTOUCHED, PLACE, "phone", is_active=False)
    assert switch_row(CATALOG, off, PLACE, "phone", is_active=True) == UNTOUCHED
    filtered = set_filter(CATALOG, UNTOUCHED, PLACE, Blank(path="phone"))
    assert set_filter(CATALOG, filtered, PLACE, None) == UNTOUCHED
    resting = activate(CATALOG, UNTOUCHED, CUSTOMERS.name, is_active=not CUSTOMERS.is_active)
    assert activate(CATALOG, resting, CUSTOMERS.name, is_active=CUSTOMERS.is_active) == UNTOUCHED
    assert put_row(CATALOG, UNTOUCHED, Place(workflow=CUSTOMERS.name, group="NOTHING"), NOTES) == UNTOUCHED
    switch = replace(CUSTOMERS, settings=(Setting(name="s", label="S", sentence="S."),))
    on = set_settings(UNTOUCHED, switch, {"s": True})
    assert on.overrides[0].settings == (("s", True),)
    assert set_settings(on, switch, {"s": False}) == UNTOUCHED


def test_ones_own_rows_are_put_in_order() -> None:
    both = put_row(CATALOG, put_row(CATALOG, UNTOUCHED, PLACE, NOTES), PLACE, CODE)
    assert [row.target for row in both.overrides[0].groups[0].added] == ["notes", "code"]
    for to in (0, -5):
        moved = move_row(CATALOG, both, PLACE, "code", to=to)
        assert [row.target for row in moved.overrides[0].groups[0].added] == ["code", "notes"]
    assert move_row(CATALOG, moved, PLACE, "code", to=9) == both
    off = switch_row(CATALOG, both, PLACE, "code", is_active=False)
    assert [row.is_active for row in off.overrides[0].groups[0].added] == [True, False]


def test_a_workflow_of_ones_own_is_edited_directly() -> None:
    place = Place(workflow="own", group="OWN")
    own = add_workflow(UNTOUCHED, OWN)
    rows = put_row(
        CATALOG, put_row(CATALOG, own, place, replace(NOTES, target="memo")), place, replace(CODE, target="hours")
    )
    moved = move_row(CATALOG, rows, place, "hours", to=0)
    edited = set_filter(CATALOG, switch_row(CATALOG, moved, place, "memo", is_active=False), place, Blank(path="notes"))
    (workflow,) = edited.custom
    assert [(row.target, row.is_active) for row in workflow.groups[0].rows] == [("hours", True), ("memo", False)]
    assert workflow.groups[0].condition == Blank(path="notes")
    assert not activate(CATALOG, edited, "own", is_active=False).custom[0].is_active
    assert "own" in configured(CATALOG, edited)
    assert remove_workflow(remove_row(CATALOG, own, place, "nothing"), "own") == UNTOUCHED


def test_names_of_ones_own_workflows_keep_to_the_rules() -> None:
    asked = OwnWorkflow(
        name="x" * 41, title="t" * 81, direction=Direction.EXPORT, netsuite_type="currency", workspace_type="moon",
        id_field="netsuite_id", updates=True,
    )  # fmt: skip
    said = dict(problems_of(asked, [], schema_of))
    assert set(said) >= {"name", "title", "workspace_type"}
    assert dict(problems_of(replace(asked, name="Own"), ["own"], schema_of))["name"].startswith("There is a workflow")


def test_every_shipped_group_says_the_same_as_text() -> None:
    for workflow in configured(CATALOG, UNTOUCHED).values():
        for group in workflow.groups:
            text = text_of(workflow, group, UNTOUCHED, None)
            assert rewrite(CATALOG, UNTOUCHED, workflow, group, text) == UNTOUCHED, (workflow.name, text)
