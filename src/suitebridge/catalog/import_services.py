"""Services (Service Items): service items for sale and for resale (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison, OneOf
from suitebridge.domain.expressions import Constant, Field, When
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_services",
    title="Services (Service Items)",
    direction=Direction.IMPORT,
    source_type="item",
    target_type="service",
    title_fields=("itemId",),
    reads=AllOf(
        conditions=(
            Compare(path="itemType", comparison=Comparison.EQUAL, value="Service"),
            OneOf(path="subtype", values=("Sale", "Resale")),
        )
    ),
    match_keys=(
        MatchKey(source="id", target="netsuite_id", label="NetSuite ID"),
        MatchKey(source="itemId", target="name", label="name", ignores_case=True),
    ),
    guards=(
        Guard(
            condition=Compare(path="isInactive", comparison=Comparison.NOT_EQUAL, value=True),
            reason="It is inactive in NetSuite.",
            unless="include_inactive",
        ),
    ),
    settings=(
        Setting(
            name="include_inactive",
            label="Import inactive services",
            sentence="Takes inactive services, too. “Active” in the workspace follows “Inactive” in NetSuite, so every one that was ever inactive comes.",
        ),
    ),
    groups=(
        MappingGroup(
            name="ITEM_TO_CATEGORY",
            title="Service",
            rows=(
                Row(target="netsuite_id", source=Field(path="id"), is_required=True),
                Row(target="name", source=Field(path="itemId"), is_required=True),
                Row(
                    target="active",
                    source=When(
                        condition=Compare(path="isInactive", comparison=Comparison.EQUAL, value=True),
                        then=Constant(value=False),
                        otherwise=Constant(value=True),
                    ),
                ),
            ),
        ),
    ),
)
