"""How much of a purchase item was fulfilled; PSA table `fulfillment`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="fulfillment",
    label="Fulfillment",
    plural="Fulfillments",
    title="number",
    parent="purchase_item",
    day="date",
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number"),
        FieldSchema(
            name="purchase_item",
            kind=Kind.REFERENCE,
            label="Purchase item",
            refers_to="purchase_item",
            is_required=True,
        ),
        FieldSchema(name="request_item", kind=Kind.REFERENCE, label="Request item", refers_to="request_item"),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity", is_required=True),
        FieldSchema(name="date", kind=Kind.DATE, label="Date"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
