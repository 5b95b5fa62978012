"""One expense of a report; PSA table `ticket`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="receipt",
    label="Receipt",
    plural="Receipts",
    title="notes",
    parent="expense_report",
    day="date",
    fields=(
        FieldSchema(
            name="expense_report",
            kind=Kind.REFERENCE,
            label="Expense report",
            refers_to="expense_report",
            is_required=True,
        ),
        FieldSchema(
            name="expense_item", kind=Kind.REFERENCE, label="Expense item", refers_to="expense_item", is_required=True
        ),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="cost", kind=Kind.MONEY, label="Cost"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_required=True),
        FieldSchema(name="tax", kind=Kind.MONEY, label="Tax in the total"),
        FieldSchema(name="tax_location", kind=Kind.REFERENCE, label="Tax location", refers_to="tax_location"),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="billable", kind=Kind.BOOLEAN, label="Billable"),
        FieldSchema(name="reimbursable", kind=Kind.BOOLEAN, label="Reimbursable"),
        FieldSchema(name="corporate_card", kind=Kind.BOOLEAN, label="Paid by corporate card"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="city", kind=Kind.TEXT, label="City"),
        FieldSchema(name="netsuite_line", kind=Kind.INTEGER, label="Line in NetSuite", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
