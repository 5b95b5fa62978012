"""What was ordered from a vendor; PSA table `purchaseorder`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="purchase_order",
    label="Purchase order",
    plural="Purchase orders",
    title="number",
    parent="vendor",
    day="date",
    related=(Related(name="items", type="purchase_item", by="purchase_order"),),
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number", is_required=True),
        FieldSchema(name="vendor", kind=Kind.REFERENCE, label="Vendor", refers_to="vendor", is_required=True),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
