"""Products (Purchase Items): what is bought for projects and passed on (netsuite-connector.md §5.4). Stock and kits have no subtype."""

from suitebridge.domain.conditions import AllOf, AnyOf, Compare, Comparison, OneOf
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_products",
    title="Products (Purchase Items)",
    direction=Direction.IMPORT,
    source_type="item",
    target_type="product",
    title_fields=("itemId",),
    reads=AnyOf(
        conditions=(
            OneOf(path="itemType", values=("InvtPart", "Kit")),
            AllOf(
                conditions=(
                    OneOf(path="itemType", values=("NonInvtPart", "Service", "OthCharge")),
                    OneOf(path="subtype", values=("Purchase", "Resale")),
                )
            ),
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
        ),
    ),
    groups=(
        MappingGroup(
            name="ITEM_TO_PRODUCT",
            title="Product",
            rows=(
                Row(target="netsuite_id", source=Field(path="id"), is_required=True),
                Row(target="name", source=Field(path="itemId"), is_required=True),
                Row(target="description", source=Field(path="description")),
                Row(target="cost", source=Field(path="cost"), is_initial_only=True),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
    is_active=False,
)
