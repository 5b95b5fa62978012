"""Record types that many references may point at, by what they have in common."""

from __future__ import annotations

CUSTOMERS = ("customer", "job")  # a reference to a customer may name one of its projects (reference §9.7)
PAYEES = ("vendor", "employee")
ENTITIES = ("customer", "job", "vendor", "employee")
TAX_CODES = ("salesTaxItem", "taxGroup")
ITEMS = (
    "serviceSaleItem",
    "serviceResaleItem",
    "servicePurchaseItem",
    "nonInventorySaleItem",
    "nonInventoryResaleItem",
    "nonInventoryPurchaseItem",
    "otherChargeSaleItem",
    "otherChargeResaleItem",
    "otherChargePurchaseItem",
    "inventoryItem",
    "kitItem",
    "discountItem",
    "markupItem",
    "subtotalItem",
    "descriptionItem",
)
