"""What is bought and passed on; PSA table `product`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="product",
    label="Product",
    plural="Products",
    title="name",
    second_key="code",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Product", is_required=True),
        FieldSchema(name="code", kind=Kind.TEXT, label="Code"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="cost", kind=Kind.MONEY, label="Standard cost", sensitivity=Sensitivity.RATE),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        *STANDARD_FIELDS,
    ),
)
