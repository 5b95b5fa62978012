"""NetSuite invoice with its item lines and the items and expenses that it bills (netsuite-api.md §9.9). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

ITEM_LINE = RecordSchema(
    system=System.NETSUITE,
    name="item",
    label="Item line",
    plural="Item lines",
    title="description",
    soap_type="InvoiceItem",
    soap_line="item",
    fields=(
        FieldSchema(name="job", kind=Kind.REFERENCE, label="Project", refers_to="job"),
        FieldSchema(name="item", kind=Kind.REFERENCE, label="Item", refers_to="serviceSaleItem", is_required=True),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="rate", kind=Kind.MONEY, label="Rate"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),
    ),
)

EXPENSE_LINE = RecordSchema(
    system=System.NETSUITE,
    name="expCost",
    label="Billable expense",
    plural="Billable expenses",
    title="doc",
    soap_type="InvoiceExpCost",
    soap_line="expCost",
    fields=(
        FieldSchema(name="apply", kind=Kind.BOOLEAN, label="Apply"),
        FieldSchema(name="doc", kind=Kind.INTEGER, label="Expense report or vendor bill"),
        FieldSchema(name="line", kind=Kind.INTEGER, label="Line"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),
    ),
)

ITEM_COST_LINE = RecordSchema(
    system=System.NETSUITE,
    name="itemCost",
    label="Billable item",
    plural="Billable items",
    title="doc",
    soap_type="InvoiceItemCost",
    soap_line="itemCost",
    fields=(
        FieldSchema(name="apply", kind=Kind.BOOLEAN, label="Apply"),
        FieldSchema(name="doc", kind=Kind.INTEGER, label="Vendor bill"),
        FieldSchema(name="line", kind=Kind.INTEGER, label="Line"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),
    ),
)

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="invoice",
    label="Invoice",
    plural="Invoices",
    title="tranId",
    table="transaction",
    soap_type="Invoice",
    soap_namespace="sales_2025_2.transactions",
    fields=(
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Customer", refers_to="customer", is_required=True),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Invoice number"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="otherRefNum", kind=Kind.TEXT, label="PO number"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="taxTotal", kind=Kind.MONEY, label="Tax total", is_read_only=True, column=""),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_read_only=True, column="foreigntotal"),
        FieldSchema(name="job", kind=Kind.REFERENCE, label="Project", refers_to="job"),
        FieldSchema(name="itemList", kind=Kind.LINES, label="Items", lines=ITEM_LINE, column=""),
        FieldSchema(name="itemCostList", kind=Kind.LINES, label="Billable items", lines=ITEM_COST_LINE, column=""),
        FieldSchema(name="expCostList", kind=Kind.LINES, label="Billable expenses", lines=EXPENSE_LINE, column=""),
    ),
)
