"""A kind of expense; PSA table `item`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="expense_item",
    label="Expense item",
    plural="Expense items",
    title="name",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Expense item", is_required=True),
        FieldSchema(name="code", kind=Kind.TEXT, label="Code"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="type", kind=Kind.CHOICE, label="Type", choices=(("R", "Regular"), ("M", "Mileage"))),
        FieldSchema(name="cost", kind=Kind.MONEY, label="Cost per unit", sensitivity=Sensitivity.RATE),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        *STANDARD_FIELDS,
    ),
)
