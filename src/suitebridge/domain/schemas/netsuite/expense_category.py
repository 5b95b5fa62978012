"""NetSuite expense category: no change date in any door, so it is read whole (netsuite-api.md §4.15, §9.8)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="expenseCategory",
    label="Expense category",
    plural="Expense categories",
    title="name",
    table="expensecategory",
    soap_type="ExpenseCategory",
    soap_namespace="accounting_2025_2.lists",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="rateRequired", kind=Kind.BOOLEAN, label="Rate required"),
        FieldSchema(name="defaultRate", kind=Kind.MONEY, label="Default rate"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
    ),
)
