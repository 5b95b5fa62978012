"""How the revenue of a project is recognized; PSA table `revenue_recognition_rule`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="recognition_rule",
    label="Recognition rule",
    plural="Recognition rules",
    parent="project",
    day="start_date",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project", is_required=True),
        FieldSchema(
            name="type",
            kind=Kind.CHOICE,
            label="Kind",
            choices=(
                ("F", "Fixed fee by date or milestone"),
                ("C", "Percent complete"),
                ("B", "As billed"),
                ("T", "Time project"),
            ),
        ),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="total", kind=Kind.MONEY, label="Amount"),
        FieldSchema(name="start_date", kind=Kind.DATE, label="Start"),
        FieldSchema(name="end_date", kind=Kind.DATE, label="End"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="exported", kind=Kind.INSTANT, label="Exported", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
