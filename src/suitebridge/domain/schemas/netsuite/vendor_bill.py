"""NetSuite vendor bill with its expense lines (netsuite-api.md §9.10). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

EXPENSE_LINE = RecordSchema(
    system=System.NETSUITE,
    name="expense",
    label="Expense",
    plural="Expenses",
    title="memo",
    soap_type="VendorBillExpense",
    soap_line="expense",
    fields=(
        FieldSchema(name="line", kind=Kind.INTEGER, label="Line", is_read_only=True),
        FieldSchema(
            name="category", kind=Kind.REFERENCE, label="Category", refers_to="expenseCategory", is_required=True
        ),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
        FieldSchema(name="isBillable", kind=Kind.BOOLEAN, label="Billable"),
        FieldSchema(name="projectTask", kind=Kind.REFERENCE, label="Project task", refers_to="projectTask"),
    ),
)

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="vendorBill",
    label="Vendor bill",
    plural="Vendor bills",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    soap_type="VendorBill",
    soap_namespace="purchases_2025_2.transactions",
    fields=(
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Vendor", refers_to="vendor", is_required=True),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="terms", kind=Kind.REFERENCE, label="Terms", refers_to="term"),
        FieldSchema(name="dueDate", kind=Kind.DATE, label="Due date"),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Reference number"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="expenseList", kind=Kind.LINES, label="Expenses", lines=EXPENSE_LINE, column=""),
    ),
)
