"""The item fulfillment with its lines as data: reference §9.14, names and order as in the SOAP schema."""

from __future__ import annotations

from dataclasses import replace

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
from netsuite_simulator.schemas.targets import CUSTOMERS, ITEMS

SHIP_STATUS = lettered(
    ("A", "Picked", "_picked"),
    ("B", "Packed", "_packed"),
    ("C", "Shipped", "_shipped"),
)

STATUS = tuple(replace(one, soap=None) for one in SHIP_STATUS)

ITEMS_SHIPPED = LineType(
    name="item",
    soap_list="itemList",
    soap_line="item",
    soap_type="ItemFulfillmentItem",
    key="orderLine",
    fields=(
        text("jobName", None),
        boolean("itemReceive", None),
        text("itemName", None),
        text("description", "memo"),
        reference("department", "department"),
        reference("class", "classification"),
        reference("location", "location"),
        decimal("quantity"),
        text("unitsDisplay", None),
        reference("item", *ITEMS),
        integer("orderLine", None),
        decimal("quantityRemaining", None, read_only=True),
    ),
)

ITEM_FULFILLMENT = RecordType(
    name="itemFulfillment",
    label="Item Fulfillment",
    soap_type="ItemFulfillment",
    soap_prefix="tranSales",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "ItemShip"),),
    external_id_group="transaction",
    permission="TRAN_ITEMSHIP",
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        reference("postingPeriod", "accountingPeriod"),
        reference("entity", *CUSTOMERS, read_only=True),
        reference("createdFrom", "salesOrder", column=None, required=True),
        choice("shipStatus", SHIP_STATUS, None),
        date("tranDate", required=True, label="Date"),
        text("tranId", label="Ref No."),
        reference("shipMethod"),
        reference("inventoryLocation", column=None),
        text("memo"),
        lines("item", ITEMS_SHIPPED, "transactionline", label="Items"),
        choice("status", STATUS, soap=False, read_only=True),
        text("transactionNumber", soap=False, read_only=True),
        boolean("posting", soap=False, read_only=True),
    ),
)
