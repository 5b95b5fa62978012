"""What NetSuite calls the enumeration behind a select field, where that is not the record's name and the field's.

Data. The rule and its exceptions were read from the record types of reference §9; an exception for one owner stands as
"Owner.field".
"""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "Account.cashFlowRate": "listAcctTyp:ConsolidatedRate",
    "Account.generalRate": "listAcctTyp:ConsolidatedRate",
    "BillingSchedule.monthMode": "listAcctTyp:BillingScheduleRecurrenceMode",
    "BillingSchedule.yearMode": "listAcctTyp:BillingScheduleRecurrenceMode",
    "BillingScheduleRecurrence.units": "listAcctTyp:BillingScheduleRecurrenceRecurrenceUnits",
    "CalendarEvent.frequency": "platformCommonTyp:RecurrenceFrequency",
    "LandedCostSummary.source": "platformCommonTyp:LandedCostSource",
    "ProjectTaskPredecessor.type": "actSchedTyp:ProjectTaskPredecessorPredecessorType",
    "RevRecTemplate.amortizationType": "listAcctTyp:RevRecScheduleAmortizationType",
    "RevRecTemplate.recogIntervalSrc": "listAcctTyp:RevRecScheduleRecogIntervalSrc",
    "RevRecTemplate.recurrenceType": "listAcctTyp:RevRecScheduleRecurrenceType",
    "SalesOrderItem.itemFulfillmentChoice": "tranSalesTyp:SalesOrderItemFulfillmentChoice",
    "TimeEntry.timeType": "tranEmpTyp:TimeBillTimeType",
    "Term.recurrenceFrequency": "platformCommonTyp:TermRecurrenceFrequency",
    "acctType": "listAcctTyp:AccountType",
    "bookStatus": "listAcctTyp:AccountingBookStatus",
    "ccAvsStreetMatch": "platformCommonTyp:AvsMatchCode",
    "ccAvsZipMatch": "platformCommonTyp:AvsMatchCode",
    "ccSecurityCodeMatch": "platformCommonTyp:AvsMatchCode",
    "costEstimateType": "platformCommonTyp:ItemCostEstimateType",
    "costingMethod": "listAcctTyp:ItemCostingMethod",
    "country": "platformCommonTyp:Country",
    "countryOfManufacture": "platformCommonTyp:Country",
    "emailPreference": "listRelTyp:EmailPreference",
    "fileType": "docFileCabTyp:MediaType",
    "gender": "listEmpTyp:Gender",
    "globalSubscriptionStatus": "platformCommonTyp:GlobalSubscriptionStatus",
    "groupType": "listRelTyp:EntityGroupType",
    "intercoStatus": "platformCommonTyp:IntercoStatus",
    "invtClassification": "listAcctTyp:ItemInvtClassification",
    "itemCarrier": "platformCommonTyp:ShippingCarrier",
    "jobBillingType": "listRelTyp:JobBillingType",
    "landedCostMethod": "platformCommonTyp:LandedCostMethod",
    "language": "platformCommonTyp:Language",
    "locale": "platformCommonTyp:Language",
    "locationType": "listAcctTyp:LocationType",
    "matrixType": "listAcctTyp:ItemMatrixType",
    "nexusCountry": "platformCommonTyp:Country",
    "originalItemSubtype": "listAcctTyp:ItemSubType",
    "originalItemType": "listAcctTyp:ItemType",
    "outOfStockBehavior": "listAcctTyp:ItemOutOfStockBehavior",
    "overallQuantityPricingType": "listAcctTyp:ItemOverallQuantityPricingType",
    "overheadType": "listAcctTyp:ItemOverheadType",
    "paymentEventHoldReason": "tranSalesTyp:TransactionPaymentEventHoldReason",
    "paymentEventResult": "tranSalesTyp:TransactionPaymentEventResult",
    "paymentEventType": "tranSalesTyp:TransactionPaymentEventType",
    "recurrenceDow": "platformCommonTyp:RecurrenceDow",
    "recurrenceDowim": "platformCommonTyp:RecurrenceDowim",
    "revCommitStatus": "platformCommonTyp:RevenueCommitStatus",
    "revenueStatus": "platformCommonTyp:RevenueStatus",
    "scheduleBCode": "listAcctTyp:ScheduleBCode",
    "scheduleType": "listAcctTyp:BillingScheduleType",
    "shipCarrier": "platformCommonTyp:ShippingCarrier",
    "sitemapPriority": "platformCommonTyp:SitemapPriority",
    "symbolPlacement": "platformCommonTyp:CurrencySymbolPlacement",
    "textFileEncoding": "docFileCabTyp:TextFileEncoding",
    "thirdPartyCountry": "platformCommonTyp:Country",
    "vsoeDeferral": "platformCommonTyp:VsoeDeferral",
    "vsoePermitDiscount": "platformCommonTyp:VsoePermitDiscount",
    "vsoeSopGroup": "platformCommonTyp:VsoeSopGroup",
    "weightUnit": "listAcctTyp:ItemWeightUnit",
}


def enumeration_of(owner: str, prefix: str, field_name: str) -> str:
    """Return the qualified name of the enumeration of a field of `owner`, whose document is `prefix`."""
    exception = NAMES.get(f"{owner}.{field_name}") or NAMES.get(field_name)
    return exception or f"{prefix}Typ:{owner}{field_name[0].upper()}{field_name[1:]}"
