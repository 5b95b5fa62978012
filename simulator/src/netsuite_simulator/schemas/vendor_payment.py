"""The bill payment with what it pays as data: reference §9.10, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.lists import TRANSACTION_APPROVAL
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    date,
    decimal,
    instant,
    integer,
    lettered,
    lines,
    reference,
    text,
)
from netsuite_simulator.schemas.sublists import applied_credits
from netsuite_simulator.schemas.targets import PAYEES

STATUS = lettered(
    ("A", "Approved"),
    ("D", "Pending Approval"),
    ("E", "Rejected"),
    ("V", "Voided"),
)

APPLIED = LineType(
    name="apply",
    soap_list="applyList",
    soap_line="apply",
    soap_type="VendorPaymentApply",
    key="doc",
    fields=(
        boolean("apply"),
        integer("doc"),
        integer("line"),
        text("job"),
        date("applyDate"),
        text("type"),
        text("refNum"),
        decimal("total"),
        decimal("due"),
        text("currency"),
        date("discDate"),
        decimal("discAmt"),
        decimal("disc"),
        decimal("amount"),
    ),
)

CREDITS = applied_credits("VendorPayment")

VENDOR_PAYMENT = RecordType(
    name="vendorPayment",
    label="Bill Payment",
    soap_type="VendorPayment",
    soap_prefix="tranPurch",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "VendPymt"),),
    external_id_group="transaction",
    permission="TRAN_VENDPYMT",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        reference("account", "account", column=None, required=True),
        decimal("balance", None, read_only=True),
        reference("apAcct", "account", column=None),
        reference("entity", *PAYEES, required=True, label="Payee"),
        date("tranDate", required=True, label="Date"),
        reference("postingPeriod", "accountingPeriod"),
        text("currencyName", None, read_only=True),
        decimal("exchangeRate"),
        boolean("toBePrinted"),
        text("tranId", label="Check #"),
        decimal("total", "foreigntotal", read_only=True),
        reference("currency", "currency"),
        reference("department", "department", column=None),
        text("memo"),
        reference("subsidiary", "subsidiary", column=None),
        reference("class", "classification", column=None),
        reference("location", "location", column=None),
        choice("status", STATUS, read_only=True, as_text=True),
        text("transactionNumber", read_only=True),
        lines("apply", APPLIED, label="Apply"),
        lines("credit", CREDITS, label="Credits"),
        boolean("billPay", None),
        decimal("availableBalance", None, read_only=True),
        boolean("isInTransitPayment", None, read_only=True),
        choice("approvalStatus", TRANSACTION_APPROVAL),
        reference("nextApprover", "employee"),
        boolean("posting", soap=False, read_only=True),
    ),
)
