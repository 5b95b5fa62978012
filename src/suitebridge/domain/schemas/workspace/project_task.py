"""A task of a project; PSA table `project_task`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="project_task",
    label="Project task",
    plural="Project tasks",
    title="name",
    parent="project",
    day="starts",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Task", is_required=True),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project", is_required=True),
        FieldSchema(name="starts", kind=Kind.DATE, label="Starts"),
        FieldSchema(name="planned_hours", kind=Kind.DECIMAL, label="Planned hours"),
        FieldSchema(name="closed", kind=Kind.BOOLEAN, label="Closed"),
        FieldSchema(name="non_billable", kind=Kind.BOOLEAN, label="Non-billable"),
        FieldSchema(name="export_to_netsuite", kind=Kind.BOOLEAN, label="Export to NetSuite"),
        FieldSchema(name="netsuite_case_id", kind=Kind.TEXT, label="NetSuite case ID"),
        *STANDARD_FIELDS,
    ),
)
