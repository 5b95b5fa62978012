"""The types that every request and answer is made of: references, statuses, results, search fields (reference §4.2).

Declared as data, in the notation of `declarations.py`. Record types and searches are declared from the account's own
schemas; the messages that carry all of this by `operations.py`.
"""

from __future__ import annotations

from netsuite_simulator.faces.soap.periods import PREDEFINED_DATES
from netsuite_simulator.faces.soap.wsdl.declarations import ComplexType, Schema, read_types

CORE = """
TokenPassportSignature < string: @algorithm!=string
TokenPassport: account=string consumerKey=string token=string nonce=string timestamp=long
  signature=TokenPassportSignature
ChangePassword: currentPassword=string newPassword?=string newPassword2?=string
ChangeEmail: currentPassword=string newEmail=string newEmail2=string justThisAccount?=boolean
StatusDetail: code?=platformFaultsTyp:StatusDetailCodeType message?=string afterSubmitFailed?=boolean
  @type=platformFaultsTyp:StatusDetailType=ERROR
Status: statusDetail*=StatusDetail @isSuccess=boolean
WsRole: role?=RecordRef isDefault?=boolean isInactive?=boolean isLoggedInRole?=boolean
WsRoleList: wsRole*=WsRole
abstract Record: nullFieldList?=NullField
NullField: name*=string
abstract SearchRecord:
abstract SearchRecordBasic < SearchRecord:
abstract SearchRow:
abstract SearchRowBasic < SearchRow:
SearchResult: &status totalRecords?=int pageSize?=int totalPages?=int pageIndex?=int searchId?=string &recordList?
  &searchRowList?
AsyncStatusResult: jobId=string status=Typ:AsyncStatusType percentCompleted=double estRemainingDuration=double
GetAllResult: &status totalRecords?=int &recordList?
GetSavedSearchResult: &status totalRecords?=int &recordRefList?
GetCustomizationIdResult: &status totalRecords?=int &customizationRefList?
GetSelectValueResult: &status totalRecords?=int totalPages?=int &baseRefList?
RecordList: record*=Record
SearchRowList: searchRow*=SearchRow
RecordRefList: recordRef*=RecordRef
abstract BaseRef: name?=string
BaseRefList: baseRef*=BaseRef
RecordRef < BaseRef: @internalId=string @externalId=string @type=Typ:RecordType
Duration: timeSpan=double unit=Typ:DurationUnit
CustomRecordRef < BaseRef: @internalId=string @externalId=string @typeId=string @scriptId=string
CustomizationRef < RecordRef: @scriptId=string
CustomizationRefList: customizationRef*=CustomizationRef
InitializeRecord: type=Typ:InitializeType reference?=InitializeRef auxReference?=InitializeAuxRef
  referenceList?=InitializeRefList
InitializeRef < BaseRef: @type=Typ:InitializeRefType @internalId=string @externalId=string
InitializeRefList: initializeRef*=InitializeRef
InitializeAuxRef < BaseRef: @type=Typ:InitializeAuxRefType @internalId=string @externalId=string @scriptId=string
UpdateInviteeStatusReference: eventId=RecordRef responseCode=Typ:CalendarEventAttendeeResponse
GetAllRecord: @recordType=Typ:GetAllRecordType
GetSavedSearchRecord: @searchType=Typ:SearchRecordType
CustomizationType: @getCustomizationType=Typ:GetCustomizationType
ListOrRecordRef: name?=string @internalId=string @externalId=string @typeId=string
abstract CustomFieldRef: @internalId=string @scriptId=string
LongCustomFieldRef < CustomFieldRef: value=long
DoubleCustomFieldRef < CustomFieldRef: value=double
BooleanCustomFieldRef < CustomFieldRef: value=boolean
StringCustomFieldRef < CustomFieldRef: value=string
DateCustomFieldRef < CustomFieldRef: value=dateTime
SelectCustomFieldRef < CustomFieldRef: value=ListOrRecordRef
MultiSelectCustomFieldRef < CustomFieldRef: value+=ListOrRecordRef
CustomFieldList: customField*=CustomFieldRef
SearchBooleanField: searchValue?=boolean
SearchStringField: searchValue?=string @operator=Typ:SearchStringFieldOperator
SearchLongField: searchValue?=long searchValue2?=long @operator=Typ:SearchLongFieldOperator
SearchTextNumberField: searchValue?=string searchValue2?=string @operator=Typ:SearchTextNumberFieldOperator
SearchDoubleField: searchValue?=double searchValue2?=double @operator=Typ:SearchDoubleFieldOperator
SearchDateField: predefinedSearchValue?=Typ:SearchDate searchValue?=dateTime searchValue2?=dateTime
  @operator=Typ:SearchDateFieldOperator
SearchEnumMultiSelectField: searchValue*=string @operator=Typ:SearchEnumMultiSelectFieldOperator
SearchMultiSelectField: searchValue*=RecordRef @operator=Typ:SearchMultiSelectFieldOperator
abstract SearchCustomField: @internalId=string @scriptId=string
SearchBooleanCustomField < SearchCustomField: searchValue?=boolean
SearchStringCustomField < SearchCustomField: searchValue?=string @operator=Typ:SearchStringFieldOperator
SearchLongCustomField < SearchCustomField: searchValue?=long searchValue2?=long @operator=Typ:SearchLongFieldOperator
SearchDoubleCustomField < SearchCustomField: searchValue?=double searchValue2?=double
  @operator=Typ:SearchDoubleFieldOperator
SearchDateCustomField < SearchCustomField: predefinedSearchValue?=Typ:SearchDate searchValue?=dateTime
  searchValue2?=dateTime @operator=Typ:SearchDateFieldOperator
SearchEnumMultiSelectCustomField < SearchCustomField: searchValue*=string
  @operator=Typ:SearchEnumMultiSelectFieldOperator
SearchMultiSelectCustomField < SearchCustomField: searchValue*=ListOrRecordRef
  @operator=Typ:SearchMultiSelectFieldOperator
SearchCustomFieldList: customField*=SearchCustomField
abstract SearchColumnField: customLabel?=string
SearchColumnBooleanField < SearchColumnField: searchValue?=boolean
SearchColumnStringField < SearchColumnField: searchValue?=string
SearchColumnLongField < SearchColumnField: searchValue?=long
SearchColumnTextNumberField < SearchColumnField: searchValue?=string
SearchColumnDoubleField < SearchColumnField: searchValue?=double
SearchColumnDateField < SearchColumnField: searchValue?=dateTime
SearchColumnEnumSelectField < SearchColumnField: searchValue?=string
SearchColumnSelectField < SearchColumnField: searchValue?=RecordRef
abstract SearchColumnCustomField: customLabel?=string @internalId=string @scriptId=string
SearchColumnBooleanCustomField < SearchColumnCustomField: searchValue?=boolean
SearchColumnStringCustomField < SearchColumnCustomField: searchValue?=string
SearchColumnLongCustomField < SearchColumnCustomField: searchValue?=long
SearchColumnDoubleCustomField < SearchColumnCustomField: searchValue?=double
SearchColumnDateCustomField < SearchColumnCustomField: searchValue?=dateTime
SearchColumnEnumMultiSelectCustomField < SearchColumnCustomField: searchValue*=string
SearchColumnSelectCustomField < SearchColumnCustomField: searchValue?=ListOrRecordRef
SearchColumnMultiSelectCustomField < SearchColumnCustomField: searchValue*=ListOrRecordRef
SearchColumnCustomFieldList: customField*=SearchColumnCustomField
ItemAvailabilityFilter: item=RecordRefList lastQtyAvailableChange?=dateTime
ItemAvailability: item=RecordRef lastQtyAvailableChange?=dateTime locationId?=RecordRef quantityOnHand?=double
  onHandValueMli?=double reorderPoint?=double preferredStockLevel?=double quantityOnOrder?=double
  quantityCommitted?=double quantityBackOrdered?=double quantityAvailable?=double
ItemAvailabilityList: itemAvailability+=ItemAvailability
GetItemAvailabilityResult: &status itemAvailabilityList?=ItemAvailabilityList
BudgetExchangeRateFilter: period=RecordRef fromSubsidiary?=RecordRef toSubsidiary?=RecordRef
BudgetExchangeRate: period=RecordRef fromSubsidiary=RecordRef toSubsidiary=RecordRef currentRate?=double
  averageRate?=double historicalRate?=double
BudgetExchangeRateList: budgetExchangeRate+=BudgetExchangeRate
GetBudgetExchangeRateResult: &status budgetExchangeRateList?=BudgetExchangeRateList
CurrencyRateFilter: baseCurrency?=RecordRef fromCurrency?=RecordRef effectiveDate?=dateTime
CurrencyRate: baseCurrency=RecordRef fromCurrency=RecordRef exchangeRate=double effectiveDate=dateTime
CurrencyRateList: currencyRate*=CurrencyRate
GetCurrencyRateResult: &status currencyRateList?=CurrencyRateList
DataCenterUrls: restDomain=string webservicesDomain=string systemDomain=string
GetDataCenterUrlsResult: &status dataCenterUrls?=DataCenterUrls
PostingTransactionSummaryField: period?=boolean account?=boolean parentItem?=boolean item?=boolean entity?=boolean
  department?=boolean class?=boolean location?=boolean subsidiary?=boolean book?=boolean
PostingTransactionSummaryFilter: period?=RecordRefList account?=RecordRefList parentItem?=RecordRefList
  item?=RecordRefList entity?=RecordRefList department?=RecordRefList class?=RecordRefList location?=RecordRefList
  subsidiary?=RecordRefList book?=RecordRefList
PostingTransactionSummary: period?=RecordRef account?=RecordRef parentItem?=RecordRef item?=RecordRef
  entity?=RecordRef department?=RecordRef class?=RecordRef location?=RecordRef subsidiary?=RecordRef book?=RecordRef
  amount=double
PostingTransactionSummaryList: postingTransactionSummary+=PostingTransactionSummary
GetPostingTransactionSummaryResult: &status totalRecords?=int pageSize?=int totalPages?=int pageIndex?=int
  operationId?=string postingTransactionSummaryList?=PostingTransactionSummaryList
GetSelectValueFieldDescription: recordType?=Typ:RecordType customRecordType?=RecordRef
  customTransactionType?=RecordRef sublist?=string field=string customForm?=RecordRef filter?=GetSelectValueFilter
  filterByValueList?=GetSelectFilterByFieldValueList
GetSelectValueFilter: filterValue=string @operator!=Typ:GetSelectValueFilterOperator
GetSelectFilterByFieldValueList: filterBy+=GetSelectFilterByFieldValue
GetSelectFilterByFieldValue: sublist?=string field=string internalId=string
GetServerTimeResult: &status serverTime=dateTime
DeletedRecord: deletedDate?=dateTime record?=BaseRef
DeletedRecordList: deletedRecord*=DeletedRecord
GetDeletedResult: &status totalRecords?=int pageSize?=int totalPages?=int pageIndex?=int &deletedRecordList?
GetDeletedFilter: deletedDate?=SearchDateField type?=SearchEnumMultiSelectField scriptId?=SearchStringField
abstract AttachReference: attachTo=BaseRef
abstract DetachReference: detachFrom=BaseRef
AttachContactReference < AttachReference: contact=RecordRef contactRole?=RecordRef
AttachBasicReference < AttachReference: attachedRecord=BaseRef
DetachBasicReference < DetachReference: detachedRecord=BaseRef
DeletionReason: deletionReasonCode=RecordRef deletionReasonMemo?=string
GetAccountGovernanceInfoResult: &status accountConcurrencyLimit?=long unallocatedConcurrencyLimit?=long
GetIntegrationGovernanceInfoResult: &status integrationConcurrencyLimit?=long
  limitType?=Typ:GetIntegrationGovernanceInfoLimitType
"""

# Elements of the core document that messages refer to are named after their types: searchResult is a SearchResult.
CORE_ELEMENTS = (
    "Status",
    "WsRoleList",
    "Record",
    "SearchRecord",
    "SearchRecordBasic",
    "SearchRowBasic",
    "SearchResult",
    "AsyncStatusResult",
    "GetAllResult",
    "GetSavedSearchResult",
    "GetCustomizationIdResult",
    "GetSelectValueResult",
    "RecordList",
    "SearchRowList",
    "RecordRefList",
    "BaseRef",
    "BaseRefList",
    "CustomizationRefList",
    "InitializeRefList",
    "GetItemAvailabilityResult",
    "GetBudgetExchangeRateResult",
    "GetCurrencyRateResult",
    "GetDataCenterUrlsResult",
    "GetPostingTransactionSummaryResult",
    "GetServerTimeResult",
    "DeletedRecordList",
    "GetDeletedResult",
    "GetAccountGovernanceInfoResult",
    "GetIntegrationGovernanceInfoResult",
)

_NUMBER_OPERATORS = (
    "between empty equalTo greaterThan greaterThanOrEqualTo lessThan lessThanOrEqualTo notBetween notEmpty notEqualTo "
    "notGreaterThan notGreaterThanOrEqualTo notLessThan notLessThanOrEqualTo"
)
ENUMERATIONS = {
    "AsyncStatusType": "failed finishedWithErrors pending processing finished retry",
    "CalendarEventAttendeeResponse": "_accepted _declined _noResponse _tentative",
    "DurationUnit": "hour",
    "GetCustomizationType": "crmCustomField customList customRecordCustomField customRecordType customSegment "
    "customTransactionType entityCustomField itemCustomField itemNumberCustomField itemOptionCustomField "
    "otherCustomField transactionBodyCustomField transactionColumnCustomField",
    "GetIntegrationGovernanceInfoLimitType": "_account _integrationSpecific _internal",
    "GetSelectValueFilterOperator": "contains is startsWith",
    "InitializeAuxRefType": "shippingGroup arAccount apAccount itemFulfillment tranType",
    "SearchDate": " ".join(PREDEFINED_DATES),
    "SearchDateFieldOperator": "after before empty notAfter notBefore notEmpty notOn notOnOrAfter notOnOrBefore "
    "notWithin on onOrAfter onOrBefore within",
    "SearchDoubleFieldOperator": _NUMBER_OPERATORS,
    "SearchEnumMultiSelectFieldOperator": "anyOf noneOf",
    "SearchLongFieldOperator": _NUMBER_OPERATORS,
    "SearchMultiSelectFieldOperator": "anyOf noneOf",
    "SearchStringFieldOperator": "contains doesNotContain doesNotStartWith empty hasKeywords is isNot notEmpty startsWith",
    "SearchTextNumberFieldOperator": _NUMBER_OPERATORS,
}  # fmt: skip

# What names a record type or a kind of record: filled with what the account keeps.
_OF_RECORDS = ("InitializeRefType", "InitializeType", "RecordType", "SearchRecordType", "GetAllRecordType")

FAULTS = (
    "InsufficientPermissionFault", "InvalidAccountFault", "InvalidCredentialsFault", "InvalidSessionFault",
    "ExceededConcurrentRequestLimitFault", "ExceededRequestLimitFault", "ExceededUsageLimitFault",
    "ExceededRecordCountFault", "ExceededRequestSizeFault", "InvalidVersionFault", "AsyncFault", "UnexpectedErrorFault",
)  # fmt: skip
_FAULT_CODES = (
    "ACCT_TEMP_UNAVAILABLE EMAIL_ADDRS_REQD INSUFFICIENT_PERMISSION INVALID_ACCT INVALID_JOB_ID "
    "INVALID_LOGIN_CREDENTIALS INVALID_PAGE_INDEX INVALID_ROLE INVALID_WS_VERSION JOB_NOT_COMPLETE LOGIN_DISABLED "
    "MAX_RCRDS_EXCEEDED OI_FEATURE_REQD OI_PERMISSION_REQD PSWD_REQD ROLE_REQUIRED SESSION_TIMED_OUT UNEXPECTED_ERROR "
    "UNSUPPORTED_WS_VERSION USER_ERROR WS_CONCUR_SESSION_DISALLWD WS_FEATURE_REQD WS_PERMISSION_REQD WS_LOG_IN_REQD "
    "WS_REQUEST_BLOCKED"
)


def core_schema() -> Schema:
    """Declare platformCore and the enumerations that do not depend on the account."""
    schema = Schema(prefix="platformCore")
    schema.declare(*read_types("platformCore", CORE))
    schema.global_elements.update((_element_of(name), f"platformCore:{name}") for name in CORE_ELEMENTS)
    for name, literals in ENUMERATIONS.items():
        schema.enumerate(name, literals.split())
    for name in _OF_RECORDS:
        schema.enumerate(name, ())
    return schema


def faults_schema() -> Schema:
    """Declare the twelve faults. Status codes are an open list: NetSuite's has 1,403 values (reference §4.8)."""
    schema = Schema(prefix="platformFaults")
    schema.declare(*read_types("platformFaults", "SoapFault: code=Typ:FaultCodeType message=string"))
    for name in FAULTS:
        schema.declare(ComplexType(name=name, extends="platformFaults:SoapFault"))
        schema.global_elements[_element_of(name)] = f"platformFaults:{name}"
    schema.enumerate("FaultCodeType", _FAULT_CODES.split())
    schema.enumerate("StatusDetailType", ("ERROR", "WARN", "INFO"))
    schema.enumerate("StatusDetailCodeType", ())
    return schema


def _element_of(type_name: str) -> str:
    return type_name[0].lower() + type_name[1:]
