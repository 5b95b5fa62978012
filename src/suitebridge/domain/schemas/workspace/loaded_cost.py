"""What an hour of somebody costs the firm, since a day; PSA table `loaded_cost`. Level 0 is the primary cost."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="loaded_cost",
    label="Loaded cost",
    plural="Loaded costs",
    parent="employee",
    day="start_date",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Employee", refers_to="employee"),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer", refers_to="customer"),
        FieldSchema(name="level", kind=Kind.INTEGER, label="Level"),
        FieldSchema(
            name="cost", kind=Kind.MONEY, label="Cost of an hour", sensitivity=Sensitivity.RATE, is_required=True
        ),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="start_date", kind=Kind.DATE, label="Valid from"),
        FieldSchema(name="end_date", kind=Kind.DATE, label="Valid until"),
        *STANDARD_FIELDS,
    ),
)
