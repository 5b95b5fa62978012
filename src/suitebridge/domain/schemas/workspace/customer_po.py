"""What a customer ordered, against which work is billed; PSA table `customerpo`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="customer_po",
    label="Customer PO",
    plural="Customer POs",
    title="number",
    parent="customer",
    day="date",
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number", is_required=True),
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer", refers_to="customer", is_required=True),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        *STANDARD_FIELDS,
    ),
)
