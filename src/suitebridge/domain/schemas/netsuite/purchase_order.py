"""NetSuite purchase order, read for its header (netsuite-api.md §9.10); its lines are records of their own."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="purchaseOrder",
    label="Purchase order",
    plural="Purchase orders",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    fields=(
        FieldSchema(name="type", kind=Kind.TEXT, label="Transaction type", is_read_only=True),
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Vendor", refers_to="vendor"),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date"),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_read_only=True, column="foreigntotal"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
