"""Where a receipt was taxed; PSA table `tax_location`. Its NetSuite ID is that of the tax code which NetSuite knows the tax by."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="tax_location",
    label="Tax location",
    plural="Tax locations",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
