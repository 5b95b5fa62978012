"""The customer refund with what it pays back as data: reference §4.13, names and order as in the SOAP schema."""

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
from netsuite_simulator.schemas.targets import CUSTOMERS

STATUS = lettered(
    ("A", "Open"),
    ("B", "Deposited"),
    ("R", "Cancelled"),
    ("V", "Voided"),
)

CREDITS_REFUNDED = LineType(
    name="apply",
    soap_list="applyList",
    soap_line="apply",
    soap_type="CustomerRefundApply",
    key="doc",
    fields=(
        boolean("apply"),
        integer("doc"),
        integer("line"),
        date("applyDate"),
        text("type"),
        text("refNum"),
        decimal("total"),
        decimal("due"),
        text("currency"),
        decimal("amount"),
    ),
)

DEPOSITS_REFUNDED = LineType(
    name="deposit",
    soap_list="depositList",
    soap_line="customerRefundDeposit",
    soap_type="CustomerRefundDeposit",
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

CUSTOMER_REFUND = RecordType(
    name="customerRefund",
    label="Customer Refund",
    soap_type="CustomerRefund",
    soap_prefix="tranCust",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "CustRfnd"),),
    external_id_group="transaction",
    permission="TRAN_CUSTRFND",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        choice("status", STATUS, read_only=True, as_text=True),
        text("transactionNumber", read_only=True),
        reference("customer", *CUSTOMERS, column="entity", required=True, label="Customer"),
        decimal("balance", None, read_only=True),
        reference("arAcct", "account", column=None),
        text("currencyName", None, read_only=True),
        decimal("exchangeRate"),
        decimal("total", "foreigntotal", read_only=True),
        reference("currency", "currency"),
        date("tranDate", required=True, label="Date"),
        reference("postingPeriod", "accountingPeriod"),
        text("memo"),
        reference("paymentMethod", "paymentMethod", required=True),
        reference("account", "account", column=None),
        boolean("toBePrinted"),
        text("tranId", label="Refund #"),
        reference("subsidiary", "subsidiary", column=None),
        reference("department", "department", column=None),
        reference("class", "classification", column=None),
        reference("location", "location", column=None),
        lines("apply", CREDITS_REFUNDED, label="Apply"),
        lines("deposit", DEPOSITS_REFUNDED, label="Deposits"),
        boolean("posting", soap=False, read_only=True),
    ),
)
