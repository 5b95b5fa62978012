"""NetSuite application of a customer deposit to invoices, read for its header (netsuite-api.md §9.9); what it settles are records of their own."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="depositApplication",
    label="Deposit application",
    plural="Deposit applications",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    fields=(
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Customer", refers_to="customer"),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date"),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
