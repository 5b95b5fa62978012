"""POs (Purchase Orders): orders from vendors that are marked (netsuite-connector.md §5.4).

The original asks for a check box of its bundle on the order; here the mark of its vendor decides."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_purchase_orders",
    title="POs (Purchase Orders)",
    direction=Direction.IMPORT,
    source_type="purchaseOrder",
    target_type="purchase_order",
    title_fields=("tranId",),
    needs=("import_vendors",),
    match_keys=(BY_NETSUITE_ID,),
    guards=(
        Guard(
            condition=Compare(path="entity.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="Its vendor is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import purchase orders of vendors that are not marked, too",
            sentence="Takes every purchase order of vendors that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="PO_TO_PURCHASEORDER",
            title="Purchase order",
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
