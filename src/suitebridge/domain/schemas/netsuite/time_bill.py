"""NetSuite time entry (netsuite-api.md §9.7). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="timeBill",
    label="Time",
    plural="Time",
    title="memo",
    table="timebill",
    soap_type="TimeBill",
    soap_namespace="employees_2025_2.transactions",
    fields=(
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Employee", refers_to="employee", is_required=True),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="approvalStatus", kind=Kind.REFERENCE, label="Approval status", refers_to="approvalStatus"),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
        FieldSchema(name="caseTaskEvent", kind=Kind.REFERENCE, label="Task", refers_to="projectTask"),
        FieldSchema(name="isBillable", kind=Kind.BOOLEAN, label="Billable"),
        FieldSchema(name="item", kind=Kind.REFERENCE, label="Service item", refers_to="serviceSaleItem"),
        FieldSchema(name="hours", kind=Kind.DURATION, label="Hours", is_required=True),
        FieldSchema(
            name="timeType",
            kind=Kind.CHOICE,
            label="Type",
            choices=(
                ("_actualTime", "Actual time"),
                ("_plannedTime", "Planned time"),
                ("_allocatedTime", "Allocated time"),
            ),
        ),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
    ),
)
