"""One line of an invoice; PSA table `slip`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="charge",
    label="Charge",
    plural="Charges",
    title="description",
    parent="invoice",
    day="date",
    fields=(
        FieldSchema(name="invoice", kind=Kind.REFERENCE, label="Invoice", refers_to="invoice", is_required=True),
        FieldSchema(
            name="type",
            kind=Kind.CHOICE,
            label="Type",
            choices=(
                ("T", "Time"),
                ("O", "Other"),
                ("F", "Fixed fee"),
                ("E", "Expense"),
                ("M", "Mileage"),
                ("P", "Product"),
            ),
        ),
        FieldSchema(name="service", kind=Kind.REFERENCE, label="Service", refers_to="service"),
        FieldSchema(name="receipt", kind=Kind.REFERENCE, label="Receipt", refers_to="receipt"),
        FieldSchema(name="product", kind=Kind.REFERENCE, label="Product", refers_to="product"),
        FieldSchema(name="purchase_item", kind=Kind.REFERENCE, label="Purchase item", refers_to="purchase_item"),
        FieldSchema(name="expense_item", kind=Kind.REFERENCE, label="Expense item", refers_to="expense_item"),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="rate", kind=Kind.MONEY, label="Rate", sensitivity=Sensitivity.RATE),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_required=True),
        *STANDARD_FIELDS,
    ),
)
