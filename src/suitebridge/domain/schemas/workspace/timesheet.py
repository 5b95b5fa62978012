"""A week of one employee; PSA table `timesheet`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related
from suitebridge.domain.schemas.workspace.shared import APPROVAL_STATES, REJECTED_BECAUSE, STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="timesheet",
    label="Timesheet",
    plural="Timesheets",
    title="name",
    parent="employee",
    status="status",
    day="starts",
    related=(Related(name="entries", type="time_entry", by="timesheet"),),
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Timesheet"),
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Employee", refers_to="employee", is_required=True),
        FieldSchema(name="starts", kind=Kind.DATE, label="Starts", is_required=True),
        FieldSchema(name="ends", kind=Kind.DATE, label="Ends"),
        FieldSchema(name="status", kind=Kind.CHOICE, label="Status", choices=APPROVAL_STATES),
        REJECTED_BECAUSE,
        FieldSchema(name="approved", kind=Kind.DATE, label="Approved"),
        *STANDARD_FIELDS,
    ),
)
