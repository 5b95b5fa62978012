"""Hours of one employee on one day; PSA table `task`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="time_entry",
    label="Time entry",
    plural="Time entries",
    title="notes",
    parent="timesheet",
    day="date",
    fields=(
        FieldSchema(name="timesheet", kind=Kind.REFERENCE, label="Timesheet", refers_to="timesheet", is_required=True),
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Employee", refers_to="employee", is_required=True),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="project_task", kind=Kind.REFERENCE, label="Task", refers_to="project_task"),
        FieldSchema(name="service", kind=Kind.REFERENCE, label="Service", refers_to="service"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="hours", kind=Kind.DURATION, label="Hours", is_required=True),
        FieldSchema(name="billable", kind=Kind.BOOLEAN, label="Billable"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="exported", kind=Kind.INSTANT, label="Exported", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
