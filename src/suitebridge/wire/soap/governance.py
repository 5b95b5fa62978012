"""How many requests an account and this integration may have under way (netsuite-api.md §4.17, §6.1)."""

from __future__ import annotations

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.results import number_in, result_of

ACCOUNT, INTEGRATION = "getAccountGovernanceInfo", "getIntegrationGovernanceInfo"


def render(operation: str) -> bytes:
    """Give the element of either operation."""
    return f'<platformMsgs:{operation} xmlns:platformMsgs="{names.MESSAGES}"/>'.encode()


def read_account(element: etree._Element) -> tuple[int, int]:
    """Read the account's limit, and what of it is given to no integration."""
    result = result_of(element, ACCOUNT)
    limit = number_in(result, "accountConcurrencyLimit", 0)
    return limit, number_in(result, "unallocatedConcurrencyLimit", limit)


def read_integration(element: etree._Element) -> int:
    """Read the integration's own limit, 0 where it has none."""
    return number_in(result_of(element, INTEGRATION), "integrationConcurrencyLimit", 0)
