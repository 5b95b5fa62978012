"""The operations of the SOAP endpoint by name, and what carries each out (reference §4.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netsuite_simulator.faces.soap import (
    asynchronous,
    attaching,
    information,
    initializing,
    listings,
    rates,
    reading,
    searching,
    selecting,
    sessions,
    writing,
)
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.soapfaults import SoapFaultError, malformed
from netsuite_simulator.faces.soap.wsdl.operations import SESSION_VERSION

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
    "getSelectValue": selecting.get_select_value,
    "getCustomizationId": listings.get_customization_id,
    "getSavedSearch": listings.get_saved_search,
    "getCurrencyRate": rates.get_currency_rate,
    "getBudgetExchangeRate": rates.get_budget_exchange_rate,
    "getItemAvailability": rates.get_item_availability,
    "getPostingTransactionSummary": rates.get_posting_transaction_summary,
    "initialize": initializing.initialize,
    "initializeList": initializing.initialize_list,
    "attach": attaching.attach,
    "detach": attaching.detach,
    "updateInviteeStatus": attaching.update_invitee_status,
    "updateInviteeStatusList": attaching.update_invitee_status_list,
    "asyncAddList": asynchronous.start_list,
    "asyncUpdateList": asynchronous.start_list,
    "asyncUpsertList": asynchronous.start_list,
    "asyncDeleteList": asynchronous.start_list,
    "asyncGetList": asynchronous.start_list,
    "asyncInitializeList": asynchronous.start_list,
    "asyncSearch": asynchronous.start_search,
    "checkAsyncStatus": asynchronous.check_status,
    "getAsyncResult": asynchronous.get_result,
    "changePassword": sessions.change_password,
    "changeEmail": sessions.change_email,
    "search": searching.search,
    "searchMoreWithId": searching.search_more_with_id,
    "getServerTime": information.get_server_time,
    "getDataCenterUrls": information.get_data_center_urls,
    "getAccountGovernanceInfo": information.get_account_governance_info,
    "getIntegrationGovernanceInfo": information.get_integration_governance_info,
}
WITHOUT_LOGIN = frozenset({"getDataCenterUrls"})
WRITES = frozenset({"add", "addList", "update", "updateList", "upsert", "upsertList", "delete", "deleteList"})

# What only a session could go on with: known to the version that had sessions.
IN_SESSION: Mapping[str, Operation] = {
    "searchMore": searching.search_in_session,
    "searchNext": searching.search_in_session,
}


def operation_named(name: str, version: str) -> Operation:
    """Return what carries out the operation `name` of a version; SoapFaultError where it is not there."""
    operation = OPERATIONS.get(name) or (IN_SESSION.get(name) if version == SESSION_VERSION else None)
    if operation is None:
        raise unknown_operation(name)
    return operation


def unknown_operation(name: str) -> SoapFaultError:
    """Refuse an operation that nobody has."""
    return malformed(f"org.xml.sax.SAXException: there is no operation {name}. See the WSDL for those there are.")
