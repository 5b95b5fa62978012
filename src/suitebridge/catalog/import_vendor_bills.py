"""POs (Vendor Bills): bills of marked vendors, open or paid, as purchase orders (netsuite-connector.md §5.4).

What the workspace sent bears an external ID that begins with “sb_”, and does not come back: a backtick is what follows an underscore."""

from suitebridge.domain.conditions import AnyOf, Blank, Compare, Comparison, OneOf
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_vendor_bills",
    title="POs (Vendor Bills)",
    direction=Direction.IMPORT,
    source_type="purchaseBill",
    target_type="purchase_order",
    title_fields=("tranId",),
    needs=("import_vendors",),
    excludes=("import_purchase_orders",),
    match_keys=(BY_NETSUITE_ID,),
    guards=(
        Guard(
            condition=Compare(path="entity.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="Its vendor is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
        Guard(
            condition=OneOf(path="status", values=("A", "B")),
            reason="It is neither open nor paid in full in NetSuite.",
        ),
        Guard(
            condition=AnyOf(
                conditions=(
                    Blank(path="externalId"),
                    Compare(path="externalId", comparison=Comparison.LESS, value="sb_"),
                    Compare(path="externalId", comparison=Comparison.GREATER_OR_EQUAL, value="sb`"),
                )
            ),
            reason="The workspace sent it, as the expenses of a subcontractor.",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import bills of vendors that are not marked, too",
            sentence="Takes every bill of vendors that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="VENDORBILL_TO_PURCHASEORDER",
            title="PO",
            rows=(
                NETSUITE_ID,
                Row(target="number", source=Field(path="tranId"), is_required=True),
                Row(
                    target="vendor", source=Counterpart(of=Field(path="entity"), record_type="vendor"), is_required=True
                ),
                Row(target="date", source=Field(path="tranDate"), is_required=True),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="total", source=Field(path="total")),
                Row(target="notes", source=Field(path="memo")),
            ),
        ),
    ),
    is_active=False,
)
