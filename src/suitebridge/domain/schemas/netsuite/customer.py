"""NetSuite customer, lead or prospect (netsuite-api.md §9.2). Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="customer",
    label="Customer",
    plural="Customers",
    title="entityId",
    table="customer",
    change_column="lastmodifieddate",
    soap_type="Customer",
    soap_namespace="relationships_2025_2.lists",
    fields=(
        FieldSchema(name="entityId", kind=Kind.TEXT, label="Customer ID"),
        FieldSchema(name="stage", kind=Kind.CHOICE, label="Stage", column="searchstage", is_read_only=True),
        FieldSchema(name="companyName", kind=Kind.TEXT, label="Company name"),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail"),
        FieldSchema(name="parent", kind=Kind.REFERENCE, label="Parent", refers_to="customer"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(
            name="subsidiary",
            kind=Kind.REFERENCE,
            label="Subsidiary",
            refers_to="subsidiary",
            # Which one is the primary stands in a table of its own (netsuite-api.md §9.2).
            derived="(SELECT MIN(s.subsidiary) FROM customersubsidiaryrelationship s WHERE s.entity = {row}.id AND s.isprimarysub = 'T')",
        ),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
        FieldSchema(name="custentity_oa_export_to_openair", kind=Kind.BOOLEAN, label="Export to SuiteProjects Pro"),
        FieldSchema(name="custentity_sb_export", kind=Kind.BOOLEAN, label="Export to SuiteBridge"),
    ),
)
