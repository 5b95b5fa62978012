"""What was applied to a NetSuite document: payments, deposits and credits, a row for each document that they settle (netsuite-api.md §9.14).

SuiteQL shows it in a table of links whose rows have no key: the two documents identify one. Which `linktype` means what is assumed.
"""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema


def _applied(name: str, label: str, plural: str, *, settles: str, by: str) -> RecordSchema:
    return RecordSchema(
        system=System.NETSUITE,
        name=name,
        label=label,
        plural=plural,
        title="linkType",
        table="nexttransactionlinelink",
        pair=("nextdoc", "previousdoc"),
        change_column="lastmodifieddate",
        fields=(
            FieldSchema(name="linkType", kind=Kind.TEXT, label="Kind of link"),
            FieldSchema(name="nextDoc", kind=Kind.REFERENCE, label="Settled by", refers_to=by),
            FieldSchema(name="nextType", kind=Kind.TEXT, label="Kind of the document that settles"),
            FieldSchema(name="nextDate", kind=Kind.DATE, label="Date"),
            FieldSchema(name="previousDoc", kind=Kind.REFERENCE, label="Settled document", refers_to=settles),
            FieldSchema(name="previousType", kind=Kind.TEXT, label="Kind of the settled document"),
            FieldSchema(name="amount", kind=Kind.MONEY, label="Amount applied", column="foreignamount"),
            FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
        ),
    )


PAYMENT = _applied(
    "customerPaymentApplication", "Applied payment", "Applied payments", settles="invoice", by="customerPayment"
)
DEPOSIT = _applied(
    "customerDepositApplication", "Applied deposit", "Applied deposits", settles="invoice", by="depositApplication"
)
CREDIT = _applied(
    "creditMemoApplication", "Applied credit", "Applied credits", settles="invoice", by="appliedCreditMemo"
)
REIMBURSEMENT = _applied(
    "billPaymentApplication",
    "Applied bill payment",
    "Applied bill payments",
    settles="expenseReport",
    by="vendorPayment",
)
