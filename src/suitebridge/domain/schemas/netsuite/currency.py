"""NetSuite currency (netsuite-api.md §9.11): read for its ISO code."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="currency",
    label="Currency",
    plural="Currencies",
    title="symbol",
    table="currency",
    change_column="lastmodifieddate",
    soap_type="Currency",
    soap_namespace="accounting_2025_2.lists",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="symbol", kind=Kind.TEXT, label="ISO code"),
        FieldSchema(name="exchangeRate", kind=Kind.DECIMAL, label="Exchange rate"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
