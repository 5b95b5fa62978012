"""Recognition rules (Revenue Rules for ARM): active rules of linked projects (netsuite-connector.md §5.5)."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field, Lookup, Translate
from suitebridge.domain.phrases import NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Sum, Workflow

WORKFLOW = Workflow(
    name="export_revenue_rules",
    title="Recognition rules (Revenue Rules for ARM)",
    direction=Direction.EXPORT,
    source_type="recognition_rule",
    target_type="customrecord_sb_revenue_rule",
    title_fields=("name",),
    needs=("import_projects",),
    match_keys=(),
    reads=AllOf(conditions=(Blank(path="exported"), Blank(path="netsuite_id"))),
    sends_linked_when="export_linked",
    guards=(
        Guard(
            condition=Compare(path="active", comparison=Comparison.EQUAL, value=True),
            reason="It is not active.",
        ),
    ),
    groups=(
        MappingGroup(
            name="REVENUE_RULE_TO_ARM_RULE",
            title="Revenue rule",
            rows=(
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(
                    target="custrecord_sb_rr_project",
                    source=Counterpart(of=Field(path="project"), record_type="project"),
                    is_required=True,
                ),
                Row(
                    target="custrecord_sb_rr_type",
                    source=Translate(
                        of=Field(path="type"),
                        pairs=(
                            ("F", "Fixed fee by date or milestone"),
                            ("C", "Percent complete"),
                            ("B", "As billed"),
                            ("T", "Time project"),
                        ),
                    ),
                ),
                Row(target="custrecord_sb_rr_amount", source=Field(path="total"), is_required=True),
                Row(
                    target="custrecord_sb_rr_currency",
                    source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"),
                    is_required=True,
                ),
                Row(target="custrecord_sb_rr_start", source=Field(path="start_date")),
                Row(target="custrecord_sb_rr_end", source=Field(path="end_date")),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    exported_field="exported",
    sum=Sum(amount="total", written="custrecord_sb_rr_amount", currency="currency"),
    is_active=False,
)
