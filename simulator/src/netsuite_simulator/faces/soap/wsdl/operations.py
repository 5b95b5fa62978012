"""The operations as the WSDL tells of them: messages, headers, faults, and the versions that have them (reference §4.3).

Declared as data. What an operation does is told by `faces/soap/operations.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from netsuite_simulator.faces.soap.wsdl.declarations import ComplexType, Schema, read_content, read_types

_SHARED = """
ApplicationInfo: applicationId=string
PartnerInfo: partnerId?=string
DocumentInfo: nsId=string
Preferences: warningAsError?=boolean disableMandatoryCustomFieldValidation?=boolean
  disableSystemNotesForCustomFields?=boolean ignoreReadOnlyFields?=boolean
  runServerSuiteScriptAndTriggerWorkflows?=boolean
SearchPreferences: bodyFieldsOnly?=boolean=true returnSearchColumns?=boolean=true pageSize?=int
SessionResponse: &platformCore:status userId?=platformCore:RecordRef &platformCore:wsRoleList?
WriteResponse: &platformCore:status baseRef?=platformCore:BaseRef
ReadResponse: &platformCore:status record?=platformCore:Record
WriteResponseList: &platformCore:status? writeResponse+=WriteResponse
ReadResponseList: &platformCore:status? readResponse*=ReadResponse
AsyncStatusResponse: &platformCore:asyncStatusResult
abstract AsyncResult:
AsyncAddListResult < AsyncResult: &writeResponseList
AsyncUpdateListResult < AsyncResult: &writeResponseList
AsyncUpsertListResult < AsyncResult: &writeResponseList
AsyncDeleteListResult < AsyncResult: &writeResponseList
AsyncGetListResult < AsyncResult: &readResponseList
AsyncInitializeListResult < AsyncResult: &readResponseList
AsyncSearchResult < AsyncResult: &platformCore:searchResult
"""
_WITHOUT_ELEMENT = frozenset({"AsyncStatusResponse"})

# The legacy credentials of the one version that still has them.
_SESSIONS = """
Passport: email=string password=string account=string role?=RecordRef
SsoCredentials: email=string password=string account=string role?=RecordRef authenticationToken=string partnerId=string
SsoPassport: authenticationToken=string partnerId=string partnerAccount=string partnerUserId=string
"""

# Groups of request headers and of faults beside the four that every operation may answer.
_PREFERENCES, _SEARCH, _BARE = ("preferences",), ("searchPreferences",), ()
_LIMITS = ("ExceededConcurrentRequestLimitFault", "ExceededRequestLimitFault")
_USAGE = ("ExceededUsageLimitFault",)
_SIZES = ("ExceededRecordCountFault", "ExceededRequestSizeFault")
_ALL, _ASYNC = (*_LIMITS, *_USAGE, *_SIZES), (*_LIMITS, *_SIZES)
_PASSWORD = ("ExceededRequestLimitFault", "InvalidAccountFault", "InvalidVersionFault")
_LOGIN = ("InvalidAccountFault", "InvalidVersionFault")
COMMON_FAULTS = ("InsufficientPermissionFault", "InvalidSessionFault", "InvalidCredentialsFault")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: its message types, the request headers beside credentials, and the faults it may answer."""

    name: str
    request: ComplexType
    response: str  # the type of the answer
    headers: tuple[str, ...]
    faults: tuple[str, ...]
    answers_document_info: bool = True
    takes_passport: bool = True


_RECORD, _RECORDS = "record=platformCore:Record", "record+=platformCore:Record"
_REF, _REFS = "baseRef=platformCore:BaseRef", "baseRef+=platformCore:BaseRef"
_REASON = "deletionReason?=platformCore:DeletionReason"
_INVITEE = "updateInviteeStatusReference{}=platformCore:UpdateInviteeStatusReference"
_SUMMARY = (
    "fields?=platformCore:PostingTransactionSummaryField filters?=platformCore:PostingTransactionSummaryFilter "
    "pageIndex=int operationId?=string"
)
_ONE_WRITTEN, _MANY_WRITTEN = "&writeResponse", "&writeResponseList"
_ONE_READ, _MANY_READ = "&readResponse", "&readResponseList"
_STATUS = "AsyncStatusResponse"

# name, request, answer, headers, faults
_TABLE: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("changePassword", "changePassword=platformCore:ChangePassword", "&sessionResponse", _BARE, _PASSWORD),
    ("changeEmail", "changeEmail=platformCore:ChangeEmail", "&sessionResponse", _BARE, _PASSWORD),
    ("add", _RECORD, _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("delete", f"{_REF} {_REASON}", _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("search", "searchRecord=platformCore:SearchRecord", "&platformCore:searchResult", _SEARCH, _ALL),
    ("searchMoreWithId", "searchId=string pageIndex=int", "&platformCore:searchResult", _SEARCH, _ALL),
    ("update", _RECORD, _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("upsert", _RECORD, _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("addList", _RECORDS, _MANY_WRITTEN, _PREFERENCES, _ALL),
    ("deleteList", f"{_REFS} {_REASON}", _MANY_WRITTEN, _PREFERENCES, _ALL),
    ("updateList", _RECORDS, _MANY_WRITTEN, _PREFERENCES, _ALL),
    ("upsertList", _RECORDS, _MANY_WRITTEN, _PREFERENCES, _ALL),
    ("get", _REF, _ONE_READ, _PREFERENCES, _ALL),
    ("getList", _REFS, _MANY_READ, _PREFERENCES, _ALL),
    ("getAll", "record=platformCore:GetAllRecord", "&platformCore:getAllResult", _PREFERENCES, _ALL),
    (
        "getSavedSearch", "record=platformCore:GetSavedSearchRecord", "&platformCore:getSavedSearchResult",
        _PREFERENCES, _ALL,
    ),
    (
        "getCustomizationId", "customizationType=platformCore:CustomizationType includeInactives=boolean",
        "&platformCore:getCustomizationIdResult", _PREFERENCES, _ALL,
    ),
    ("initialize", "initializeRecord=platformCore:InitializeRecord", _ONE_READ, _PREFERENCES, _ALL),
    ("initializeList", "initializeRecord+=platformCore:InitializeRecord", _MANY_READ, _PREFERENCES, _ALL),
    (
        "getSelectValue", "fieldDescription=platformCore:GetSelectValueFieldDescription pageIndex=int",
        "&platformCore:getSelectValueResult", _PREFERENCES, _ALL,
    ),
    (
        "getItemAvailability", "itemAvailabilityFilter=platformCore:ItemAvailabilityFilter",
        "&platformCore:getItemAvailabilityResult", _PREFERENCES, _ALL,
    ),
    (
        "getBudgetExchangeRate", "budgetExchangeRateFilter=platformCore:BudgetExchangeRateFilter",
        "&platformCore:getBudgetExchangeRateResult", _PREFERENCES, _ALL,
    ),
    (
        "getCurrencyRate", "currencyRateFilter=platformCore:CurrencyRateFilter",
        "&platformCore:getCurrencyRateResult", _PREFERENCES, _ALL,
    ),
    ("getDataCenterUrls", "account=string", "&platformCore:getDataCenterUrlsResult", _PREFERENCES, _SIZES[1:]),
    (
        "getPostingTransactionSummary", _SUMMARY, "&platformCore:getPostingTransactionSummaryResult", _PREFERENCES,
        _ALL,
    ),
    ("getServerTime", "", "&platformCore:getServerTimeResult", _BARE, (*_LIMITS, *_USAGE)),
    ("attach", "attachReference=platformCore:AttachReference", _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("detach", "detachReference=platformCore:DetachReference", _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("updateInviteeStatus", _INVITEE.format(""), _ONE_WRITTEN, _PREFERENCES, _ALL),
    ("updateInviteeStatusList", _INVITEE.format("+"), _MANY_WRITTEN, _PREFERENCES, _ALL),
    ("asyncAddList", _RECORDS, _STATUS, _PREFERENCES, _ASYNC),
    ("asyncUpdateList", _RECORDS, _STATUS, _PREFERENCES, _ASYNC),
    ("asyncUpsertList", _RECORDS, _STATUS, _PREFERENCES, _ASYNC),
    ("asyncDeleteList", f"{_REFS} {_REASON}", _STATUS, _PREFERENCES, _ASYNC),
    ("asyncGetList", _REFS, _STATUS, _PREFERENCES, _ASYNC),
    ("asyncInitializeList", "initializeRecord+=platformCore:InitializeRecord", _STATUS, _PREFERENCES, _ALL),
    ("asyncSearch", "searchRecord=platformCore:SearchRecord", _STATUS, _SEARCH, _ASYNC),
    ("checkAsyncStatus", "jobId=string", _STATUS, _PREFERENCES, (*_LIMITS, "AsyncFault")),
    ("getAsyncResult", "jobId=string pageIndex=int", "&asyncResult", _PREFERENCES, (*_ALL, "AsyncFault")),
    (
        "getDeleted", "getDeletedFilter=platformCore:GetDeletedFilter pageIndex=int",
        "&platformCore:getDeletedResult", _PREFERENCES, _ALL,
    ),
    (
        "getAccountGovernanceInfo", "", "&platformCore:getAccountGovernanceInfoResult", _BARE, (*_LIMITS, *_USAGE),
    ),
    (
        "getIntegrationGovernanceInfo", "", "&platformCore:getIntegrationGovernanceInfoResult", _BARE,
        (*_LIMITS, *_USAGE),
    ),
)  # fmt: skip

# Only 2019.2 still had these (reference §2.8, §4.3).
SESSION_VERSION = "2019_2"
_SESSION_TABLE: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("login", "passport=platformCore:Passport", "&sessionResponse", _BARE, _LOGIN),
    ("ssoLogin", "ssoPassport=platformCore:SsoPassport", "&sessionResponse", _BARE, _LOGIN),
    ("mapSso", "ssoCredentials=platformCore:SsoCredentials", "&sessionResponse", _BARE, _LOGIN),
    ("logout", "", "&sessionResponse", _BARE, ()),
    ("searchMore", "pageIndex=int", "&platformCore:searchResult", _SEARCH, _ALL),
    ("searchNext", "", "&platformCore:searchResult", _SEARCH, _ALL),
)

_WITHOUT_DOCUMENT_INFO = frozenset({"changeEmail", "changePassword"})
_WITHOUT_PASSPORT = frozenset({"login", "mapSso", "ssoLogin"})
_LOWER_CASE = frozenset({"getSelectValue"})  # its message types start with a small letter, in NetSuite's WSDL too


def operations_of(version: str) -> tuple[Operation, ...]:
    """Return the operations that a version's WSDL tells of."""
    table = _TABLE + (_SESSION_TABLE if version == SESSION_VERSION else ())
    return tuple(_operation(name, request, answer, headers, faults) for name, request, answer, headers, faults in table)


def _operation(name: str, request: str, answer: str, headers: tuple[str, ...], faults: tuple[str, ...]) -> Operation:
    elements, attributes = read_content("platformMsgs", request)
    return Operation(
        name=name,
        request=ComplexType(name=f"{_stem(name)}Request", elements=elements, attributes=attributes),
        response=answer if answer == _STATUS else f"{_stem(name)}Response",
        headers=headers,
        faults=(*COMMON_FAULTS, *faults, "UnexpectedErrorFault"),
        answers_document_info=name not in _WITHOUT_DOCUMENT_INFO,
        takes_passport=name not in _WITHOUT_PASSPORT,
    )


def _stem(name: str) -> str:
    return name if name in _LOWER_CASE else name[0].upper() + name[1:]


def messages_schema(version: str) -> Schema:
    """Declare platformMsgs: headers, responses, and each operation's two messages."""
    schema = Schema(prefix="platformMsgs")
    shared = read_types("platformMsgs", _SHARED)
    schema.declare(*shared)
    for one in shared:
        if one.name not in _WITHOUT_ELEMENT:
            schema.global_elements[one.name[0].lower() + one.name[1:]] = f"platformMsgs:{one.name}"
    schema.global_elements["tokenPassport"] = "platformCore:TokenPassport"
    answers = {row[0]: row[2] for row in (*_TABLE, *_SESSION_TABLE)}
    for operation in operations_of(version):
        schema.declare(operation.request)
        schema.global_elements[operation.name] = f"platformMsgs:{operation.request.name}"
        if operation.response != _STATUS:
            elements, _ = read_content("platformMsgs", answers[operation.name])
            schema.declare(ComplexType(name=operation.response, elements=elements))
        schema.global_elements[f"{operation.name}Response"] = f"platformMsgs:{operation.response}"
    return schema


def declare_sessions(core: Schema) -> None:
    """Add the legacy credentials to the core document."""
    core.declare(*read_types("platformCore", _SESSIONS))
