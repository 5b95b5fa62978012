"""NetSuite purchase requisition with its item lines. Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

ITEM_LINE = RecordSchema(
    system=System.NETSUITE,
    name="item",
    label="Item line",
    plural="Item lines",
    title="description",
    soap_type="PurchaseRequisitionItem",
    soap_line="purchaseRequisitionItem",
    fields=(
        FieldSchema(name="item", kind=Kind.REFERENCE, label="Item", refers_to="item", is_required=True),
        FieldSchema(name="poVendor", kind=Kind.REFERENCE, label="Vendor", refers_to="vendor"),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="estimatedRate", kind=Kind.MONEY, label="Estimated rate"),
        FieldSchema(name="estimatedAmount", kind=Kind.MONEY, label="Estimated amount"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
    ),
)

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="purchaseRequisition",
    label="Purchase requisition",
    plural="Purchase requisitions",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    soap_type="PurchaseRequisition",
    soap_namespace="purchases_2025_2.transactions",
    fields=(
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Requestor", refers_to="employee", is_required=True),
        FieldSchema(name="dueDate", kind=Kind.DATE, label="Receive by"),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="itemList", kind=Kind.LINES, label="Items", lines=ITEM_LINE, column=""),
    ),
)
