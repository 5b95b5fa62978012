"""Loaded cost (Custom Record): the primary costs of people, of no customer, project or task (netsuite-connector.md §5.5).

The original lets a custom record type be chosen and has no rows; ours has both, and a custom export takes any other type."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Counterpart, Field, Lookup
from suitebridge.domain.phrases import NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="export_loaded_costs",
    title="Loaded cost (Custom Record)",
    direction=Direction.EXPORT,
    source_type="loaded_cost",
    target_type="customrecord_sb_loaded_cost",
    title_fields=("name",),
    needs=("import_employees",),
    match_keys=(),
    reads=AllOf(
        conditions=(
            Compare(path="level", comparison=Comparison.EQUAL, value=0),
            Not(condition=Blank(path="employee")),
            Blank(path="netsuite_id"),
        )
    ),
    guards=(
        Guard(
            condition=AllOf(conditions=(Blank(path="project"), Blank(path="customer"))),
            reason="It is the cost of one project or customer, not somebody's primary cost.",
        ),
    ),
    groups=(
        MappingGroup(
            name="OA_LC_TO_NS_CUSTOM_RECORD",
            title="Loaded cost",
            rows=(
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(
                    target="custrecord_sb_lc_employee",
                    source=Counterpart(of=Field(path="employee"), record_type="employee"),
                    is_required=True,
                ),
                Row(target="custrecord_sb_lc_cost", source=Field(path="cost"), is_required=True),
                Row(
                    target="custrecord_sb_lc_currency",
                    source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"),
                    is_required=True,
                ),
                Row(target="custrecord_sb_lc_start", source=Field(path="start_date")),
                Row(target="custrecord_sb_lc_end", source=Field(path="end_date")),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    is_active=False,
)
