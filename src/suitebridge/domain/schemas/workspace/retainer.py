"""The part of an advance that was drawn for an invoice; PSA table `retainer`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="retainer",
    label="Retainer",
    plural="Retainers",
    title="number",
    parent="invoice",
    day="date",
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="invoice", kind=Kind.REFERENCE, label="Invoice", refers_to="invoice", is_required=True),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer", refers_to="customer"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_required=True),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
