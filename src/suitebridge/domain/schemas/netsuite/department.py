"""NetSuite department (netsuite-api.md §9.11): a tree, whose full names are “Parent : Child”."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="department",
    label="Department",
    plural="Departments",
    title="name",
    table="department",
    change_column="lastmodifieddate",
    soap_type="Department",
    soap_namespace="accounting_2025_2.lists",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="parent", kind=Kind.REFERENCE, label="Parent", refers_to="department"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="fullName", kind=Kind.TEXT, label="Full name", is_read_only=True),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
