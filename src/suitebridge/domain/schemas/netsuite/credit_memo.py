"""NetSuite credit memo with its items and what it is applied to (netsuite-api.md §9.9). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

ITEM_LINE = RecordSchema(
    system=System.NETSUITE,
    name="item",
    label="Item line",
    plural="Item lines",
    title="description",
    soap_type="CreditMemoItem",
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

APPLY_LINE = RecordSchema(
    system=System.NETSUITE,
    name="apply",
    label="Applied invoice",
    plural="Applied invoices",
    title="doc",
    soap_type="CreditMemoApply",
    soap_line="apply",
    fields=(
        FieldSchema(name="apply", kind=Kind.BOOLEAN, label="Apply"),
        FieldSchema(name="doc", kind=Kind.INTEGER, label="Invoice"),
        FieldSchema(name="applyDate", kind=Kind.DATE, label="Date applied"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount applied"),
    ),
)

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="creditMemo",
    label="Credit memo",
    plural="Credit memos",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    soap_type="CreditMemo",
    soap_namespace="customers_2025_2.transactions",
    fields=(
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Customer", refers_to="customer", is_required=True),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Credit number"),
        FieldSchema(name="job", kind=Kind.REFERENCE, label="Project", refers_to="job"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="taxTotal", kind=Kind.MONEY, label="Tax total", is_read_only=True, column=""),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_read_only=True, column="foreigntotal"),
        FieldSchema(name="itemList", kind=Kind.LINES, label="Items", lines=ITEM_LINE, column=""),
        FieldSchema(name="applyList", kind=Kind.LINES, label="Applied to", lines=APPLY_LINE, column=""),
    ),
)
