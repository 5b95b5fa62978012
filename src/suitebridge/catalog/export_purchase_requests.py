"""Purchase requests (Purchase Requisitions): approved ones, one line for each item (netsuite-connector.md §5.5)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field, FirstOf
from suitebridge.domain.phrases import APPROVED_AND_NOT_SENT, CURRENCY, NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Setting, Sum, Workflow

WORKFLOW = Workflow(
    name="export_purchase_requests",
    title="Purchase requests (Purchase Requisitions)",
    direction=Direction.EXPORT,
    source_type="purchase_request",
    target_type="purchaseRequisition",
    title_fields=("number",),
    needs=("import_employees", "import_projects", "import_products"),
    match_keys=(),
    reads=APPROVED_AND_NOT_SENT,
    sends_linked_when="export_linked",
    updates=Compare(path="status", comparison=Comparison.EQUAL, value="A"),
    updates_when="update_exported",
    settings=(
        Setting(
            name="update_exported",
            label="Change exported purchase requests when they are edited here",
            sentence="Sends what was edited here after its export. What was edited in NetSuite, too, waits for somebody to decide.",
        ),
    ),
    groups=(
        MappingGroup(
            name="PURCHASE_REQUEST_TO_PURCHASE_REQUISITION",
            title="Purchase request",
            rows=(
                CURRENCY,
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="employee"), record_type="employee"),
                    is_required=True,
                ),
                Row(target="dueDate", source=Field(path="date_required")),
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                Row(target="tranId", source=Field(path="number"), is_required=True),
                Row(target="memo", source=FirstOf(options=(Field(path="name"), Field(path="notes")))),
            ),
        ),
        MappingGroup(
            name="PURCHASE_REQUISITION_LINE",
            title="Request item",
            source_list="items",
            target_list="itemList",
            rows=(
                Row(
                    target="item", source=Counterpart(of=Field(path="product"), record_type="product"), is_required=True
                ),
                Row(
                    target="poVendor", source=Counterpart(of=Field(path="vendor"), record_type="vendor", or_leave=True)
                ),
                Row(target="quantity", source=Field(path="quantity"), is_required=True),
                Row(target="description", source=Field(path="description")),
                Row(target="estimatedRate", source=Field(path="cost")),
                Row(target="estimatedAmount", source=Field(path="total")),
                Row(target="amount", source=Field(path="total"), is_required=True),
                Row(target="customer", source=Counterpart(of=Field(path="project"), record_type="project")),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    exported_field="exported",
    sum=Sum(amount="items.total", written="itemList.amount", currency="currency"),
    is_active=False,
)
