"""NetSuite account of the chart of accounts: read for its number."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="account",
    label="Account",
    plural="Accounts",
    title="acctNumber",
    table="account",
    change_column="lastmodifieddate",
    fields=(
        FieldSchema(name="acctNumber", kind=Kind.TEXT, label="Number"),
        FieldSchema(name="fullName", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
    ),
)
