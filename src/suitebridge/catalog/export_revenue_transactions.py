"""Recognition transactions (Revenue Transactions for ARM): the same transactions as custom records, which Advanced Revenue Management reads
(netsuite-connector.md §5.5).

Whoever keeps them as journal entries does not need them here, too."""

from suitebridge.domain.conditions import AllOf, Blank
from suitebridge.domain.expressions import Counterpart, Field, Lookup
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, PullBack, Row, Sum, Workflow

WORKFLOW = Workflow(
    name="export_revenue_transactions",
    title="Recognition transactions (Revenue Transactions for ARM)",
    direction=Direction.EXPORT,
    source_type="recognition_transaction",
    target_type="customrecord_sb_revenue_transaction",
    title_fields=("number",),
    needs=("import_projects",),
    excludes=("export_recognition_transactions",),
    match_keys=(),
    reads=AllOf(conditions=(Blank(path="exported_to_arm"), Blank(path="netsuite_arm_id"))),
    sends_linked_when="export_linked",
    groups=(
        MappingGroup(
            name="REVENUE_TO_ARM_TRANSACTION",
            title="Revenue transaction",
            rows=(
                Row(target="name", source=Field(path="number"), is_required=True),
                Row(
                    target="custrecord_sb_rt_project",
                    source=Counterpart(of=Field(path="project"), record_type="project"),
                    is_required=True,
                ),
                Row(target="custrecord_sb_rt_date", source=Field(path="date"), is_required=True),
                Row(target="custrecord_sb_rt_amount", source=Field(path="total"), is_required=True),
                Row(
                    target="custrecord_sb_rt_currency",
                    source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"),
                    is_required=True,
                ),
                Row(target="custrecord_sb_rt_memo", source=Field(path="notes")),
            ),
        ),
    ),
    pull_backs=(PullBack(source="internalId", target="netsuite_arm_id"),),
    id_field="netsuite_arm_id",
    exported_field="exported_to_arm",
    sum=Sum(amount="total", written="custrecord_sb_rt_amount", currency="currency"),
    is_active=False,
)
