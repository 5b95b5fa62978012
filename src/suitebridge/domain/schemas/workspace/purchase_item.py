"""One line of a purchase order; PSA table `purchase_item`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="purchase_item",
    label="Purchase item",
    plural="Purchase items",
    title="description",
    parent="purchase_order",
    related=(Related(name="fulfillments", type="fulfillment", by="purchase_item"),),
    fields=(
        FieldSchema(
            name="purchase_order",
            kind=Kind.REFERENCE,
            label="Purchase order",
            refers_to="purchase_order",
            is_required=True,
        ),
        FieldSchema(name="product", kind=Kind.REFERENCE, label="Product", refers_to="product"),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="description", kind=Kind.TEXT, label="Description"),
        FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
        FieldSchema(name="cost", kind=Kind.MONEY, label="Cost", sensitivity=Sensitivity.RATE),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total"),
        FieldSchema(name="billable", kind=Kind.BOOLEAN, label="Billable line of a vendor bill"),
        FieldSchema(name="netsuite_bill_id", kind=Kind.TEXT, label="NetSuite vendor bill ID"),
        FieldSchema(name="netsuite_bill_line", kind=Kind.INTEGER, label="Line of the vendor bill"),
        *STANDARD_FIELDS,
    ),
)
