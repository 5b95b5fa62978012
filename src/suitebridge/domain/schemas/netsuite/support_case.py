"""NetSuite support case (netsuite-connector.md §5.4). Whom it is for may be a customer or a project; only projects are followed.

Of the moments of its beginning and end only the days are read, which are those of the account's zone."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="supportCase",
    label="Case",
    plural="Cases",
    title="title",
    table="supportcase",
    change_column="lastmodifieddate",
    fields=(
        FieldSchema(name="title", kind=Kind.TEXT, label="Subject"),
        FieldSchema(name="caseNumber", kind=Kind.TEXT, label="Number", is_read_only=True),
        FieldSchema(name="company", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
        FieldSchema(name="startDate", kind=Kind.DATE, label="Incident date"),
        FieldSchema(name="endDate", kind=Kind.DATE, label="Closed", is_read_only=True),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
