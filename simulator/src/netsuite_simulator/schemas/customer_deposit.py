"""The customer deposit and its applications to invoices as data: reference §9.9, names and order as in the SOAP schema."""

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

DEPOSIT_STATUS = lettered(
    ("A", "Not Deposited"),
    ("B", "Deposited"),
    ("C", "Fully Applied"),
    ("R", "Cancelled"),
)

APPLICATION_STATUS = lettered(
    ("A", "Open"),
    ("B", "Fully Applied"),
)

APPLIED = LineType(
    name="apply",
    soap_list="applyList",
    soap_line="customerDepositApply",
    soap_type="CustomerDepositApply",
    key="doc",
    fields=(
        integer("doc"),
        integer("line"),
        boolean("apply"),
        date("applyDate"),
        text("type"),
        text("refNum"),
        decimal("total"),
        decimal("amount"),
        text("job"),
    ),
)

CUSTOMER_DEPOSIT = RecordType(
    name="customerDeposit",
    label="Customer Deposit",
    soap_type="CustomerDeposit",
    soap_prefix="tranCust",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "CustDep"),),
    external_id_group="transaction",
    permission="TRAN_CUSTDEP",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        choice("status", DEPOSIT_STATUS, read_only=True, as_text=True),
        reference("customer", *CUSTOMERS, column="entity", required=True, label="Customer"),
        reference("salesOrder", "salesOrder", column=None),
        decimal("payment", None, required=True),
        reference("currency", "currency"),
        date("tranDate", required=True, label="Date"),
        reference("postingPeriod", "accountingPeriod"),
        reference("paymentMethod", "paymentMethod"),
        text("memo"),
        text("currencyName", None, read_only=True),
        decimal("exchangeRate"),
        text("checkNum", None),
        reference("subsidiary", "subsidiary", column=None),
        reference("department", "department", column=None),
        reference("class", "classification", column=None),
        reference("location", "location", column=None),
        reference("account", "account", column=None),
        boolean("undepFunds", None),
        text("tranId", label="Deposit #"),
        lines("apply", APPLIED, label="Apply"),
        decimal("total", "foreigntotal", soap=False, read_only=True),
        decimal("amountPaid", "foreignamountpaid", soap=False, read_only=True),
        decimal("amountRemaining", "foreignamountunpaid", soap=False, read_only=True),
        text("transactionNumber", soap=False, read_only=True),
        boolean("posting", soap=False, read_only=True),
    ),
)

SETTLED = LineType(
    name="apply",
    soap_list="applyList",
    soap_line="apply",
    soap_type="DepositApplicationApply",
    key="doc",
    fields=(
        integer("doc"),
        integer("line"),
        boolean("apply"),
        date("applyDate"),
        text("job"),
        text("type"),
        text("refNum"),
        decimal("total"),
        decimal("due"),
        text("currency"),
        decimal("amount"),
    ),
)

DEPOSIT_APPLICATION = RecordType(
    name="depositApplication",
    label="Deposit Application",
    soap_type="DepositApplication",
    soap_prefix="tranCust",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "DepAppl"),),
    external_id_group="transaction",
    permission="TRAN_DEPAPPL",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        reference("arAcct", "account", column=None),
        choice("status", APPLICATION_STATUS, read_only=True, as_text=True),
        reference("customer", *CUSTOMERS, column="entity", read_only=True, label="Customer"),
        date("tranDate", required=True, label="Date"),
        reference("postingPeriod", "accountingPeriod"),
        reference("deposit", "customerDeposit", column=None, required=True),
        date("depDate", None, read_only=True),
        reference("currency", "currency"),
        decimal("exchangeRate"),
        text("memo"),
        reference("subsidiary", "subsidiary", column=None),
        decimal("total", "foreigntotal", read_only=True),
        reference("department", "department", column=None),
        decimal("applied", None, read_only=True),
        reference("class", "classification", column=None),
        decimal("unapplied", None, read_only=True),
        reference("location", "location", column=None),
        text("tranId", label="Ref No."),
        lines("apply", SETTLED, label="Apply"),
        text("transactionNumber", soap=False, read_only=True),
        boolean("posting", soap=False, read_only=True),
    ),
)
