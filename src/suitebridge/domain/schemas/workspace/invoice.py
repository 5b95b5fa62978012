"""A bill to a customer; PSA table `invoice`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related
from suitebridge.domain.schemas.workspace.shared import APPROVAL_STATES, REJECTED_BECAUSE, STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="invoice",
    label="Invoice",
    plural="Invoices",
    title="number",
    parent="customer",
    status="status",
    day="date",
    related=(
        Related(name="charges", type="charge", by="invoice"),
        Related(name="payments", type="payment", by="invoice"),
        Related(name="retainers", type="retainer", by="invoice"),
        Related(name="credits", type="applied_credit", by="invoice"),
    ),
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number", is_required=True),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer", refers_to="customer", is_required=True),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="status", kind=Kind.CHOICE, label="Approval status", choices=APPROVAL_STATES),
        REJECTED_BECAUSE,
        FieldSchema(name="terms", kind=Kind.TEXT, label="Terms"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total"),
        FieldSchema(name="tax", kind=Kind.MONEY, label="Tax in NetSuite", is_read_only=True),
        FieldSchema(name="total_with_tax", kind=Kind.MONEY, label="Total in NetSuite, with tax", is_read_only=True),
        FieldSchema(name="original_invoice", kind=Kind.REFERENCE, label="Invoice it corrects", refers_to="invoice"),
        FieldSchema(name="credit_reason", kind=Kind.TEXT, label="Credit reason"),
        FieldSchema(name="exported", kind=Kind.INSTANT, label="Exported", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
