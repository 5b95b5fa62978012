"""NetSuite project: the type is called job in every interface (netsuite-api.md §9.3)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="job",
    label="Project",
    plural="Projects",
    title="entityId",
    table="job",
    change_column="lastmodifieddate",
    soap_type="Job",
    soap_namespace="relationships_2025_2.lists",
    fields=(
        FieldSchema(name="entityId", kind=Kind.TEXT, label="Project ID"),
        FieldSchema(name="companyName", kind=Kind.TEXT, label="Project name"),
        FieldSchema(name="entityStatus", kind=Kind.REFERENCE, label="Status", refers_to="jobStatus"),
        FieldSchema(name="parent", kind=Kind.REFERENCE, label="Customer", refers_to="customer", column="customer"),
        FieldSchema(name="projectManager", kind=Kind.REFERENCE, label="Project manager", refers_to="employee"),
        FieldSchema(name="startDate", kind=Kind.DATE, label="Start date"),
        FieldSchema(name="projectedEndDate", kind=Kind.DATE, label="Projected end date"),
        FieldSchema(name="endDate", kind=Kind.DATE, label="End date", column="enddate"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary", column=""),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
        FieldSchema(name="custentity_oa_export_to_openair", kind=Kind.BOOLEAN, label="Export to SuiteProjects Pro"),
        FieldSchema(name="custentity_sb_export", kind=Kind.BOOLEAN, label="Export to SuiteBridge"),
        FieldSchema(
            name="custentity_oa_project_stage",
            kind=Kind.TEXT,
            label="Project stage of the workspace",
            is_read_only=True,
            # A choice of a list: its words are what the stages of the workspace are called, too.
            derived="BUILTIN.DF({row}.custentity_oa_project_stage)",
        ),
    ),
)
