"""NetSuite purchase orders, and vendor bills and credits as imports read them: headers only, lines are records of their own (netsuite-api.md §9.10)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema


def _bought(name: str, label: str) -> RecordSchema:
    return RecordSchema(
        system=System.NETSUITE,
        name=name,
        label=label,
        plural=f"{label}s",
        title="tranId",
        table="transaction",
        change_column="lastmodifieddate",
        fields=(
            FieldSchema(name="type", kind=Kind.TEXT, label="Transaction type", is_read_only=True),
            FieldSchema(name="externalId", kind=Kind.TEXT, label="External ID"),
            FieldSchema(name="status", kind=Kind.TEXT, label="Status", is_read_only=True),
            FieldSchema(name="entity", kind=Kind.REFERENCE, label="Vendor", refers_to="vendor"),
            FieldSchema(name="tranDate", kind=Kind.DATE, label="Date"),
            FieldSchema(name="tranId", kind=Kind.TEXT, label="Number"),
            FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
            FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
            FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_read_only=True, column="foreigntotal"),
            FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
        ),
    )


ORDER = _bought("purchaseOrder", "Purchase order")
BILL = _bought("purchaseBill", "Bill")
CREDIT = _bought("purchaseCredit", "Bill credit")
