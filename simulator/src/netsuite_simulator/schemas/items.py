"""The fifteen item records as data: reference §9.11, names and order as in the SOAP schema.

Items share most of their fields: each field is declared once, and a record type lists the names of its own in order. A name with an
exclamation mark is required.
"""

from __future__ import annotations

import dataclasses

from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    decimal,
    instant,
    names,
    numbered,
    reference,
    references,
    text,
)
from netsuite_simulator.schemas.targets import TAX_CODES

_TAX_SCHEDULE = numbered("Taxable", "Non-Taxable")  # assumed: an account's own list
_COSTING = names("_average", "_fifo", "_groupAverage", "_lifo", "_lotNumbered", "_serialized", "_standard")

_FIELDS = {
    field.name: field
    for field in (
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        text("itemId", label="Item Name/Number"),
        text("displayName"),
        text("fullName", soap=False, read_only=True),
        text("upcCode"),
        text("vendorName"),
        boolean("isInactive", label="Inactive"),
        boolean("includeChildren"),
        text("description"),
        text("salesDescription", "description"),
        text("purchaseDescription"),
        reference("account", "account"),
        reference("incomeAccount", "account"),
        reference("expenseAccount", "account"),
        reference("cogsAccount", "account"),
        reference("assetAccount", "account"),
        reference("deferralAccount", "account"),
        reference("deferredRevenueAccount", "account"),
        boolean("nonPosting"),
        boolean("isTaxable"),
        boolean("isPreTax"),
        choice("taxSchedule", _TAX_SCHEDULE),
        reference("salesTaxCode", *TAX_CODES, column=None),
        reference("department", "department"),
        reference("class", "classification"),
        reference("location", "location"),
        references("subsidiaryList", "subsidiary", column="subsidiary", label="Subsidiary", rest_name="subsidiary"),
        reference("vendor", "vendor"),
        text("currency", None, read_only=True),
        decimal("cost"),
        decimal("rate", None),
        reference("billingSchedule", "billingSchedule"),
        boolean("isFulfillable"),
        boolean("createJob", None, label="Create Project"),
        reference("unitsType", "unitsType"),
        reference("stockUnit"),
        reference("purchaseUnit"),
        reference("saleUnit"),
        choice("costingMethod", _COSTING),
        decimal("totalValue", read_only=True),
        decimal("averageCost", read_only=True),
        decimal("lastPurchasePrice", read_only=True),
        decimal("quantityBackOrdered", read_only=True),
        decimal("quantityAvailable", read_only=True),
        decimal("quantityOnHand", read_only=True),
    )
}
_SERVICES = ("serviceSaleItem", "servicePurchaseItem", "serviceResaleItem")


def _item(name: str, label: str, kind: str, order: str, *own: Field) -> RecordType:
    """Declare an item by its kind ("Service Sale": item type, subtype) and its fields in order; `own` fields go before shared ones."""
    parents = _SERVICES if name in _SERVICES else (name,)
    known = {**_FIELDS, **{field.name: field for field in (reference("parent", *parents, label="Subitem of"), *own)}}
    return RecordType(
        name=name,
        label=label,
        soap_type=name[:1].upper() + name[1:],
        soap_prefix="listAcct",
        soap_search="ItemSearch",
        table="item",
        discriminator=tuple(zip(("itemtype", "subtype"), kind.split(), strict=False)),
        external_id_group="item",
        permission="LIST_ITEM",
        name_field="itemId",
        fields=tuple(
            dataclasses.replace(known[word.removesuffix("!")], required=word.endswith("!")) for word in order.split()
        ),
    )


SERVICE_SALE_ITEM = _item(
    "serviceSaleItem",
    "Service Item for Sale",
    "Service Sale",
    """
    createdDate lastModifiedDate salesDescription includeChildren incomeAccount! isTaxable taxSchedule
    billingSchedule deferredRevenueAccount isFulfillable createJob itemId! displayName parent isInactive department
    class location subsidiaryList rate salesTaxCode fullName
    """,
)

SERVICE_PURCHASE_ITEM = _item(
    "servicePurchaseItem",
    "Service Item for Purchase",
    "Service Purchase",
    """
    createdDate lastModifiedDate purchaseDescription cost includeChildren expenseAccount! isTaxable itemId!
    displayName vendorName parent isInactive department class location subsidiaryList taxSchedule deferralAccount
    isFulfillable currency salesTaxCode vendor fullName
    """,
)

SERVICE_RESALE_ITEM = _item(
    "serviceResaleItem",
    "Service Item for Resale",
    "Service Resale",
    """
    createdDate lastModifiedDate purchaseDescription cost expenseAccount! salesDescription includeChildren
    incomeAccount! taxSchedule isTaxable billingSchedule deferredRevenueAccount deferralAccount isFulfillable
    createJob itemId! displayName vendorName parent isInactive department class location subsidiaryList currency
    rate salesTaxCode vendor fullName
    """,
)

NON_INVENTORY_SALE_ITEM = _item(
    "nonInventorySaleItem",
    "Non-Inventory Item for Sale",
    "NonInvtPart Sale",
    """
    createdDate lastModifiedDate salesDescription includeChildren incomeAccount! isTaxable taxSchedule unitsType
    saleUnit billingSchedule deferredRevenueAccount isFulfillable itemId! upcCode displayName parent isInactive
    department class location subsidiaryList rate salesTaxCode fullName
    """,
)

NON_INVENTORY_PURCHASE_ITEM = _item(
    "nonInventoryPurchaseItem",
    "Non-Inventory Item for Purchase",
    "NonInvtPart Purchase",
    """
    createdDate lastModifiedDate purchaseDescription cost expenseAccount! isTaxable unitsType purchaseUnit itemId!
    upcCode displayName includeChildren vendorName parent isInactive department class location subsidiaryList
    taxSchedule deferralAccount isFulfillable currency salesTaxCode vendor fullName
    """,
)

NON_INVENTORY_RESALE_ITEM = _item(
    "nonInventoryResaleItem",
    "Non-Inventory Item for Resale",
    "NonInvtPart Resale",
    """
    createdDate lastModifiedDate purchaseDescription cost expenseAccount! salesDescription includeChildren
    incomeAccount! isTaxable taxSchedule unitsType purchaseUnit saleUnit billingSchedule deferredRevenueAccount
    deferralAccount isFulfillable itemId! upcCode displayName vendorName parent isInactive department class location
    subsidiaryList currency rate salesTaxCode vendor fullName
    """,
)

OTHER_CHARGE_SALE_ITEM = _item(
    "otherChargeSaleItem",
    "Other Charge for Sale",
    "OthCharge Sale",
    """
    createdDate lastModifiedDate salesDescription includeChildren incomeAccount! isTaxable taxSchedule unitsType
    saleUnit billingSchedule deferredRevenueAccount isFulfillable itemId! upcCode displayName parent isInactive
    department class location subsidiaryList rate salesTaxCode fullName
    """,
)

OTHER_CHARGE_PURCHASE_ITEM = _item(
    "otherChargePurchaseItem",
    "Other Charge for Purchase",
    "OthCharge Purchase",
    """
    createdDate lastModifiedDate purchaseDescription cost expenseAccount! isTaxable unitsType purchaseUnit
    includeChildren itemId! upcCode displayName vendorName parent isInactive department class subsidiaryList
    location taxSchedule deferralAccount isFulfillable currency salesTaxCode vendor fullName
    """,
)

OTHER_CHARGE_RESALE_ITEM = _item(
    "otherChargeResaleItem",
    "Other Charge for Resale",
    "OthCharge Resale",
    """
    createdDate lastModifiedDate purchaseDescription cost expenseAccount! salesDescription includeChildren
    incomeAccount! isTaxable taxSchedule unitsType purchaseUnit saleUnit billingSchedule deferredRevenueAccount
    deferralAccount isFulfillable itemId! upcCode displayName vendorName parent isInactive department class location
    subsidiaryList currency rate salesTaxCode vendor fullName
    """,
)

INVENTORY_ITEM = _item(
    "inventoryItem",
    "Inventory Item",
    "InvtPart",
    """
    createdDate lastModifiedDate purchaseDescription expenseAccount cogsAccount! salesDescription includeChildren
    incomeAccount taxSchedule isTaxable assetAccount! unitsType stockUnit purchaseUnit saleUnit billingSchedule
    deferredRevenueAccount cost totalValue averageCost lastPurchasePrice itemId! upcCode displayName vendorName
    parent isInactive department class location costingMethod currency quantityBackOrdered quantityAvailable
    quantityOnHand rate salesTaxCode vendor subsidiaryList fullName
    """,
)

KIT_ITEM = _item(
    "kitItem",
    "Kit/Package",
    "Kit",
    """
    createdDate lastModifiedDate itemId! upcCode displayName parent isInactive department subsidiaryList class
    includeChildren location description incomeAccount taxSchedule isTaxable salesTaxCode rate billingSchedule
    deferredRevenueAccount isFulfillable fullName
    """,
)

DISCOUNT_ITEM = _item(
    "discountItem",
    "Discount",
    "Discount",
    """
    createdDate lastModifiedDate description nonPosting account includeChildren rate isPreTax itemId! upcCode
    displayName vendorName parent isInactive department class location subsidiaryList taxSchedule
    deferredRevenueAccount expenseAccount incomeAccount salesTaxCode fullName
    """,
    text("rate"),
)

MARKUP_ITEM = _item(
    "markupItem",
    "Markup",
    "Markup",
    """
    createdDate lastModifiedDate description nonPosting account includeChildren rate isPreTax itemId! upcCode
    displayName vendorName parent isInactive department class location subsidiaryList taxSchedule
    deferredRevenueAccount expenseAccount incomeAccount salesTaxCode fullName
    """,
    text("rate"),
)

SUBTOTAL_ITEM = _item(
    "subtotalItem",
    "Subtotal",
    "Subtotal",
    """
    createdDate lastModifiedDate displayName description includeChildren itemId! isInactive department class
    location subsidiaryList fullName
    """,
)

DESCRIPTION_ITEM = _item(
    "descriptionItem",
    "Description",
    "Description",
    """
    createdDate lastModifiedDate description includeChildren itemId! isInactive department class location
    subsidiaryList fullName
    """,
)
