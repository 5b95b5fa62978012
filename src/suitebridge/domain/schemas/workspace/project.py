"""Work for a customer; PSA table `project`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="project",
    label="Project",
    plural="Projects",
    title="name",
    parent="customer",
    day="start_date",
    related=(Related(name="tasks", type="project_task", by="project"),),
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Project", is_required=True),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer", refers_to="customer", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="start_date", kind=Kind.DATE, label="Start date"),
        FieldSchema(name="finish_date", kind=Kind.DATE, label="Finish date"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="project_manager", kind=Kind.REFERENCE, label="Project manager", refers_to="employee"),
        FieldSchema(name="stage", kind=Kind.REFERENCE, label="Stage", refers_to="project_stage"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary"),
        FieldSchema(name="export_to_netsuite", kind=Kind.BOOLEAN, label="Export to NetSuite"),
        *STANDARD_FIELDS,
    ),
)
