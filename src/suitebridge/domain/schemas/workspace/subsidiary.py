"""A node of the hierarchy Subsidiaries: a company of the group; PSA table `hierarchy_node` (netsuite-connector.md §5.6)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="subsidiary",
    label="Subsidiary",
    plural="Subsidiaries",
    title="name",
    parent="parent",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Subsidiary", is_required=True),
        FieldSchema(name="full_name", kind=Kind.TEXT, label="Full name"),
        FieldSchema(name="parent", kind=Kind.REFERENCE, label="Parent", refers_to="subsidiary"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        *STANDARD_FIELDS,
    ),
)
