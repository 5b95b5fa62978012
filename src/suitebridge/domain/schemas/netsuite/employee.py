"""NetSuite employee (netsuite-api.md §9.5)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="employee",
    label="Employee",
    plural="Employees",
    title="entityId",
    table="employee",
    change_column="lastmodifieddate",
    soap_type="Employee",
    soap_namespace="employees_2025_2.lists",
    fields=(
        FieldSchema(name="entityId", kind=Kind.TEXT, label="Employee ID"),
        FieldSchema(name="firstName", kind=Kind.TEXT, label="First name"),
        FieldSchema(name="lastName", kind=Kind.TEXT, label="Last name"),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail"),
        FieldSchema(name="title", kind=Kind.TEXT, label="Job title"),
        FieldSchema(name="department", kind=Kind.REFERENCE, label="Department", refers_to="department"),
        FieldSchema(name="class", kind=Kind.REFERENCE, label="Class", refers_to="classification"),
        FieldSchema(name="location", kind=Kind.REFERENCE, label="Location", refers_to="location"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
        FieldSchema(name="custentity_oa_export_to_openair", kind=Kind.BOOLEAN, label="Export to SuiteProjects Pro"),
        FieldSchema(name="custentity_sb_export", kind=Kind.BOOLEAN, label="Export to SuiteBridge"),
    ),
)
