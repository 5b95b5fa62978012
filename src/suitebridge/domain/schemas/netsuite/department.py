"""NetSuite department (netsuite-api.md §9.11): read for its name."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="department",
    label="Department",
    plural="Departments",
    table="department",
    change_column="lastmodifieddate",
    soap_type="Department",
    soap_namespace="accounting_2025_2.lists",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
    ),
)
