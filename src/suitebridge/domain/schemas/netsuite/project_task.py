"""NetSuite project task (netsuite-api.md §9.4). Fields in the order of the SOAP schema; REST calls the project “project”."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="projectTask",
    label="Project task",
    plural="Project tasks",
    title="title",
    table="projecttask",
    change_column="lastmodifieddate",
    soap_type="ProjectTask",
    soap_namespace="scheduling_2025_2.activities",
    fields=(
        FieldSchema(name="title", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(
            name="company", kind=Kind.REFERENCE, label="Project", refers_to="job", column="project", is_required=True
        ),
        FieldSchema(name="parent", kind=Kind.REFERENCE, label="Parent task", refers_to="projectTask"),
        FieldSchema(name="estimatedWork", kind=Kind.DECIMAL, label="Estimated work (hours)"),
        FieldSchema(
            name="constraintType",
            kind=Kind.CHOICE,
            label="Constraint",
            choices=(("_asSoonAsPossible", "As soon as possible"), ("_fixedStart", "Fixed start")),
        ),
        FieldSchema(name="startDate", kind=Kind.DATE, label="Start date"),
        FieldSchema(name="endDate", kind=Kind.DATE, label="End date", is_read_only=True),
        FieldSchema(name="isMilestone", kind=Kind.BOOLEAN, label="Milestone"),
        FieldSchema(
            name="status",
            kind=Kind.CHOICE,
            label="Status",
            choices=(("_notStarted", "Not started"), ("_inProgress", "In progress"), ("_completed", "Completed")),
        ),
        FieldSchema(name="nonBillableTask", kind=Kind.BOOLEAN, label="Non-billable"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
