"""Cost centers (Cost Centers): custom records of NetSuite, active or not (netsuite-connector.md §5.1)."""

from suitebridge.domain.expressions import Field
from suitebridge.domain.phrases import ACTIVE_UNLESS_INACTIVE, BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_cost_centers",
    title="Cost centers (Cost Centers)",
    direction=Direction.IMPORT,
    source_type="customrecord_sb_cost_center",
    target_type="cost_center",
    title_fields=("name",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="name", target="name", label="name", ignores_case=True),
    ),
    groups=(
        MappingGroup(
            name="COST_CENTER_TO_COST_CENTER",
            title="Cost center",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(target="number", source=Field(path="custrecord_sb_cc_number")),
                Row(target="notes", source=Field(path="custrecord_sb_cc_notes")),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
    is_active=False,
)
