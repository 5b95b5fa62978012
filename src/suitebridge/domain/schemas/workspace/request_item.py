"""One line of a purchase request; PSA table `request_item`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="request_item",
    label="Request item",
    plural="Request items",
    title="description",
    parent="purchase_request",
    fields=(
        FieldSchema(
            name="purchase_request",
            kind=Kind.REFERENCE,
            label="Purchase request",
            refers_to="purchase_request",
            is_required=True,
        ),
        FieldSchema(name="product", kind=Kind.REFERENCE, label="Product", refers_to="product"),
        FieldSchema(name="vendor", kind=Kind.REFERENCE, label="Vendor", refers_to="vendor"),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity", is_required=True),
        FieldSchema(name="cost", kind=Kind.MONEY, label="Cost", sensitivity=Sensitivity.RATE),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_required=True),
        *STANDARD_FIELDS,
    ),
)
