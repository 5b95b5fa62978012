"""The fields each search has: what one may search by, and what a row of its result may show (reference §4.15).

Data, in NetSuite's spelling and order: `name:ck`, where c is the kind of criterion and k the kind of column, `-` where
there is none: b boolean, s string, l long, n number in a text, d double, t date and time, e enumeration, m record,
c custom fields, r the record type of a custom record. Which field of the account a name means is told by `conditions.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_FIELDS: Mapping[str, str] = {
    "AccountSearch": (
        "description:ss displayName:ss externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- "
        "isInactive:bb legalName:ss name:ss number:ss parent:m- subsidiary:mm type:ee customFieldList:cc"
    ),
    "AccountingPeriodSearch": (
        "allLocked:bb allowNonGLChanges:-b apLocked:bb arLocked:bb closed:bb closedOnDate:tt endDate:tt "
        "internalId:mm internalIdNumber:l- isAdjust:bb isInactive:bb isQuarter:bb isYear:bb parent:mm "
        "payrollLocked:bb periodName:ss startDate:tt"
    ),
    "BillingScheduleSearch": (
        "applyToSubtotal:bb externalId:mm externalIdString:s- frequency:ee inArrears:bb initialAmount:ds "
        "initialTerms:ms internalId:mm internalIdNumber:l- isInactive:bb isPublic:bb name:ss recurrencePattern:ee "
        "recurrenceTerms:ms repeatEvery:ll"
    ),
    "CalendarEventSearch": (
        "accessLevel:ee company:-m contact:-m createdDate:tt externalId:mm externalIdString:s- internalId:mm "
        "internalIdNumber:l- lastModifiedDate:tt location:ss message:ss organizer:mm owner:mm recurrence:-s "
        "startDate:ts status:ee title:ss transaction:-m customFieldList:cc"
    ),
    "ChargeSearch": (
        "amount:dd billingAccount:mm billingItem:mm billTo:mm chargeDate:tt chargeType:mm class:mm createdDate:tt "
        "currency:mm department:mm description:-s externalId:mm externalIdString:s- internalId:mm "
        "internalIdNumber:l- location:mm modifiedDate:tt postingPeriod:ms quantity:ds rate:ds rule:mm runId:ss "
        "salesOrder:ls stage:ee subscriptionLine:mm use:ee customFieldList:cc"
    ),
    "ClassificationSearch": (
        "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb name:ss "
        "nameNoHierarchy:ss subsidiary:mm customFieldList:cc"
    ),
    "ConsolidatedExchangeRateSearch": (
        "accountingBook:ms averageRate:-s currentRate:-s externalId:mm externalIdString:s- fromCurrency:-s "
        "fromSubsidiary:ms historicalRate:-s internalId:mm internalIdNumber:l- toCurrency:-s toSubsidiary:ms"
    ),
    "ContactSearch": (
        "altEmail:-s comments:ss company:mm contactSource:ms dateCreated:tt email:ss entityId:ss externalId:mm "
        "externalIdString:s- fax:ss firstName:ss globalSubscriptionStatus:ee homePhone:-s image:sm internalId:mm "
        "internalIdNumber:l- isInactive:bb isPrivate:b- lastModifiedDate:tt lastName:ss middleName:ss "
        "mobilePhone:-s phone:ss phoneticName:ss salutation:ss subsidiary:mm title:ss customFieldList:cc"
    ),
    "CurrencyRateSearch": (
        "baseCurrency:mm effectiveDate:tt exchangeRate:dd internalId:mm internalIdNumber:l- transactionCurrency:mm"
    ),
    "CustomerSearch": (
        "accountNumber:ss altEmail:-s altName:-s altPhone:-s balance:dd buyingReason:ms buyingTimeFrame:ms "
        "category:mm comments:ss companyName:ss consolBalance:dd consolDaysOverdue:ll consolDepositBalance:dd "
        "consolOverdueBalance:dd consolUnbilledOrders:dd creditHoldOverride:bb creditLimit:dd currency:mm "
        "dateCreated:tt daysOverdue:ll defaultAllocationStrategy:mm defaultOrderPriority:dd defaultTaxReg:ms "
        "depositBalance:dd drAccount:ms email:ss emailPreference:ee emailTransactions:bb endDate:tt entityId:ss "
        "entityNumber:-l entityStatus:mm estimatedBudget:dd externalId:mm externalIdString:s- fax:ss "
        "faxTransactions:bb firstName:ss fxAccount:ms giveAccess:bb globalSubscriptionStatus:ee homePhone:-s "
        "image:sm internalId:mm internalIdNumber:l- isBudgetApproved:bb isInactive:bb isPerson:bb language:ee "
        "lastModifiedDate:tt lastName:ss leadSource:mm middleName:ss mobilePhone:-s monthlyClosing:ee "
        "overdueBalance:dd parent:mm partner:mm phone:ss phoneticName:ss prefCCProcessor:-m priceLevel:mm "
        "printTransactions:bb receivablesAccount:ms reminderDays:-l resaleNumber:ss salesReadiness:ms salesRep:mm "
        "salutation:ss shipComplete:bb shippingItem:mm stage:ee startDate:tt subsidiary:mm taxable:bb taxItem:-m "
        "terms:mm territory:mm title:ss unbilledOrders:dd url:ss vatRegNumber:ss webLead:bb customFieldList:cc"
    ),
    "CustomerCategorySearch": "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb name:ss",
    "CustomerStatusSearch": (
        "description:ss externalId:mm externalIdString:s- includeInLeadReports:bb internalId:mm "
        "internalIdNumber:l- isInactive:bb name:ss probability:ds"
    ),
    "CustomRecordSearch": (
        "recType:rr altName:-s created:tt externalId:mm externalIdString:s- id:ll internalId:mm "
        "internalIdNumber:l- isInactive:bb lastModified:tt name:ss owner:mm parent:mm customFieldList:cc"
    ),
    "CustomerSubsidiaryRelationshipSearch": (
        "entity:mm externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isPrimarySub:b- isprimarysub:-b "
        "primaryCurrency:mm subsidiary:mm customFieldList:cc"
    ),
    "DepartmentSearch": (
        "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb name:ss "
        "nameNoHierarchy:ss subsidiary:mm customFieldList:cc"
    ),
    "EmployeeSearch": (
        "accountNumber:-s altName:-s approvalLimit:dd approver:mm baseWage:dd baseWageType:e- billingClass:mm "
        "birthDate:tt bonusTarget:dd bonusTargetComment:ss bonusTargetPayFrequency:ee bonusTargetType:ee class:mm "
        "comments:ss compensationCurrency:ee concurrentWebServicesUser:bb dateCreated:tt "
        "defaultAcctCorpCardExp:mm defaultExpenseReportCurrency:mm department:mm eligibleForCommission:bb "
        "email:ss employeeStatus:mm employeeType:mm entityId:ss ethnicity:mm expenseLimit:dd "
        "expenseReportCurrency:mm externalId:mm externalIdString:s- fax:ss firstName:ss gender:ee giveAccess:bb "
        "globalSubscriptionStatus:ee hireDate:tt homePhone:-s image:sm internalId:mm internalIdNumber:l- "
        "isInactive:bb isJobManager:bb isJobResource:bb isSalesRep:-b isSupportRep:-b job:mm jobDescription:s- "
        "laborCost:dd lastModifiedDate:tt lastName:ss lastPaidDate:tt lastReviewDate:tt location:mm "
        "maritalStatus:mm middleName:ss mobilePhone:-s nextReviewDate:tt payFrequency:ee phone:ss phoneticName:ss "
        "purchaseOrderApprovalLimit:dd purchaseOrderApprover:mm purchaseOrderLimit:dd releaseDate:tt salesRole:mm "
        "salutation:ss socialSecurityNumber:ss startDateTimeOffCalc:tt subsidiary:mm supervisor:mm "
        "targetUtilization:dd terminationCategory:ee terminationDetails:ss terminationReason:mm "
        "terminationRegretted:ee timeApprover:mm timeOffPlan:ms title:ss usePerquest:bb useTimeData:bb "
        "workCalendar:ms workplace:mm customFieldList:cc"
    ),
    "ExpenseCategorySearch": (
        "account:mm description:ss externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- "
        "isInactive:bb name:ss rateRequired:bb subsidiary:mm customFieldList:cc"
    ),
    "FileSearch": (
        "created:tt description:ss externalId:mm externalIdString:s- fileType:ee folder:mm internalId:mm "
        "internalIdNumber:l- modified:tt name:ss owner:mm url:ss"
    ),
    "FolderSearch": (
        "class:mm department:mm description:ss externalId:mm externalIdString:s- group:mm internalId:mm "
        "internalIdNumber:l- isInactive:bb lastModifiedDate:tt location:mm name:ss parent:mm subsidiary:mm"
    ),
    "ItemSearch": (
        "account:m- assetAccount:-m averageCost:dd class:mm cost:dd costingMethod:ee created:tt createJob:bb "
        "deferredRevenueAccount:-m department:mm displayName:ss expenseAccount:-m externalId:mm "
        "externalIdString:s- includeChildren:bb incomeAccount:-m internalId:mm internalIdNumber:l- "
        "isFulfillable:bb isInactive:bb isTaxable:bb itemId:ss lastModifiedDate:t- lastPurchasePrice:dd "
        "location:mm modified:-t parent:mm purchaseDescription:-s purchaseUnit:mm quantityAvailable:dd "
        "quantityBackOrdered:dd quantityOnHand:dd salesDescription:ss salesTaxCode:-m saleUnit:mm stockUnit:mm "
        "subsidiary:mm subType:ee taxSchedule:mm totalValue:dd type:ee unitsType:mm upcCode:ss vendor:mm "
        "vendorName:ss customFieldList:cc"
    ),
    "JobSearch": (
        "accountNumber:ss actualTime:dd allocatePayrollExpenses:bb allowAllResourcesForTasks:bb allowExpenses:bb "
        "allowTime:bb altName:-s altPhone:-s applyProjectExpenseTypeToAll:b- billingRateCard:mm "
        "billingSchedule:mm calculatedEndDate:tt calculatedEndDateBaseline:tt calculatedStartDate:tt category:mm "
        "comments:ss companyName:-s customer:mm dateCreated:tt email:ss endDate:tt entityId:ss entityNumber:-l "
        "entityStatus:-m estCost:d- estEndDate:t- estimatedCost:-d estimatedGrossProfit:dd "
        "estimatedGrossProfitPercent:dd estimatedLaborCost:dd estimatedLaborCostBaseline:dd "
        "estimatedLaborRevenue:dd estimatedRevenue:-d estimatedTime:dd estimatedTimeOverride:dd estRevenue:d- "
        "externalId:mm externalIdString:s- fax:ss globalSubscriptionStatus:ee includeCrmTasksInTotals:bb "
        "internalId:mm internalIdNumber:l- isExemptTime:bb isInactive:bb isProductiveTime:bb isUtilizedTime:bb "
        "jobBillingType:ee jobItem:mm jobPrice:dd jobResource:mm language:ee lastBaselineDate:tt "
        "lastModifiedDate:tt limitTimeToAssignees:bb materializeTime:bb parent:m- pctComplete:l- "
        "percentComplete:-d percentTimeComplete:ld phone:ss phoneticName:ss plannedWork:dd plannedWorkBaseline:dd "
        "projectedEndDate:-t projectedEndDateBaseline:tt projectExpenseType:mm projectManager:mm "
        "revRecForecastRule:mm scheduledEndDate:tt schedulingMethod:ee sourceServiceItemFromRateCard:bb "
        "startDate:tt startDateBaseline:tt status:m- subsidiary:mm timeApproval:mm timeRemaining:dd type:m- "
        "usePercentCompleteOverride:bb customFieldList:cc"
    ),
    "JobStatusSearch": (
        "description:ss externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb name:ss"
    ),
    "JobTypeSearch": "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb name:ss parent:mm",
    "LocationSearch": (
        "allowStorePickup:bb autoAssignmentRegionSetting:ee bufferStock:ll dailyShippingCapacity:ll externalId:mm "
        "externalIdString:s- geolocationMethod:ee internalId:mm internalIdNumber:l- isInactive:bb latitude:dd "
        "locationType:ee longitude:dd makeInventoryAvailable:bb makeInventoryAvailableStore:bb name:ss "
        "nameNoHierarchy:ss nextPickupCutOffTime:tt soPredConfidence:dd soPredictedDays:ll "
        "storePickupBufferStock:dd subsidiary:mm timeZone:ee totalShippingCapacity:ll tranprefix:s- tranPrefix:-s "
        "customFieldList:cc"
    ),
    "MessageSearch": (
        "author:mm authorEmail:ss bcc:ss cc:ss externalId:mm externalIdString:s- internalId:mm "
        "internalIdNumber:l- message:ss messageDate:tt recipient:mm recipientEmail:ss subject:ss"
    ),
    "NoteSearch": (
        "author:mm direction:bs externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- note:ss "
        "noteDate:tt noteType:ms title:ss customFieldList:cc"
    ),
    "OpportunitySearch": (
        "actionItem:-s buyingReason:ms buyingTimeFrame:ms class:mm closeDate:tt currency:mm dateCreated:tt "
        "daysOpen:ll department:mm entity:mm entityStatus:mm estimatedBudget:dd expectedCloseDate:tt "
        "externalId:mm externalIdString:s- forecastType:ee internalId:mm internalIdNumber:l- isBudgetApproved:bb "
        "lastModifiedDate:tt leadSource:mm location:mm memo:ss number:l- partner:mm postingPeriod:m- "
        "probability:ld projAltSalesAmt:dd projectedTotal:dd rangeHigh:dd rangeLow:dd salesReadiness:ms "
        "salesRep:mm status:ee subsidiary:mm title:ss tranDate:tt tranId:ss weightedTotal:-d winLossReason:mm "
        "customFieldList:cc"
    ),
    "PaymentMethodSearch": (
        "account:mm creditCard:bb externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- "
        "isDebitCard:bb isInactive:bb name:ss"
    ),
    "PhoneCallSearch": (
        "accessLevel:-s assigned:mm company:mm completedDate:tt contact:mm createdDate:tt endDate:-t "
        "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- lastModifiedDate:tt message:-s "
        "owner:bm phone:ss priority:ee startDate:tt status:ee title:ss transaction:-m customFieldList:cc"
    ),
    "PriceLevelSearch": (
        "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb isOnline:bb name:ss"
    ),
    "ProjectTaskSearch": (
        "actualWork:dd assignee:m- company:mm constraintType:ee contact:mm cost:dd createdDate:tt endDate:tt "
        "endDateBaseline:tt estimatedWork:dd estimatedWorkBaseline:dd externalId:mm externalIdString:s- "
        "finishByDate:tt id:ll internalId:mm internalIdNumber:l- isMilestone:bb isSummaryTask:bb "
        "lastModifiedDate:tt message:-s nonBillableTask:bb owner:mm parent:mm percentWorkComplete:dd "
        "plannedWork:dd plannedWorkBaseline:dd predecessor:mm priority:ee remainingWork:dd startDate:tt "
        "startDateBaseline:tt status:ee title:ss customFieldList:cc"
    ),
    "ResourceAllocationSearch": (
        "allocationType:mm allocationUnit:ee approvalStatus:ee endDate:tt externalId:mm externalIdString:s- "
        "internalId:mm internalIdNumber:l- nextApprover:mm notes:ss numberHours:dd percentOfTime:dd project:mm "
        "startDate:tt customFieldList:cc"
    ),
    "RevRecScheduleSearch": "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- name:ss periodOffset:ll",
    "RevRecTemplateSearch": (
        "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bs name:ss periodOffset:ls"
    ),
    "SalesTaxItemSearch": (
        "description:ss externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb "
        "itemId:ss name:ss taxType:mm"
    ),
    "SubsidiarySearch": (
        "country:ee currency:mm email:ss externalId:mm externalIdString:s- fax:ss internalId:mm "
        "internalIdNumber:l- isElimination:bb isInactive:bb legalName:ss name:ss nameNoHierarchy:ss "
        "purchaseOrderAmount:dd purchaseOrderQuantity:dd purchaseOrderQuantityDiff:dd receiptAmount:dd "
        "receiptQuantity:dd receiptQuantityDiff:dd state:ss tranPrefix:ss url:ss customFieldList:cc"
    ),
    "SupportCaseSearch": (
        "assigned:mm caseNumber:ss category:mm company:sm contact:sm createdDate:tt email:ss endDate:-t "
        "externalId:mm externalIdString:s- helpDesk:bb inboundEmail:ss internalId:mm internalIdNumber:l- "
        "isInactive:bb issue:mm item:mm lastMessageDate:-t lastModifiedDate:tt lastReopenedDate:tt module:mm "
        "number:l- origin:mm priority:mm product:mm profile:mm serialNumber:ss startDate:tt status:mm "
        "subsidiary:mm title:ss customFieldList:cc"
    ),
    "TaskSearch": (
        "accessLevel:-s actualTime:dd assigned:mm company:mm completedDate:tt contact:mm createdDate:tt "
        "dueDate:-t endDate:t- estimatedTime:dd estimatedTimeOverride:dd externalId:mm externalIdString:s- "
        "internalId:mm internalIdNumber:l- lastModifiedDate:tt message:-s milestone:lm owner:mm "
        "percentComplete:ld percentTimeComplete:ld priority:ee startDate:tt status:ee timeRemaining:dd title:ss "
        "transaction:-m customFieldList:cc"
    ),
    "TaxGroupSearch": (
        "city:ss county:ss description:s- externalId:mm externalIdString:s- includeChildren:bb internalId:mm "
        "internalIdNumber:l- isDefault:bb isInactive:bb itemId:ss rate:dd state:mm taxType:mm zip:ss"
    ),
    "TaxTypeSearch": (
        "country:ee description:ss doesNotAddToTotal:bb externalId:mm externalIdString:s- internalId:mm "
        "internalIdNumber:l- isInactive:bb name:ss postToItemCost:bb reverseCharge:bb taxInNetAmount:bb"
    ),
    "TermSearch": (
        "dateDriven:bb dayDiscountExpires:ll dayOfMonthNetDue:ll daysUntilExpiry:ll daysUntilNetDue:ll "
        "discountPercent:dd discountPercentDateDriven:dd dueNextMonthIfWithinDays:ll externalId:mm "
        "externalIdString:s- installment:bb internalId:mm internalIdNumber:l- isInactive:bb name:ss preferred:bb "
        "recurrenceCount:ll recurrenceFrequency:es repeatEvery:ll splitEvenly:bb"
    ),
    "TimeBillSearch": (
        "approvalStatus:mm approved:b- billable:b- class:mm customer:mm date:tt dateCreated:tt department:mm "
        "duration:d- employee:mm externalId:mm externalIdString:s- hours:-s internalId:mm internalIdNumber:l- "
        "isBillable:-b item:ms lastModified:tt location:mm memo:ss paidExternally:bb payItem:mm rate:-d "
        "rejectionNote:ss status:bs subsidiary:ms supervisorApproval:-b temporaryLocalJurisdiction:ms "
        "temporaryStateJurisdiction:ms timeModified:bb timeSheet:mm type:ee customFieldList:cc"
    ),
    "TimeSheetSearch": (
        "approvalStatus:mm employee:mm endDate:-t externalId:mm externalIdString:s- id:ll internalId:mm "
        "internalIdNumber:l- startDate:-t totalHours:ds customFieldList:cc"
    ),
    "TransactionSearch": (
        "account:mm acctCorpCardExp:mm actualShipDate:tt amount:dd amountPaid:dd amountRemaining:dd "
        "appliedToTransaction:mm approvalStatus:ee billedDate:tt billingSchedule:mm chargeType:e- class:mm "
        "closeDate:tt createdFrom:mm currency:mm dateCreated:tt daysOpen:ll deferredRevenue:dd department:mm "
        "depositDate:tt discountAmount:-d dueDate:tt email:ss employee:m- endDate:tt entity:mm entityStatus:mm "
        "estGrossProfit:dd estGrossProfitPercent:-d exchangeRate:dd expectedCloseDate:tt expectedReceiptDate:tt "
        "expenseDate:tt externalId:mm externalIdString:s- forecastType:ee includeInForecast:bb incoterm:mm "
        "internalId:mm internalIdNumber:l- inventoryLocation:mm isInTransitPayment:bb item:mm lastModifiedDate:tt "
        "line:-l lineSequenceNumber:-l lineUniqueKey:ll location:mm mainLine:bb mainName:ms memo:ss memoMain:ss "
        "message:ss nextApprover:mm number:l- opportunity:mm otherRefNum:nn paymentHold:bb paymentMethod:mm "
        "posting:bb postingPeriod:rm probability:ld projectTask:mm quantity:dd quantityBilled:dd rate:-d "
        "recognizedRevenue:dd refNumber:ll revenueStatus:ee reversalDate:tt revRecEndDate:tt revRecStartDate:tt "
        "salesOrder:mm salesRep:mm shipComplete:bb shipDate:tt shipMethod:mm shipTo:mm source:es startDate:tt "
        "status:ee subsidiary:mm taxAmount:-d taxCode:-m taxItem:m- taxLine:bb taxRate:d- taxTotal:-d terms:mm "
        "title:ss toBeEmailed:bb toBePrinted:bb toSubsidiary:mm total:-d totalAmount:d- totalCostEstimate:-d "
        "tranDate:tt tranId:ss transactionNumber:ss type:ee unit:ms visibleToCustomer:bb customFieldList:cc"
    ),
    "UnitsTypeSearch": (
        "abbreviation:ss baseUnit:bb conversionRate:ss externalId:mm externalIdString:s- internalId:mm "
        "internalIdNumber:l- name:ss pluralAbbreviation:ss pluralName:ss unitName:ss"
    ),
    "VendorSearch": (
        "accountNumber:ss altEmail:-s altName:-s altPhone:-s balance:dd category:mm comments:ss companyName:-s "
        "creditLimit:dd currency:mm dateCreated:tt defaultTaxReg:ms eligibleForCommission:bb email:ss "
        "emailPreference:ee emailTransactions:bb entityId:ss entityNumber:-l expenseAccount:mm externalId:mm "
        "externalIdString:s- fax:ss faxTransactions:bb firstName:ss giveAccess:bb globalSubscriptionStatus:ee "
        "homePhone:-s image:sm incoterm:mm internalId:mm internalIdNumber:l- is1099Eligible:bb isInactive:bb "
        "isJobResourceVend:bb isPerson:bb laborCost:dd lastModifiedDate:tt lastName:ss middleName:ss "
        "mobilePhone:-s payablesAccount:mm phone:ss phoneticName:ss predConfidence:dd predictedDays:dd "
        "printOnCheckAs:-s printTransactions:bb purchaseOrderAmount:dd purchaseOrderQuantity:dd "
        "purchaseOrderQuantityDiff:dd receiptAmount:dd receiptQuantity:dd receiptQuantityDiff:dd salutation:ss "
        "subsidiary:mm taxIdNum:ss terms:-m title:ss unbilledOrders:dd url:ss vatRegNumber:ss workCalendar:mm "
        "customFieldList:cc"
    ),
    "VendorSubsidiaryRelationshipSearch": (
        "baseCurrency:mm creditLimit:d- creditlimit:-d entity:mm externalId:mm externalIdString:s- internalId:mm "
        "internalIdNumber:l- isPrimarySub:b- isprimarysub:-b primaryCurrency:mm subsidiary:mm taxItem:m- taxitem:-m "
        "customFieldList:cc"
    ),
    "VendorCategorySearch": (
        "externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- isInactive:bb isTaxAgency:bb name:ss"
    ),
    "NexusSearch": (
        "country:ee description:ss externalId:mm externalIdString:s- internalId:mm internalIdNumber:l- "
        "isInactive:bb parentNexus:mm state:mm taxAgency:mm taxDateFromFulfillment:bb"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchField:
    """One field of a search; a kind is "" where there is no such criterion or no such column."""

    name: str
    criterion: str
    column: str


@cache
def search_fields(search_type: str) -> tuple[SearchField, ...]:
    """Return the fields of a search such as "CustomerSearch", in order; none where it is not described."""
    parts = (entry.partition(":") for entry in _FIELDS.get(search_type, "").split())
    return tuple(
        SearchField(name=name, criterion=kinds[0].strip("-"), column=kinds[1].strip("-")) for name, _, kinds in parts
    )
