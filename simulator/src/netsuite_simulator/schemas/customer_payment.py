"""The customer payment with what it is applied to as data: reference §9.9, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
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
from netsuite_simulator.schemas.targets import CUSTOMERS

STATUS = lettered(
    ("A", "Unapproved Payment"),
    ("B", "Not Deposited"),
    ("C", "Deposited"),
    ("R", "Rejected"),
)

APPLIED = LineType(
    name="apply",
    soap_list="applyList",
    soap_line="apply",
    soap_type="CustomerPaymentApply",
    key="doc",
    fields=(
        boolean("apply"),
        integer("doc"),
        integer("line"),
        date("applyDate"),
        text("job"),
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

CREDITS = applied_credits("CustomerPayment")

DEPOSITS = LineType(
    name="deposit",
    soap_list="depositList",
    soap_line="deposit",
    soap_type="CustomerPaymentDeposit",
    key="doc",
    fields=(
        boolean("apply"),
        integer("doc"),
        integer("line"),
        date("depositDate"),
        text("refNum"),
        decimal("total"),
        decimal("remaining"),
        text("currency"),
        decimal("amount"),
    ),
)

CUSTOMER_PAYMENT = RecordType(
    name="customerPayment",
    label="Customer Payment",
    soap_type="CustomerPayment",
    soap_prefix="tranCust",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "CustPymt"),),
    external_id_group="transaction",
    permission="TRAN_CUSTPYMT",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        reference("arAcct", "account", column=None),
        reference("customer", *CUSTOMERS, column="entity", required=True, label="Customer"),
        decimal("balance", None, read_only=True),
        decimal("pending", None, read_only=True),
        reference("currency", "currency"),
        decimal("payment", None, required=True),
        boolean("autoApply", None),
        date("tranDate", required=True, label="Date"),
        text("tranId", label="Payment #"),
        reference("postingPeriod", "accountingPeriod"),
        reference("paymentMethod", "paymentMethod"),
        text("memo"),
        text("checkNum", None),
        text("currencyName", None, read_only=True),
        decimal("exchangeRate"),
        boolean("undepFunds", None),
        reference("account", "account", column=None),
        decimal("total", "foreigntotal", read_only=True),
        reference("subsidiary", "subsidiary", column=None),
        decimal("applied", None, read_only=True),
        decimal("unapplied", None, read_only=True),
        reference("class", "classification", column=None),
        reference("department", "department", column=None),
        reference("location", "location", column=None),
        choice("status", STATUS, read_only=True, as_text=True),
        lines("apply", APPLIED, label="Apply"),
        lines("credit", CREDITS, label="Credits"),
        lines("deposit", DEPOSITS, label="Deposits"),
        text("transactionNumber", soap=False, read_only=True),
        boolean("posting", soap=False, read_only=True),
    ),
)
