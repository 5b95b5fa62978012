"""Operations about the account itself: time, addresses, concurrency limits (reference §1.3, §4.14, §6.1)."""

from __future__ import annotations

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.times import show_instant
from netsuite_simulator.hosts import origins_of


def get_server_time(call: Call) -> None:
    """Answer the account's time, for clients that check their own."""
    answer = call.answer
    result = etree.SubElement(answer.message("getServerTimeResponse"), answer.core + "getServerTimeResult")
    add_status(answer, result)
    etree.SubElement(result, answer.core + "serverTime").text = show_instant(call.now())


def get_data_center_urls(call: Call) -> None:
    """Answer where the account is reached: on loopback all doors share one address. Needs no credentials."""
    answer = call.answer
    result = etree.SubElement(answer.message("getDataCenterUrlsResponse"), answer.core + "getDataCenterUrlsResult")
    asked = call.text("account")
    if not asked:
        message = "You need to provide a proper value for the required field: account."
        add_status(answer, result, StatusDetail(code="DATA_REQD", message=message))
        return
    add_status(answer, result)
    urls = etree.SubElement(result, answer.core + "dataCenterUrls")
    origins = origins_of(call.account.id, call.origin)
    for name in ("restDomain", "webservicesDomain", "systemDomain"):
        etree.SubElement(urls, answer.core + name).text = origins[name]


def is_same_account(asked: str, account_id: str) -> bool:
    """Tell whether an id in either of its forms, 1234567_SB1 or 1234567-sb1, names the account (reference §1.2)."""
    return asked.upper().replace("-", "_") == account_id.upper().replace("-", "_")


def get_account_governance_info(call: Call) -> None:
    """Answer the account's concurrency limit."""
    answer = call.answer
    response = answer.message("getAccountGovernanceInfoResponse")
    result = etree.SubElement(response, answer.core + "getAccountGovernanceInfoResult")
    limit = str(call.account.governance.limit)
    add_status(answer, result)
    etree.SubElement(result, answer.core + "accountConcurrencyLimit").text = limit
    etree.SubElement(result, answer.core + "unallocatedConcurrencyLimit").text = limit


def get_integration_governance_info(call: Call) -> None:
    """Answer the calling integration's limit: none of its own, it shares the account's."""
    answer = call.answer
    response = answer.message("getIntegrationGovernanceInfoResponse")
    result = etree.SubElement(response, answer.core + "getIntegrationGovernanceInfoResult")
    add_status(answer, result)
    etree.SubElement(result, answer.core + "integrationConcurrencyLimit").text = str(call.account.governance.limit)
    etree.SubElement(result, answer.core + "limitType").text = "_account"
