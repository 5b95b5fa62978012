"""NetSuite expense report with its expense lines (netsuite-api.md §9.8). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

EXPENSE_LINE = RecordSchema(
    system=System.NETSUITE,
    name="expense",
    label="Expense",
    plural="Expenses",
    title="memo",
    soap_type="ExpenseReportExpense",
    soap_line="expense",
    fields=(
        FieldSchema(name="line", kind=Kind.INTEGER, label="Line", is_read_only=True),
        FieldSchema(name="expenseDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(
            name="category", kind=Kind.REFERENCE, label="Category", refers_to="expenseCategory", is_required=True
        ),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="rate", kind=Kind.MONEY, label="Rate"),
        FieldSchema(name="foreignAmount", kind=Kind.MONEY, label="Amount in the report's currency"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),
        FieldSchema(name="taxCode", kind=Kind.REFERENCE, label="Tax code", refers_to="salesTaxItem"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="tax1Amt", kind=Kind.MONEY, label="Tax"),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
        FieldSchema(name="isBillable", kind=Kind.BOOLEAN, label="Billable"),
        FieldSchema(name="isNonReimbursable", kind=Kind.BOOLEAN, label="Not reimbursable"),
        FieldSchema(name="corporateCreditCard", kind=Kind.BOOLEAN, label="Corporate card"),
        FieldSchema(name="projectTask", kind=Kind.REFERENCE, label="Project task", refers_to="projectTask"),
    ),
)

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="expenseReport",
    label="Expense report",
    plural="Expense reports",
    title="memo",
    table="transaction",
    soap_type="ExpenseReport",
    soap_namespace="employees_2025_2.transactions",
    fields=(
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Employee", refers_to="employee", is_required=True),
        FieldSchema(name="expenseReportCurrency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="advance", kind=Kind.MONEY, label="Advance"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="supervisorApproval", kind=Kind.BOOLEAN, label="Supervisor approval"),
        FieldSchema(name="accountingApproval", kind=Kind.BOOLEAN, label="Accounting approval"),
        FieldSchema(name="expenseList", kind=Kind.LINES, label="Expenses", lines=EXPENSE_LINE, column=""),
    ),
)
