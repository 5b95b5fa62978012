"""Products (Purchase Items): what is bought for projects and passed on (netsuite-connector.md §5.4). Stock and kits have no subtype."""

from suitebridge.domain.conditions import AllOf, AnyOf, OneOf
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID, ONLY_ACTIVE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Workflow

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
        BY_NETSUITE_ID,
        MatchKey(source="itemId", target="name", label="name", ignores_case=True),
    ),
    guards=(ONLY_ACTIVE,),
    groups=(
        MappingGroup(
            name="ITEM_TO_PRODUCT",
            title="Product",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="itemId"), is_required=True),
                Row(target="description", source=Field(path="description")),
                Row(target="cost", source=Field(path="cost"), is_initial_only=True),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
    is_active=False,
)
