"""What was applied to a NetSuite document: payments, deposits and credits, a row for each document that they settle (netsuite-api.md §9.14).

SuiteQL shows it in a table of links whose rows have no key: the two documents identify one. Which `linktype` means what is assumed.
"""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema


def _applied(name: str, label: str, *, settles: str, by: str) -> RecordSchema:
    return RecordSchema(
        system=System.NETSUITE,
        name=name,
        label=label,
        plural=f"{label}s",
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


PAYMENT = _applied("customerPaymentApplication", "Applied payment", settles="invoice", by="customerPayment")
DEPOSIT = _applied("customerDepositApplication", "Applied deposit", settles="invoice", by="depositApplication")
REIMBURSEMENT = _applied("billPaymentApplication", "Applied bill payment", settles="expenseReport", by="vendorPayment")
