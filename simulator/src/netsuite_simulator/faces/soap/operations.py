"""The operations of the SOAP endpoint by name: which are simulated, which NetSuite has besides (reference §4.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netsuite_simulator.faces.soap import information, reading, searching, writing
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.soapfaults import SoapFaultError, malformed, not_simulated

Operation = Callable[[Call], None]

OPERATIONS: Mapping[str, Operation] = {
    "add": writing.add,
    "addList": writing.add_list,
    "update": writing.update,
    "updateList": writing.update_list,
    "upsert": writing.upsert,
    "upsertList": writing.upsert_list,
    "delete": writing.delete,
    "deleteList": writing.delete_list,
    "get": reading.get,
    "getList": reading.get_list,
    "getAll": reading.get_all,
    "getDeleted": reading.get_deleted,
    "getSelectValue": reading.get_select_value,
    "search": searching.search,
    "searchMoreWithId": searching.search_more_with_id,
    "getServerTime": information.get_server_time,
    "getDataCenterUrls": information.get_data_center_urls,
    "getAccountGovernanceInfo": information.get_account_governance_info,
    "getIntegrationGovernanceInfo": information.get_integration_governance_info,
}
WITHOUT_LOGIN = frozenset({"getDataCenterUrls"})
WRITES = frozenset({"add", "addList", "update", "updateList", "upsert", "upsertList", "delete", "deleteList"})

NOT_SIMULATED = frozenset(
    {
        "asyncAddList",
        "asyncDeleteList",
        "asyncGetList",
        "asyncInitializeList",
        "asyncSearch",
        "asyncUpdateList",
        "asyncUpsertList",
        "attach",
        "changeEmail",
        "changePassword",
        "checkAsyncStatus",
        "detach",
        "getAsyncResult",
        "getBudgetExchangeRate",
        "getCurrencyRate",
        "getCustomizationId",
        "getItemAvailability",
        "getPostingTransactionSummary",
        "getSavedSearch",
        "initialize",
        "initializeList",
        "updateInviteeStatus",
        "updateInviteeStatusList",
    }
)


def operation_named(name: str) -> Operation:
    """Return what carries out the operation `name`; SoapFaultError where it is not there."""
    operation = OPERATIONS.get(name)
    if operation is None:
        raise unknown_operation(name)
    return operation


def unknown_operation(name: str) -> SoapFaultError:
    """Tell an operation that only NetSuite has from one that nobody has."""
    if name in NOT_SIMULATED:
        return not_simulated(name)
    return malformed(f"org.xml.sax.SAXException: there is no operation {name}. See the WSDL for those there are.")
