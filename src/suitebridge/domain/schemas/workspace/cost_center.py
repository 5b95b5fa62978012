"""A part of the firm that bears costs; PSA table `cost_center`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="cost_center",
    label="Cost center",
    plural="Cost centers",
    second_key="number",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(name="number", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
