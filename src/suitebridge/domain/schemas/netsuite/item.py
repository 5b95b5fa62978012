"""NetSuite items of every kind, as SuiteQL shows them in one table (netsuite-api.md §9.11)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="item",
    label="Item",
    plural="Items",
    title="itemId",
    table="item",
    change_column="lastmodifieddate",
    fields=(
        FieldSchema(name="itemId", kind=Kind.TEXT, label="Item name"),
        FieldSchema(name="fullName", kind=Kind.TEXT, label="Full name"),
        FieldSchema(name="displayName", kind=Kind.TEXT, label="Display name"),
        FieldSchema(name="itemType", kind=Kind.TEXT, label="Item type"),
        FieldSchema(name="subtype", kind=Kind.TEXT, label="Subtype"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="cost", kind=Kind.MONEY, label="Purchase price"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
