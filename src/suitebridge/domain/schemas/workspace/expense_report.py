"""Expenses of one employee; PSA table `envelope`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related
from suitebridge.domain.schemas.workspace.shared import APPROVAL_STATES, REJECTED_BECAUSE, STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="expense_report",
    label="Expense report",
    plural="Expense reports",
    title="number",
    parent="employee",
    status="status",
    day="date",
    related=(
        Related(name="receipts", type="receipt", by="expense_report"),
        Related(name="reimbursements", type="reimbursement", by="expense_report"),
    ),
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Employee", refers_to="employee", is_required=True),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="status", kind=Kind.CHOICE, label="Status", choices=APPROVAL_STATES),
        REJECTED_BECAUSE,
        FieldSchema(name="advance", kind=Kind.MONEY, label="Advance"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="approved", kind=Kind.DATE, label="Approved"),
        FieldSchema(name="exported", kind=Kind.INSTANT, label="Exported", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
