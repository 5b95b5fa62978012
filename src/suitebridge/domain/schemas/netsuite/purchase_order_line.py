"""A line of a NetSuite purchase order, as SuiteQL shows it: a row with a key of its own (netsuite-api.md §9.14)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="purchaseOrderLine",
    label="Purchase order line",
    plural="Purchase order lines",
    title="memo",
    table="transactionline",
    change_column="linelastmodifieddate",
    identity="uniquekey",
    fields=(
        FieldSchema(name="transaction", kind=Kind.REFERENCE, label="Purchase order", refers_to="purchaseOrder"),
        FieldSchema(name="mainLine", kind=Kind.BOOLEAN, label="Main line", is_read_only=True),
        FieldSchema(name="item", kind=Kind.REFERENCE, label="Item", refers_to="item"),
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="rate", kind=Kind.MONEY, label="Rate"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount", column="foreignamount"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Description"),
    ),
)
