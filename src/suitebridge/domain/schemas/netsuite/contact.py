"""NetSuite contact (netsuite-api.md §9.6). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="contact",
    label="Contact",
    plural="Contacts",
    title="entityId",
    table="contact",
    change_column="lastmodifieddate",
    soap_type="Contact",
    soap_namespace="relationships_2025_2.lists",
    fields=(
        FieldSchema(name="entityId", kind=Kind.TEXT, label="Contact"),
        FieldSchema(name="company", kind=Kind.REFERENCE, label="Company", refers_to="customer"),
        FieldSchema(name="firstName", kind=Kind.TEXT, label="First name"),
        FieldSchema(name="lastName", kind=Kind.TEXT, label="Last name"),
        FieldSchema(name="title", kind=Kind.TEXT, label="Job title"),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
