"""The item receipt with its lines as data: reference §9.14, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    date,
    decimal,
    instant,
    integer,
    lines,
    reference,
    text,
)
from netsuite_simulator.schemas.targets import ITEMS

ITEMS_RECEIVED = LineType(
    name="item",
    soap_list="itemList",
    soap_line="item",
    soap_type="ItemReceiptItem",
    key="line",
    fields=(
        boolean("itemReceive", None),
        text("jobName", None),
        reference("item", *ITEMS),
        integer("orderLine", None),
        integer("line", None),
        text("itemName", None),
        text("description", "memo"),
        reference("location", "location"),
        decimal("quantityRemaining", None, read_only=True),
        decimal("quantity"),
        text("unitsDisplay", None),
        text("rate", "rate"),
        text("currency", None),
    ),
)

EXPENSES_RECEIVED = LineType(
    name="expense",
    soap_list="expenseList",
    soap_line="expense",
    soap_type="ItemReceiptExpense",
    key="line",
    fields=(
        boolean("markReceived", None),
        integer("orderLine", None),
        integer("line", None),
        text("account", None),
        text("memo"),
        decimal("amount", "foreignamount"),
    ),
)

ITEM_RECEIPT = RecordType(
    name="itemReceipt",
    label="Item Receipt",
    soap_type="ItemReceipt",
    soap_prefix="tranPurch",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "ItemRcpt"),),
    external_id_group="transaction",
    permission="TRAN_ITEMRCPT",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        decimal("exchangeRate"),
        reference("entity", "vendor", "customer", read_only=True),
        text("currencyName", None, read_only=True),
        reference("subsidiary", "subsidiary", column=None),
        reference("createdFrom", "purchaseOrder", "returnAuthorization", column=None, required=True),
        date("tranDate", required=True, label="Date"),
        reference("postingPeriod", "accountingPeriod"),
        text("tranId", label="Ref No."),
        text("memo"),
        reference("currency", "currency"),
        lines("item", ITEMS_RECEIVED, "transactionline", label="Items"),
        lines("expense", EXPENSES_RECEIVED, "transactionline", label="Expenses"),
        text("transactionNumber", soap=False, read_only=True),
        boolean("posting", soap=False, read_only=True),
    ),
)
