"""Rate cards (Project Rate Cards): custom records of NetSuite, active or not (netsuite-connector.md §5.1)."""

from suitebridge.domain.expressions import Field
from suitebridge.domain.phrases import ACTIVE_UNLESS_INACTIVE, BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_rate_cards",
    title="Rate cards (Project Rate Cards)",
    direction=Direction.IMPORT,
    source_type="customrecord_sb_rate_card",
    target_type="rate_card",
    title_fields=("name",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="name", target="name", label="name", ignores_case=True),
    ),
    groups=(
        MappingGroup(
            name="RATE_CARD_TO_RATE_CARD",
            title="Rate card",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(target="currency", source=Field(path="custrecord_sb_rc_currency.symbol")),
                Row(target="start_date", source=Field(path="custrecord_sb_rc_start")),
                Row(target="notes", source=Field(path="custrecord_sb_rc_notes")),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
    is_active=False,
)
