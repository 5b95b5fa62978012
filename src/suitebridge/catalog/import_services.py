"""Services (Service Items): service items for sale and for resale (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison, OneOf
from suitebridge.domain.expressions import Field
from suitebridge.domain.phrases import ACTIVE_UNLESS_INACTIVE, BY_NETSUITE_ID, NETSUITE_ID, ONLY_ACTIVE_BY_DEFAULT
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Setting, Workflow

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
        BY_NETSUITE_ID,
        MatchKey(source="itemId", target="name", label="name", ignores_case=True),
    ),
    guards=(ONLY_ACTIVE_BY_DEFAULT,),
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
                NETSUITE_ID,
                Row(target="name", source=Field(path="itemId"), is_required=True),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
)
