"""A supplier; PSA table `vendor`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="vendor",
    label="Vendor",
    plural="Vendors",
    title="name",
    second_key="email",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Vendor", is_required=True),
        FieldSchema(name="company", kind=Kind.TEXT, label="Company name"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="web", kind=Kind.TEXT, label="Web address"),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        *STANDARD_FIELDS,
    ),
)
