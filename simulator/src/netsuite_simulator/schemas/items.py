"""The three service item records as data: reference §9.11, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    decimal,
    instant,
    numbered,
    reference,
    references,
    text,
)
from netsuite_simulator.schemas.targets import TAX_CODES

TAX_SCHEDULE = numbered("Taxable", "Non-Taxable")  # assumed: an account's own list

_CREATED = instant("createdDate", read_only=True)
_MODIFIED = instant("lastModifiedDate", read_only=True)
_SALES_DESCRIPTION = text("salesDescription", "description")
_PURCHASE_DESCRIPTION = text("purchaseDescription")
_CHILDREN = boolean("includeChildren")
_INCOME = reference("incomeAccount", "account", required=True)
_EXPENSE = reference("expenseAccount", "account", required=True)
_COST = decimal("cost")
_TAXABLE = boolean("isTaxable")
_SCHEDULE = choice("taxSchedule", TAX_SCHEDULE)
_ITEM_ID = text("itemId", label="Item Name/Number", required=True)
_DISPLAY = text("displayName")
_VENDOR_NAME = text("vendorName")
_PARENT = reference("parent", "serviceSaleItem", "servicePurchaseItem", "serviceResaleItem", label="Subitem of")
_INACTIVE = boolean("isInactive", label="Inactive")
_DIMENSIONS = (
    reference("department", "department"),
    reference("class", "classification"),
    reference("location", "location"),
    references("subsidiaryList", "subsidiary", column="subsidiary", label="Subsidiary", rest_name="subsidiary"),
)
_RATE = decimal("rate", None)
_FULFILLABLE = boolean("isFulfillable")
_CREATE_JOB = boolean("createJob", None, label="Create Project")
_DEFERRED_REVENUE = reference("deferredRevenueAccount", "account", column="deferredrevenueaccount")
_BILLING_SCHEDULE = reference("billingSchedule", "billingSchedule")
_DEFERRAL = reference("deferralAccount", "account")
_CURRENCY = text("currency", None, read_only=True)
_VENDOR = reference("vendor", "vendor")
_SALES_TAX = reference("salesTaxCode", *TAX_CODES, column=None)
_FULL_NAME = text("fullName", soap=False, read_only=True)


def _service_item(name: str, soap_type: str, subtype: str, fields: tuple[Field, ...]) -> RecordType:
    return RecordType(
        name=name,
        label=f"Service Item for {subtype}",
        soap_type=soap_type,
        soap_prefix="listAcct",
        soap_search="ItemSearch",
        table="item",
        discriminator=(("itemtype", "Service"), ("subtype", subtype)),
        external_id_group="item",
        permission="LIST_ITEM",
        name_field="itemId",
        fields=fields,
    )


SERVICE_SALE_ITEM = _service_item(
    "serviceSaleItem",
    "ServiceSaleItem",
    "Sale",
    (
        _CREATED,
        _MODIFIED,
        _SALES_DESCRIPTION,
        _CHILDREN,
        _INCOME,
        _TAXABLE,
        _SCHEDULE,
        _BILLING_SCHEDULE,
        _DEFERRED_REVENUE,
        _FULFILLABLE,
        _CREATE_JOB,
        _ITEM_ID,
        _DISPLAY,
        _PARENT,
        _INACTIVE,
        *_DIMENSIONS,
        _RATE,
        _SALES_TAX,
        _FULL_NAME,
    ),
)

SERVICE_PURCHASE_ITEM = _service_item(
    "servicePurchaseItem",
    "ServicePurchaseItem",
    "Purchase",
    (
        _CREATED,
        _MODIFIED,
        _PURCHASE_DESCRIPTION,
        _COST,
        _CHILDREN,
        _EXPENSE,
        _TAXABLE,
        _ITEM_ID,
        _DISPLAY,
        _VENDOR_NAME,
        _PARENT,
        _INACTIVE,
        *_DIMENSIONS,
        _SCHEDULE,
        _DEFERRAL,
        _FULFILLABLE,
        _CURRENCY,
        _SALES_TAX,
        _VENDOR,
        _FULL_NAME,
    ),
)

SERVICE_RESALE_ITEM = _service_item(
    "serviceResaleItem",
    "ServiceResaleItem",
    "Resale",
    (
        _CREATED,
        _MODIFIED,
        _PURCHASE_DESCRIPTION,
        _COST,
        _EXPENSE,
        _SALES_DESCRIPTION,
        _CHILDREN,
        _INCOME,
        _SCHEDULE,
        _TAXABLE,
        _BILLING_SCHEDULE,
        _DEFERRED_REVENUE,
        _DEFERRAL,
        _FULFILLABLE,
        _CREATE_JOB,
        _ITEM_ID,
        _DISPLAY,
        _VENDOR_NAME,
        _PARENT,
        _INACTIVE,
        *_DIMENSIONS,
        _CURRENCY,
        _RATE,
        _SALES_TAX,
        _VENDOR,
        _FULL_NAME,
    ),
)
