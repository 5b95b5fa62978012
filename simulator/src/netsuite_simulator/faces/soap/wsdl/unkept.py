"""Types that NetSuite's documents declare and the account keeps no records of (reference §4.2).

Clients look types up by name when they start and stop where one is missing: netsuitesdk does so with nearly a hundred.
They are declared here as data, as far as other declared types allow; a call that sends one is answered as any type
the account does not keep. Where the account comes to keep such a type, its own declaration stands.
"""

from __future__ import annotations

from netsuite_simulator.faces.soap.wsdl.declarations import Schema, qualified, read_types

UNKEPT = {
    "platformCommon": """
TaxDetails: taxDetailsReference?=string lineType?=string lineName?=string netAmount?=double grossAmount?=double
  taxType?=platformCore:RecordRef taxCode?=platformCore:RecordRef taxBasis?=double taxRate?=double taxAmount?=double
  calcDetail?=string
TaxDetailsList: taxDetails*=TaxDetails @replaceAll=boolean=true
BillingAccountSearchBasic < platformCore:SearchRecordBasic: billingSchedule?=platformCore:SearchMultiSelectField
  cashSaleForm?=platformCore:SearchMultiSelectField class?=platformCore:SearchMultiSelectField
  currency?=platformCore:SearchMultiSelectField customer?=platformCore:SearchMultiSelectField
  customerDefault?=platformCore:SearchBooleanField dateCreated?=platformCore:SearchDateField
  department?=platformCore:SearchMultiSelectField externalId?=platformCore:SearchMultiSelectField
  externalIdString?=platformCore:SearchStringField frequency?=platformCore:SearchEnumMultiSelectField
  idNumber?=platformCore:SearchStringField inactive?=platformCore:SearchBooleanField
  internalId?=platformCore:SearchMultiSelectField internalIdNumber?=platformCore:SearchLongField
  invoiceForm?=platformCore:SearchMultiSelectField lastBillCycleDate?=platformCore:SearchDateField
  lastBillDate?=platformCore:SearchDateField location?=platformCore:SearchMultiSelectField
  memo?=platformCore:SearchStringField name?=platformCore:SearchStringField
  nextBillCycleDate?=platformCore:SearchDateField startDate?=platformCore:SearchDateField
  subsidiary?=platformCore:SearchMultiSelectField customFieldList?=platformCore:SearchCustomFieldList
CustomListSearchBasic < platformCore:SearchRecordBasic: description?=platformCore:SearchStringField
  internalId?=platformCore:SearchMultiSelectField internalIdNumber?=platformCore:SearchLongField
  isInactive?=platformCore:SearchBooleanField isOrdered?=platformCore:SearchBooleanField
  name?=platformCore:SearchStringField owner?=platformCore:SearchMultiSelectField
  scriptId?=platformCore:SearchStringField
FileSearchBasic < platformCore:SearchRecordBasic: availableWithoutLogin?=platformCore:SearchBooleanField
  created?=platformCore:SearchDateField dateViewed?=platformCore:SearchDateField
  description?=platformCore:SearchStringField documentSize?=platformCore:SearchLongField
  externalId?=platformCore:SearchMultiSelectField externalIdString?=platformCore:SearchStringField
  fileType?=platformCore:SearchEnumMultiSelectField folder?=platformCore:SearchMultiSelectField
  internalId?=platformCore:SearchMultiSelectField internalIdNumber?=platformCore:SearchLongField
  isAvailable?=platformCore:SearchBooleanField isLink?=platformCore:SearchBooleanField
  modified?=platformCore:SearchDateField name?=platformCore:SearchStringField
  owner?=platformCore:SearchMultiSelectField url?=platformCore:SearchStringField
FolderSearchBasic < platformCore:SearchRecordBasic: class?=platformCore:SearchMultiSelectField
  department?=platformCore:SearchMultiSelectField description?=platformCore:SearchStringField
  externalId?=platformCore:SearchMultiSelectField externalIdString?=platformCore:SearchStringField
  group?=platformCore:SearchMultiSelectField internalId?=platformCore:SearchMultiSelectField
  internalIdNumber?=platformCore:SearchLongField isInactive?=platformCore:SearchBooleanField
  isTopLevel?=platformCore:SearchBooleanField lastModifiedDate?=platformCore:SearchDateField
  location?=platformCore:SearchMultiSelectField name?=platformCore:SearchStringField
  numFiles?=platformCore:SearchLongField owner?=platformCore:SearchMultiSelectField
  parent?=platformCore:SearchMultiSelectField predecessor?=platformCore:SearchMultiSelectField
  private?=platformCore:SearchBooleanField size?=platformCore:SearchLongField
  subsidiary?=platformCore:SearchMultiSelectField
InboundShipmentSearchBasic < platformCore:SearchRecordBasic: actualDeliveryDate?=platformCore:SearchDateField
  actualShippingDate?=platformCore:SearchDateField billOfLading?=platformCore:SearchStringField
  createdDate?=platformCore:SearchDateField currency?=platformCore:SearchMultiSelectField
  description?=platformCore:SearchStringField expectedDeliveryDate?=platformCore:SearchDateField
  expectedRate?=platformCore:SearchDoubleField expectedShippingDate?=platformCore:SearchDateField
  externalDocumentNumber?=platformCore:SearchMultiSelectField externalId?=platformCore:SearchMultiSelectField
  externalIdString?=platformCore:SearchStringField incoterm?=platformCore:SearchMultiSelectField
  internalId?=platformCore:SearchMultiSelectField internalIdNumber?=platformCore:SearchLongField
  item?=platformCore:SearchMultiSelectField itemEffectiveDate?=platformCore:SearchDateField
  itemExchangeRate?=platformCore:SearchDoubleField
  landedCostAllocationMethod?=platformCore:SearchEnumMultiSelectField
  landedCostAmount?=platformCore:SearchDoubleField landedCostCostCategory?=platformCore:SearchMultiSelectField
  landedCostCurrency?=platformCore:SearchMultiSelectField landedCostEffectiveDate?=platformCore:SearchDateField
  landedCostExchangeRate?=platformCore:SearchDoubleField memo?=platformCore:SearchStringField
  poAmount?=platformCore:SearchDoubleField poRate?=platformCore:SearchDoubleField
  purchaseOrder?=platformCore:SearchMultiSelectField quantityBilled?=platformCore:SearchDoubleField
  quantityExpected?=platformCore:SearchDoubleField quantityReceived?=platformCore:SearchDoubleField
  quantityRemaining?=platformCore:SearchDoubleField receivingLocation?=platformCore:SearchMultiSelectField
  shipmentBaseCurrency?=platformCore:SearchMultiSelectField shipmentNumber?=platformCore:SearchMultiSelectField
  status?=platformCore:SearchEnumMultiSelectField totalUnitCost?=platformCore:SearchDoubleField
  unit?=platformCore:SearchMultiSelectField unitLandedCost?=platformCore:SearchDoubleField
  vendor?=platformCore:SearchMultiSelectField vesselNumber?=platformCore:SearchStringField
  customFieldList?=platformCore:SearchCustomFieldList
""",
    "listRel": """
BillingAccount < platformCore:Record: customForm?=platformCore:RecordRef idNumber?=string customerDefault?=boolean
  customer?=platformCore:RecordRef subsidiary?=platformCore:RecordRef name?=string inactive?=boolean memo?=string
  createdDate?=dateTime createdBy?=string currency?=platformCore:RecordRef class?=platformCore:RecordRef
  department?=platformCore:RecordRef location?=platformCore:RecordRef billingSchedule?=platformCore:RecordRef
  frequency?=Typ:BillingAccountFrequency startDate?=dateTime lastBillDate?=dateTime lastBillCycleDate?=dateTime
  nextBillCycleDate?=dateTime invoiceForm?=platformCore:RecordRef cashSaleForm?=platformCore:RecordRef
  customFieldList?=platformCore:CustomFieldList @internalId=string @externalId=string
CustomerTaxRegistration: nexusCountry?=platformCommonTyp:Country nexus?=platformCore:RecordRef
  address?=platformCore:RecordRef taxRegistrationNumber?=string id?=long
CustomerTaxRegistrationList: customerTaxRegistration*=CustomerTaxRegistration @replaceAll=boolean=true
BillingAccountSearch < platformCore:SearchRecord: basic?=platformCommon:BillingAccountSearchBasic
  customerJoin?=platformCommon:CustomerSearchBasic jobJoin?=platformCommon:JobSearchBasic
""",
    "tranSales": """
Usage < platformCore:Record: customForm?=platformCore:RecordRef memo?=string item?=platformCore:RecordRef
  subscriptionPlan?=platformCore:RecordRef customer?=platformCore:RecordRef
  usageSubscription?=platformCore:RecordRef usageSubscriptionLine?=platformCore:RecordRef usageQuantity?=double
  usageDate?=dateTime status?=Typ:UsageStatus @internalId=string @externalId=string
""",
    "tranPurch": """
InboundShipmentSearch < platformCore:SearchRecord: basic?=platformCommon:InboundShipmentSearchBasic
  itemJoin?=platformCommon:ItemSearchBasic itemReceiptJoin?=platformCommon:TransactionSearchBasic
  purchaseOrderJoin?=platformCommon:TransactionSearchBasic vendorJoin?=platformCommon:VendorSearchBasic
""",
    "tranGeneral": """
AdvInterCompanyJournalEntry < platformCore:Record: postingPeriod?=platformCore:RecordRef
  customForm?=platformCore:RecordRef tranDate?=dateTime currency?=platformCore:RecordRef tranId?=string
  reversalDate?=dateTime reversalDefer?=boolean parentExpenseAlloc?=platformCore:RecordRef isBookSpecific?=boolean
  accountingBook?=platformCore:RecordRef reversalEntry?=string createdFrom?=platformCore:RecordRef
  department?=platformCore:RecordRef class?=platformCore:RecordRef location?=platformCore:RecordRef
  subsidiary?=platformCore:RecordRef memo?=string approved?=boolean createdDate?=dateTime lastModifiedDate?=dateTime
  performAutoBalance?=boolean lineList?=AdvInterCompanyJournalEntryLineList
  customFieldList?=platformCore:CustomFieldList @internalId=string @externalId=string
AdvInterCompanyJournalEntryLine: lineSubsidiary?=platformCore:RecordRef account?=platformCore:RecordRef line?=long
  debit?=double credit?=double taxCode?=platformCore:RecordRef memo?=string taxRate1?=double
  entity?=platformCore:RecordRef dueToFromSubsidiary?=platformCore:RecordRef grossAmt?=double
  schedule?=platformCore:RecordRef department?=platformCore:RecordRef startDate?=dateTime
  class?=platformCore:RecordRef endDate?=dateTime location?=platformCore:RecordRef
  revenueRecognitionRule?=platformCore:RecordRef eliminate?=boolean residual?=string
  amortizationSched?=platformCore:RecordRef scheduleNum?=platformCore:RecordRef amortizStartDate?=dateTime
  amortizationEndDate?=dateTime amortizationResidual?=string tax1Amt?=double tax1Acct?=platformCore:RecordRef
  lineFxRate?=double customFieldList?=platformCore:CustomFieldList
AdvInterCompanyJournalEntryLineList: line*=AdvInterCompanyJournalEntryLine @replaceAll=boolean=true
""",
    "setupCustom": """
CustomListSearch < platformCore:SearchRecord: basic?=platformCommon:CustomListSearchBasic
  userJoin?=platformCommon:EmployeeSearchBasic
CustomRecordType < platformCore:Record: recordName?=string includeName?=boolean showId?=boolean
  showCreationDate?=boolean showCreationDateOnList?=boolean showLastModified?=boolean
  showLastModifiedOnList?=boolean showOwner?=boolean showOwnerOnList?=boolean showOwnerAllowChange?=boolean
  accessType?=Typ:CustomRecordTypeAccessType allowAttachments?=boolean showNotes?=boolean enableMailMerge?=boolean
  isOrdered?=boolean isAvailableOffline?=boolean allowQuickSearch?=boolean hierarchical?=boolean enableDle?=boolean
  enableNameTranslation?=boolean isInactive?=boolean disclaimer?=string enableNumbering?=boolean
  numberingPrefix?=string numberingSuffix?=string numberingMinDigits?=long numberingInit?=long
  numberingCurrentNumber?=long allowNumberingOverride?=boolean isNumberingUpdateable?=boolean
  owner?=platformCore:RecordRef description?=string scriptId?=string @internalId=string
abstract CustomFieldType < platformCore:Record: fieldType?=Typ:CustomizationFieldType scriptId?=string
CustomRecordCustomField < CustomFieldType: label?=string owner?=platformCore:RecordRef description?=string
  selectRecordType?=platformCore:RecordRef storeValue?=boolean showInList?=boolean globalSearch?=boolean
  isParent?=boolean insertBefore?=platformCore:RecordRef subtab?=platformCore:RecordRef
  displayType?=Typ:CustomizationDisplayType displayWidth?=long displayHeight?=long help?=string
  parentSubtab?=platformCore:RecordRef linkText?=string isMandatory?=boolean checkSpelling?=boolean maxLength?=long
  minValue?=double maxValue?=double defaultChecked?=boolean defaultValue?=string isFormula?=boolean
  defaultSelection?=platformCore:RecordRef dynamicDefault?=Typ:CustomizationDynamicDefault
  searchDefault?=platformCore:RecordRef searchCompareField?=platformCore:RecordRef
  sourceList?=platformCore:RecordRef sourceFrom?=platformCore:RecordRef sourcefilterby?=platformCore:RecordRef
  customSegment?=platformCore:RecordRef recType?=string roleRestrict?=boolean
  accessLevel?=Typ:CustomizationAccessLevel searchLevel?=Typ:CustomizationSearchLevel @internalId=string
""",
    "docFileCab": """
Folder < platformCore:Record: name?=string department?=platformCore:RecordRef description?=string
  isInactive?=boolean isPrivate?=boolean bundleable?=boolean hideInBundle?=boolean isOnline?=boolean
  group?=platformCore:RecordRef parent?=platformCore:RecordRef folderType?=Typ:FolderFolderType
  class?=platformCore:RecordRef location?=platformCore:RecordRef subsidiary?=platformCore:RecordRef
  @internalId=string @externalId=string
File < platformCore:Record: name?=string attachFrom?=Typ:FileAttachFrom mediaTypeName?=string
  fileType?=Typ:MediaType content?=base64Binary folder?=platformCore:RecordRef fileSize?=double url?=string
  urlComponent?=string mediaFile?=platformCore:RecordRef textFileEncoding?=Typ:TextFileEncoding description?=string
  encoding?=Typ:FileEncoding altTagCaption?=string isOnline?=boolean isInactive?=boolean class?=string
  bundleable?=boolean department?=string hideInBundle?=boolean isPrivate?=boolean owner?=platformCore:RecordRef
  caption?=string storeDisplayThumbnail?=platformCore:RecordRef siteDescription?=string featuredDescription?=string
  lastModifiedDate?=dateTime createdDate?=dateTime @internalId=string @externalId=string
FolderSearch < platformCore:SearchRecord: basic?=platformCommon:FolderSearchBasic
  fileJoin?=platformCommon:FileSearchBasic userJoin?=platformCommon:EmployeeSearchBasic
FileSearch < platformCore:SearchRecord: basic?=platformCommon:FileSearchBasic
  shopperJoin?=platformCommon:CustomerSearchBasic userJoin?=platformCommon:EmployeeSearchBasic
""",
}
# Enumerations that only these types name; an enumeration without literals takes any text.
_ITEM_COSTS = (
    "_averageCost", "_custom", "_derivedFromMemberItems", "_itemDefinedCost", "_lastPurchasePrice",
    "_preferredVendorRate", "_purchaseOrderRate", "_purchasePrice",
)  # fmt: skip
_TYPES = "Typ:"


def declare_unkept(schemas: dict[str, Schema]) -> None:
    """Declare these types, those apart that are declared already."""
    for prefix, text in UNKEPT.items():
        schema = schemas[prefix]
        for one in read_types(prefix, text):
            if one.name in schema.types:
                continue
            schema.declare(one)
            if one.extends in {"platformCore:Record", "platformCore:SearchRecord", "platformCore:SearchRecordBasic"}:
                schema.global_elements[one.name[0].lower() + one.name[1:]] = qualified(prefix, one.name)
            for element in one.elements:
                home, is_enumeration, name = (element.type or "").partition(_TYPES)
                if is_enumeration:
                    schemas[home].enumerate(name, ())
    schemas["platformCommon"].enumerate("ItemCostEstimateType", _ITEM_COSTS)
