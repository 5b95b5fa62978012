"""Lines of NetSuite's documents, as SuiteQL shows them: rows with a key of their own (netsuite-api.md §9.14)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema


def _line(name: str, label: str, *, of: str, document: str) -> RecordSchema:
    return RecordSchema(
        system=System.NETSUITE,
        name=name,
        label=label,
        plural=f"{label}s",
        title="memo",
        table="transactionline",
        change_column="linelastmodifieddate",
        identity="uniquekey",
        fields=(
            FieldSchema(name="transaction", kind=Kind.REFERENCE, label=document, refers_to=of),
            FieldSchema(name="mainLine", kind=Kind.BOOLEAN, label="Main line", is_read_only=True),
            FieldSchema(name="taxLine", kind=Kind.BOOLEAN, label="Tax line", is_read_only=True),
            FieldSchema(name="item", kind=Kind.REFERENCE, label="Item", refers_to="item"),
            FieldSchema(name="entity", kind=Kind.REFERENCE, label="Customer or project", refers_to="job"),
            FieldSchema(name="quantity", kind=Kind.DECIMAL, label="Quantity"),
            FieldSchema(name="rate", kind=Kind.MONEY, label="Rate"),
            FieldSchema(name="amount", kind=Kind.MONEY, label="Amount", column="foreignamount"),
            FieldSchema(name="memo", kind=Kind.TEXT, label="Description"),
            FieldSchema(name="isBillable", kind=Kind.BOOLEAN, label="Billable"),
            FieldSchema(
                name="lineNumber", kind=Kind.INTEGER, label="Line", is_read_only=True, column="linesequencenumber"
            ),
        ),
    )


PURCHASE_ORDER = _line("purchaseOrderLine", "Purchase order line", of="purchaseOrder", document="Purchase order")
BILL = _line("purchaseBillLine", "Bill line", of="purchaseBill", document="Bill")
PURCHASE_CREDIT = _line("purchaseCreditLine", "Bill credit line", of="purchaseCredit", document="Bill credit")
CREDIT_MEMO = _line("creditMemoLine", "Credit memo line", of="appliedCreditMemo", document="Credit memo")
