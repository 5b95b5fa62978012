"""What time is spent on and billed for; PSA table `category`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="service",
    label="Service",
    plural="Services",
    title="name",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Service", is_required=True),
        FieldSchema(name="code", kind=Kind.TEXT, label="Code"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="rate", kind=Kind.MONEY, label="Rate", sensitivity=Sensitivity.RATE),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        *STANDARD_FIELDS,
    ),
)
