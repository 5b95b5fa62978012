"""What a credit takes away from an invoice; the credit is an invoice below zero, and has no PSA table of its own."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="applied_credit",
    label="Applied credit",
    plural="Applied credits",
    title="number",
    parent="invoice",
    day="date",
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="invoice", kind=Kind.REFERENCE, label="Invoice", refers_to="invoice", is_required=True),
        FieldSchema(name="credit", kind=Kind.REFERENCE, label="Credit", refers_to="invoice", is_required=True),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_required=True),
        *STANDARD_FIELDS,
    ),
)
