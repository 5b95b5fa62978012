"""What an employee was paid back of an expense report; PSA table `reimbursement`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="reimbursement",
    label="Reimbursement",
    plural="Reimbursements",
    title="number",
    parent="expense_report",
    day="date",
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number"),
        FieldSchema(
            name="expense_report",
            kind=Kind.REFERENCE,
            label="Expense report",
            refers_to="expense_report",
            is_required=True,
        ),
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Employee", refers_to="employee"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_required=True),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
