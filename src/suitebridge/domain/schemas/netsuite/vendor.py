"""NetSuite vendor (netsuite-api.md §9.6). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="vendor",
    label="Vendor",
    plural="Vendors",
    title="entityId",
    table="vendor",
    change_column="lastmodifieddate",
    soap_type="Vendor",
    soap_namespace="relationships_2025_2.lists",
    fields=(
        FieldSchema(name="entityId", kind=Kind.TEXT, label="Vendor ID"),
        FieldSchema(name="isPerson", kind=Kind.BOOLEAN, label="Individual"),
        FieldSchema(name="firstName", kind=Kind.TEXT, label="First name"),
        FieldSchema(name="lastName", kind=Kind.TEXT, label="Last name"),
        FieldSchema(name="companyName", kind=Kind.TEXT, label="Company name"),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail"),
        FieldSchema(name="url", kind=Kind.TEXT, label="Web address"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary", column=""),
        FieldSchema(name="terms", kind=Kind.REFERENCE, label="Terms", refers_to="term"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="isJobResourceVend", kind=Kind.BOOLEAN, label="Project resource"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
        FieldSchema(name="custentity_oa_export_to_openair", kind=Kind.BOOLEAN, label="Export to SuiteProjects Pro"),
        FieldSchema(name="custentity_sb_export", kind=Kind.BOOLEAN, label="Export to SuiteBridge"),
        FieldSchema(name="custentity_oa_user_or_vendor", kind=Kind.TEXT, label="Import as employee or vendor"),
    ),
)
