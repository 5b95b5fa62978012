"""Which fields mark what is exchanged: the connector's setting reaches every shipped workflow, and what a person wrote stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS, MARKING_FIELDS
from suitebridge.domain.marks import SUITEAPP_FIELDS, SUITEAPP_MARKS, marked_by_suiteapp
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride, configured
from suitebridge.domain.rights import need_of
from suitebridge.domain.workflow import Guard

ROOT = Path(__file__).parents[3]
THEIRS, OURS = "custentity_oa_export_to_openair", "custentity_sb_export"
CHOSEN = ((MARKING_FIELDS.name, SUITEAPP_MARKS),)


def test_the_setting_reaches_every_shipped_workflow_and_by_default_nothing_changes() -> None:
    by_default = configured(CATALOG, Configuration(), CONNECTOR_SETTINGS)
    chosen = configured(CATALOG, Configuration(settings=CHOSEN), CONNECTOR_SETTINGS)
    marked = [name for name, one in by_default.items() if THEIRS in repr(one)]
    assert len(marked) > 10
    assert [name for name, one in chosen.items() if OURS in repr(one)] == marked
    assert not [
        name for name, one in chosen.items() if "_oa_export" in repr(one) or "SuiteProjects Pro" in repr(one.guards)
    ]
    assert OURS in need_of(chosen["import_customers"]).custom_fields
    assert OURS in need_of(chosen["export_projects"]).custom_fields


def test_a_filter_that_a_person_wrote_stays_as_it_is() -> None:
    own = Compare(path=THEIRS, comparison=Comparison.EQUAL, value=True)
    group = CATALOG["import_customers"].groups[0].name
    edits = WorkflowOverride(workflow="import_customers", groups=(GroupOverride(name=group, condition=own),))
    (made,) = [
        one
        for name, one in configured(
            CATALOG, Configuration(overrides=(edits,), settings=CHOSEN), CONNECTOR_SETTINGS
        ).items()
        if name == "import_customers"
    ]
    assert THEIRS in repr(made.reads)
    assert THEIRS not in repr(made.guards)


@pytest.mark.parametrize(
    ("condition", "renamed"),
    [
        (Blank(path="custbody_oa_export_to_openair"), Blank(path="custbody_sb_export")),
        (
            Not(condition=OneOf(path=f"entity.{THEIRS}", values=(True,))),
            Not(condition=OneOf(path=f"entity.{OURS}", values=(True,))),
        ),
        (
            AnyOf(conditions=(AllOf(conditions=(Blank(path=THEIRS),)), Blank(path="email"))),
            AnyOf(conditions=(AllOf(conditions=(Blank(path=OURS),)), Blank(path="email"))),
        ),
    ],
)
def test_marks_are_found_wherever_a_condition_names_them(condition: Condition, renamed: Condition) -> None:
    workflow = replace(CATALOG["import_customers"], guards=(Guard(condition=condition, reason="No."),))
    assert marked_by_suiteapp(workflow).guards[0].condition == renamed


def test_the_suiteapp_brings_each_field_and_its_page_shows_the_same_list() -> None:
    page = (ROOT / "suiteapp" / "README.md").read_text()
    for theirs, ours in SUITEAPP_FIELDS.items():
        assert (ROOT / "suiteapp" / "src" / "Objects" / f"{ours}.xml").is_file()
        assert f"| `{theirs}` | `{ours}` |" in page
